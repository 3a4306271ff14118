/** In: what raters said of each unit. Out: the likely answer of each, beside the plain majority. */
import {
  type DawidSkeneFit,
  dawidSkene,
  type LabelSizes,
  type Labels,
} from '#app/stats/dawid-skene.ts'
import { entropyInBits } from '#app/stats/label-posterior.ts'
import { oneCoin } from '#app/stats/one-coin.ts'
import type { Unit } from './tally.ts'

export interface ConsensusAnswer {
  answer: string
  /** Units whose most frequent answer it is. */
  majority: number
  /** Units whose likeliest answer it is. */
  likely: number
  /** How frequent the model takes it to be. */
  prevalence: number
}

export interface ConsensusUnit {
  task_id: string
  /** The response of a task, or the two of a ranking, that the unit is about; empty for a whole task. */
  part: string
  prompt_id: string
  /** How many gave each answer, in the order of `answers`. */
  votes: number[]
  posterior: number[]
  /** The most frequent answer; null where several are. */
  majority: string | null
  likely: string
  /** What the posterior leaves open, in bits. */
  doubt: number
  differs: boolean
}

export interface ConsensusRater {
  rater_id: string
  rater: string
  /** Answers on units that two or more judged. */
  n: number
  /** How often the rater gives the true answer, by the model. */
  skill: number
  /** How often the rater's answer is the most frequent one of the others, and of how many units. */
  with_majority: number | null
  with_majority_n: number
  /** Whether the model says that the rater calls some answer by another's name. */
  is_off: boolean
}

export interface Consensus {
  method: {
    model: 'Dawid–Skene' | 'one-coin'
    estimator: string
    why: string
    majority: string
    criterion: string
    sources: readonly string[]
    units: number
    prompts: number
    raters: number
    judgments: number
    iterations: number
    /** Units that one rater alone judged; they are left out. */
    judged_once: number
  }
  answers: ConsensusAnswer[]
  /** Units without one most frequent answer. */
  undecided: number
  /** Units whose likeliest answer is another than the most frequent one. */
  differing: number
  /** The units that leave most open, up to `mostListed`, and those that differ before all others. */
  units: ConsensusUnit[]
  raters: ConsensusRater[]
  warnings: string[]
  /** Why there is no consensus. */
  reason?: string
}

export const mostListed = 1_000
/** Answers of each kind that a rater's table wants, as a rule of thumb. */
const labelsAnAnswer = 10
/** Answers that each rater is thought to have given besides to each true answer, spread evenly. */
const smoothing = 1

export interface ConsensusInput {
  criterion: string
  /** By `task:part`. */
  units: ReadonlyMap<string, Unit>
  /** The answers that are possible, in their order; those seen besides come after. */
  answers: readonly (string | number)[]
  raterNames: ReadonlyMap<string, string>
  sources: readonly string[]
}

/**
 * Dawid and Skene's model of the raters, smoothed; the one-coin model where most answers come from
 * raters who gave fewer than ten for each possible one. It stands beside the majority and replaces
 * nothing: what raters all get wrong alike it takes for right.
 */
export function consensus(input: ConsensusInput): Consensus {
  const compared = [...input.units]
    .filter(([, { values, raters }]) => values.length > 1 && raters.length === values.length)
    .sort(([one], [other]) => (one < other ? -1 : 1))
  const judgedOnce = input.units.size - compared.length
  const answers = [
    ...new Set(
      [...input.answers, ...compared.flatMap(([, { values }]) => values)].map((one) => String(one)),
    ),
  ]
  const places = columnsOf(compared, answers)
  if (compared.length === 0) {
    return { ...nothing(input, judgedOnce), reason: 'no unit was judged by two raters' }
  }
  const fit = fitted(places.labels, places.sizes)
  const units = compared.map(([key, unit], at) =>
    unitOf(key, unit, { answers, posteriors: fit.posteriors, at }),
  )
  return {
    method: {
      ...methodOf(input, fit),
      units: compared.length,
      prompts: new Set(compared.map(([, { promptId }]) => promptId)).size,
      raters: places.raters.length,
      judgments: places.labels.units.length,
      iterations: fit.iterations,
      judged_once: judgedOnce,
    },
    answers: answers.map((answer, place) => ({
      answer,
      majority: units.filter(({ majority }) => majority === answer).length,
      likely: units.filter(({ likely }) => likely === answer).length,
      prevalence: fit.prevalence[place] ?? 0,
    })),
    undecided: units.filter(({ majority }) => majority === null).length,
    differing: units.filter(({ differs }) => differs).length,
    units: units.sort(byDoubt).slice(0, mostListed),
    raters: ratersOf(places, fit, { units: compared, names: input.raterNames }),
    warnings: fit.isConverged
      ? []
      : ['The model did not settle within its iterations: its figures are rough.'],
  }
}

