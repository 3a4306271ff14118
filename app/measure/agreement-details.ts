/** In: what each rater said of each unit. Out: the companions of alpha, and where raters part. */

import type { Weighting } from '#app/stats/agreement-weights.ts'
import {
  type ChanceAgreement,
  chanceCorrectedInterval,
  unitCounts,
} from '#app/stats/chance-corrected.ts'
import {
  addCluster,
  type ClusterMoments,
  clusteredShareInterval,
  noClusters,
} from '#app/stats/cluster-moments.ts'
import { cohenKappa } from '#app/stats/cohen-kappa.ts'
import { fleissKappa } from '#app/stats/fleiss-kappa.ts'
import { gwetCoefficient, gwetModel } from '#app/stats/gwet-coefficient.ts'
import { intraclassCorrelations } from '#app/stats/intraclass-correlation.ts'
import {
  krippendorffAlpha,
  krippendorffAlphaInterval,
  type Level,
} from '#app/stats/krippendorff-alpha.ts'
import { packClusters, type Value } from '#app/stats/packed-units.ts'
import { percentAgreement } from '#app/stats/percent-agreement.ts'
import { fewPrompts, type MeasureOptions } from './method.ts'
import type { Unit } from './tally.ts'

export interface Companion {
  name: string
  /** What it adds to alpha, in words. */
  about: string
  value: number | null
  low: number | null
  high: number | null
  reason?: string
}

export interface TagAgreement {
  tag: string
  alpha: number | null
  low: number | null
  high: number | null
  units: number
  prompts: number
}

export interface RaterPair {
  one: string
  other: string
  units: number
  percent: number
  kappa: number | null
  low: number | null
  high: number | null
  reason?: string
}

export interface AgreementDetails {
  answers: (string | number)[]
  /** How many values each answer received. */
  distribution: number[]
  /** How often two raters of one unit gave two answers, a unit of many raters weighing no more. */
  coincidences: number[][]
  companions: Companion[]
  tags: TagAgreement[]
  pairs: RaterPair[]
}

interface Asked {
  level: Level
  /** The answers that were possible, in their order. */
  answers: readonly Value[]
  tagsOf: ReadonlyMap<string, readonly string[]>
  raterNames: ReadonlyMap<string, string>
  options: Pick<MeasureOptions, 'seed' | 'confidence'>
}

const mostPairs = 40
const fewestShared = 10

/** Everything beside alpha, of the units of one question. */
export function agreementDetails(units: readonly Unit[], asked: Asked): AgreementDetails {
  const seen = units.flatMap(({ values }) => values)
  const answers = [...new Set([...asked.answers, ...seen])]
  const compared = units.filter(({ values }) => values.length > 1)
  return {
    answers,
    distribution: timesOf(seen, answers),
    coincidences: coincidencesOf(compared, answers),
    companions: companionsOf(compared, answers, asked),
    tags: tagsIn(compared, asked),
    pairs: pairsIn(compared, answers, asked),
  }
}

function timesOf(seen: readonly Value[], answers: readonly Value[]): number[] {
  const times = new Map(answers.map((answer) => [answer, 0]))
  for (const value of seen) times.set(value, (times.get(value) ?? 0) + 1)
  return [...times.values()]
}

function coincidencesOf(units: readonly Unit[], answers: readonly Value[]): number[][] {
  const placeOf = new Map(answers.map((answer, place) => [answer, place]))
  const table = answers.map(() => answers.map(() => 0))
  for (const { values } of units) {
    for (const [at, one] of values.entries()) {
      for (const [with_, other] of values.entries()) {
        const cells = table[placeOf.get(one) ?? -1]
        const column = placeOf.get(other)
        if (at === with_ || !cells || column === undefined) continue
        cells[column] = (cells[column] ?? 0) + 1 / (values.length - 1)
      }
    }
  }
  return table
}

/** The units of each prompt, in the order of prompts: how judgments were read must not decide what a seed draws. */
export function unitsByPrompt(units: readonly Unit[]): Unit[][] {
  const groups = Map.groupBy(units, ({ promptId }) => promptId)
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, own]) => own)
}

function companionsOf(
  units: readonly Unit[],
  answers: readonly Value[],
  { level, options }: Asked,
): Companion[] {
  const weighting: Weighting = level === 'nominal' ? 'identity' : 'quadratic'
  const prompts = unitsByPrompt(units)
  const clusters = prompts.map((own) =>
    unitCounts(
      own.map(({ values }) => values),
      answers,
    ),
  )
  const counts = clusters.flat()
  const interval = (model: { weights: number[][]; chance: ChanceAgreement }) =>
    chanceCorrectedInterval(clusters, model.weights, model.chance, options)
  const gwet = gwetCoefficient(counts, weighting)
  const ac = gwet && interval(gwetModel(weighting, answers.length))
  const fleiss = fleissKappa(counts, weighting)
  const none = { low: null, high: null }
  return [
    {
      name: 'Same answer',
      about: 'how often two raters of one unit say the same; chance is in it',
      value: percentAgreement(units.map(({ values }) => values)),
      ...(shareInterval(prompts, options.confidence) ?? none),
    },
    {
      name: level === 'nominal' ? 'Gwet’s AC1' : 'Gwet’s AC2, quadratic',
      about:
        level === 'nominal'
          ? 'agreement beyond chance that stays high where one answer is frequent'
          : 'near scores count as agreement; high as well where all scores crowd together',
      value: gwet?.value ?? null,
      ...(ac ?? none),
      ...(gwet?.reason === undefined ? {} : { reason: gwet.reason }),
    },
    {
      name: level === 'nominal' ? 'Fleiss’ kappa' : 'Fleiss’ kappa, quadratic',
      about: 'as alpha, without its allowance for few units',
      value: fleiss?.value ?? null,
      low: fleiss?.low ?? null,
      high: fleiss?.high ?? null,
      reason: fleiss?.reason ?? 'its interval takes units as independent',
    },
    ...(level === 'nominal' ? [] : correlationsOf(units)),
  ]
}