const byDoubt = (one: ConsensusUnit, other: ConsensusUnit): number =>
  Number(other.differs) - Number(one.differs) ||
  other.doubt - one.doubt ||
  (`${one.task_id}:${one.part}` < `${other.task_id}:${other.part}` ? -1 : 1)

interface Columns {
  labels: Labels
  sizes: LabelSizes
  raters: string[]
}

function columnsOf(
  compared: readonly (readonly [string, Unit])[],
  answers: readonly string[],
): Columns {
  const answerAt = new Map(answers.map((answer, place) => [answer, place]))
  const names = [...new Set(compared.flatMap(([, { raters }]) => raters))].sort()
  const raterAt = new Map(names.map((rater, place) => [rater, place]))
  const size = compared.reduce((sum, [, { values }]) => sum + values.length, 0)
  const labels = {
    units: new Int32Array(size),
    raters: new Int32Array(size),
    labels: new Int32Array(size),
  }
  let at = 0
  for (const [place, [, { values, raters }]] of compared.entries()) {
    for (const [turn, value] of values.entries()) {
      labels.units[at] = place
      labels.raters[at] = raterAt.get(raters[turn] ?? '') ?? 0
      labels.labels[at] = answerAt.get(String(value)) ?? 0
      at += 1
    }
  }
  const sizes = { units: compared.length, raters: names.length, classes: answers.length }
  return { labels, sizes, raters: names }
}

interface Fit {
  model: 'Dawid–Skene' | 'one-coin'
  posteriors: Float64Array
  prevalence: Float64Array
  skills: Float64Array
  offDiagonal: ReadonlySet<number>
  iterations: number
  isConverged: boolean
}

function fitted(labels: Labels, sizes: LabelSizes): Fit {
  if (!haveEnough(labels, sizes)) {
    const { accuracies, posteriors, iterations, isConverged } = oneCoin(labels, sizes)
    const prevalence = new Float64Array(sizes.classes)
    for (let cell = 0; cell < posteriors.length; cell++) {
      const own = cell % sizes.classes
      prevalence[own] = (prevalence[own] ?? 0) + (posteriors[cell] ?? 0) / sizes.units
    }
    return {
      model: 'one-coin',
      posteriors,
      prevalence,
      skills: accuracies,
      offDiagonal: new Set(),
      iterations,
      isConverged,
    }
  }
  const fit = dawidSkene(labels, sizes, { smoothing })
  return {
    model: 'Dawid–Skene',
    posteriors: fit.posteriors,
    prevalence: fit.prevalence,
    skills: skillsIn(fit.confusion, fit.prevalence, sizes),
    offDiagonal: offDiagonal(labels, fit, sizes),
    iterations: fit.iterations,
    isConverged: fit.isConverged,
  }
}

/** Whether at least half of the answers come from raters who gave enough of them for a table. */
function haveEnough({ raters }: Labels, { raters: people, classes }: LabelSizes): boolean {
  const counts = new Float64Array(people)
  for (const rater of raters) counts[rater] = (counts[rater] ?? 0) + 1
  const ofMany = counts.reduce(
    (sum, count) => sum + (count >= labelsAnAnswer * classes ? count : 0),
    0,
  )
  return ofMany >= raters.length / 2
}

/**
 * Raters who call some answer by another's name more often than by its own, where they met it ten times
 * or more by the model: of rarer ones a table says too little.
 */
function offDiagonal(
  { raters }: Labels,
  { confusion, prevalence }: Pick<DawidSkeneFit, 'confusion' | 'prevalence'>,
  { raters: people, classes }: LabelSizes,
): Set<number> {
  const counts = new Float64Array(people)
  for (const rater of raters) counts[rater] = (counts[rater] ?? 0) + 1
  const isOff = (rater: number) =>
    prevalence.some((share, own) => {
      const row = rater * classes * classes + own * classes
      const right = confusion[row + own] ?? 0
      const isMet = share * (counts[rater] ?? 0) >= labelsAnAnswer
      return isMet && confusion.subarray(row, row + classes).some((given) => given > right + 1e-9)
    })
  return new Set([...counts.keys()].filter(isOff))
}