/** Percent agreement by prompt: the mean over a prompt's units is one cluster of theirs. */
function shareInterval(prompts: readonly Unit[][], confidence: number) {
  const moments: ClusterMoments = noClusters()
  for (const own of prompts) {
    const mean = percentAgreement(own.map(({ values }) => values)) ?? 0
    addCluster(moments, mean * own.length, own.length)
  }
  return clusteredShareInterval(moments, confidence)
}

/** ICC where the same raters scored every unit; it means nothing otherwise. */
function correlationsOf(units: readonly Unit[]): Companion[] {
  const about = 'reliability of one rater’s score, and of the mean of all'
  const absent = (reason: string): Companion[] => [
    { name: 'ICC(2,1)', about, value: null, low: null, high: null, reason },
  ]
  const raters = [...new Set(units.flatMap(({ raters: own }) => own))].sort()
  if (raters.length < 2) return absent('fewer than two raters')
  const table = units.map(({ values, raters: own }) =>
    raters.map((rater) => Number(values[own.indexOf(rater)] ?? Number.NaN)),
  )
  if (table.length < 2 || table.some((row) => row.some((score) => Number.isNaN(score)))) {
    return absent('not every rater scored every unit')
  }
  const { forms } = intraclassCorrelations(table)
  return (['ICC2', 'ICC2k'] as const).flatMap((form) => {
    const found = forms.find((one) => one.form === form)
    const name = form === 'ICC2' ? 'ICC(2,1)' : 'ICC(2,k)'
    return found
      ? [
          {
            name,
            about,
            value: found.value,
            low: found.low,
            high: found.high,
            reason: 'its interval takes units as independent',
          },
        ]
      : []
  })
}

/** Alpha of the prompts with each tag, those with the least agreement first. */
function tagsIn(units: readonly Unit[], { level, tagsOf, options }: Asked): TagAgreement[] {
  const byTag = new Map<string, Unit[]>()
  for (const unit of units) {
    for (const tag of tagsOf.get(unit.promptId) ?? []) {
      const own = byTag.get(tag) ?? []
      own.push(unit)
      byTag.set(tag, own)
    }
  }
  return [...byTag]
    .flatMap(([tag, own]): TagAgreement[] => {
      const prompts = unitsByPrompt(own).map((prompt) => prompt.map(({ values }) => values))
      if (prompts.length < fewPrompts) return []
      const packed = packClusters(prompts)
      const { alpha } = krippendorffAlpha(packed, level)
      const { low, high } = krippendorffAlphaInterval(packed, level, options)
      const about = { tag, units: own.length, prompts: prompts.length }
      return [
        { ...about, alpha, low: alpha === null ? null : low, high: alpha === null ? null : high },
      ]
    })
    .sort((one, other) => (one.alpha ?? 2) - (other.alpha ?? 2) || (one.tag < other.tag ? -1 : 1))
}

/** Raters two by two, those who shared most first. */
function pairsIn(
  units: readonly Unit[],
  answers: readonly Value[],
  { level, raterNames }: Asked,
): RaterPair[] {
  const placeOf = new Map(answers.map((answer, place) => [answer, place]))
  const tables = new Map<string, number[][]>()
  for (const { values, raters } of units) {
    for (const [at, one] of raters.entries()) {
      for (let next = at + 1; next < raters.length; next++) {
        const other = raters[next] ?? one
        const [first, second] = one < other ? [at, next] : [next, at]
        const key = `${raters[first]}|${raters[second]}`
        const table = tables.get(key) ?? answers.map(() => answers.map(() => 0))
        const cells = table[placeOf.get(values[first] ?? '') ?? -1]
        const column = placeOf.get(values[second] ?? '') ?? -1
        if (cells) cells[column] = (cells[column] ?? 0) + 1
        tables.set(key, table)
      }
    }
  }
  return [...tables]
    .flatMap(([key, table]): RaterPair[] => {
      const found = cohenKappa(table, level === 'nominal' ? 'identity' : 'quadratic')
      if (!found || found.count < fewestShared) return []
      const [one = '', other = ''] = key.split('|')
      const same = table.reduce((sum, row, place) => sum + (row[place] ?? 0), 0)
      return [
        {
          one: raterNames.get(one) ?? one,
          other: raterNames.get(other) ?? other,
          units: found.count,
          percent: same / found.count,
          kappa: found.value,
          low: found.low,
          high: found.high,
          ...(found.reason === undefined ? {} : { reason: found.reason }),
        },
      ]
    })
    .sort((one, other) => other.units - one.units || (namesOf(one) < namesOf(other) ? -1 : 1))
    .slice(0, mostPairs)
}

const namesOf = ({ one, other }: RaterPair): string => `${one} ${other}`