/** How often each rater gives the true answer, over answers as frequent as the model takes them to be. */
function skillsIn(
  confusion: Float64Array,
  prevalence: Float64Array,
  { raters, classes }: LabelSizes,
): Float64Array {
  return Float64Array.from({ length: raters }, (_, rater) =>
    prevalence.reduce(
      (sum, share, own) =>
        sum + share * (confusion[rater * classes * classes + own * classes + own] ?? 0),
      0,
    ),
  )
}

/** The answer that most gave; null where several are given as often. */
function mostFrequent(votes: readonly number[], answers: readonly string[]): string | null {
  const most = Math.max(...votes)
  const places = [...votes.keys()].filter((place) => votes[place] === most)
  const [place] = places
  return places.length === 1 && place !== undefined && most > 0 ? (answers[place] ?? null) : null
}

const votesOf = (values: readonly (string | number)[], answers: readonly string[]): number[] =>
  answers.map((answer) => values.filter((value) => String(value) === answer).length)

function unitOf(
  key: string,
  { values, promptId }: Unit,
  { answers, posteriors, at }: { answers: readonly string[]; posteriors: Float64Array; at: number },
): ConsensusUnit {
  const votes = votesOf(values, answers)
  const posterior = [...posteriors.subarray(at * answers.length, (at + 1) * answers.length)]
  const likeliest = posterior.indexOf(Math.max(...posterior))
  const likely = answers[likeliest] ?? ''
  const majority = mostFrequent(votes, answers)
  const [taskId = '', ...part] = key.split(':')
  return {
    task_id: taskId,
    part: part.join(':'),
    prompt_id: promptId,
    votes,
    posterior,
    majority,
    likely,
    doubt: entropyInBits(posterior),
    differs: majority !== null && majority !== likely,
  }
}

function ratersOf(
  { labels, raters }: Columns,
  fit: Fit,
  {
    units,
    names,
  }: { units: readonly (readonly [string, Unit])[]; names: ReadonlyMap<string, string> },
): ConsensusRater[] {
  const counts = new Float64Array(raters.length)
  for (const rater of labels.raters) counts[rater] = (counts[rater] ?? 0) + 1
  const same = new Map<string, { hits: number; of: number }>()
  for (const [, unit] of units) {
    for (const [turn, rater] of unit.raters.entries()) {
      const others = unit.values.filter((_, place) => place !== turn).map(String)
      const distinct = [...new Set(others)]
      const majority = mostFrequent(votesOf(others, distinct), distinct)
      if (majority === null) continue
      const known = same.get(rater) ?? { hits: 0, of: 0 }
      known.of += 1
      if (majority === String(unit.values[turn])) known.hits += 1
      same.set(rater, known)
    }
  }
  return raters
    .map((id, place): ConsensusRater => {
      const { hits, of } = same.get(id) ?? { hits: 0, of: 0 }
      return {
        rater_id: id,
        rater: names.get(id) ?? id,
        n: counts[place] ?? 0,
        skill: fit.skills[place] ?? 0,
        with_majority: of === 0 ? null : hits / of,
        with_majority_n: of,
        is_off: fit.offDiagonal.has(place),
      }
    })
    .sort((one, other) => other.skill - one.skill || (one.rater < other.rater ? -1 : 1))
}

const estimators = {
  'Dawid–Skene':
    'each rater has a table of how often an answer that is true is given each name, with one answer more for each true one spread evenly; EM from the shares of votes until the log-likelihood rests',
  'one-coin':
    'each rater is right with one probability and errs evenly, drawn towards 0.75 by two answers; EM from the shares of votes',
} as const

const whyModel = {
  'Dawid–Skene': 'most answers come from raters who gave ten or more for each possible one',
  'one-coin':
    'most answers come from raters who gave fewer than ten for each possible one, too few for a table of each',
} as const

const methodOf = ({ criterion, sources }: ConsensusInput, { model }: Pick<Fit, 'model'>) => ({
  model,
  estimator: estimators[model],
  why: whyModel[model],
  majority: 'the most frequent answer of a unit; none where several are as frequent',
  criterion,
  sources,
})

const nothing = (input: ConsensusInput, judgedOnce: number): Consensus => ({
  method: {
    ...methodOf(input, { model: 'one-coin' }),
    units: 0,
    prompts: 0,
    raters: 0,
    judgments: 0,
    iterations: 0,
    judged_once: judgedOnce,
  },
  answers: [],
  undecided: 0,
  differing: 0,
  units: [],
  raters: [],
  warnings: [],
})
