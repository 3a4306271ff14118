import { demandAllComparable } from './bradley-terry.ts'
import { type LogisticRow, logisticFit } from './logistic-fit.ts'

/** One judgment of a pair: who judged, a's points, and which of the two stood on the left. */
export interface RatedPair {
  a: number
  b: number
  rater: number
  points: number
  /** 1 where a was shown on the left, −1 on the right, 0 where it is not known. */
  side: -1 | 0 | 1
}

export interface RaterAwareFit {
  /** Natural logarithm of each strength, mean zero, as a rater of skill 1 sees them. */
  strengths: Float64Array
  /** How sharply each rater tells strengths apart, around 1; near 0 is chance, negative is reversed. */
  skills: Float64Array
  /** How much each rater leans to the left response: what its odds are multiplied by, as a logarithm. */
  sideBiases: Float64Array
  iterations: number
  isConverged: boolean
}

/** Standard deviations of what raters are thought to be before their judgments are seen. */
export const raterSpread = { skill: 0.5, sideBias: 0.5 }

/**
 * Bradley–Terry with a skill γ and a side bias s for each rater: the logarithm of a's odds is
 * γᵣ (θa − θb) + sᵣ · side. Skills have a normal prior around 1 and biases around 0, so that a rater
 * with few judgments counts as a typical one. Found by turns: strengths and biases by Newton's method,
 * then each skill on its own, to the most probable values together.
 *
 * Throws a RangeError where strengths have no finite estimate.
 * Source: X. Chen, P. N. Bennett, K. Collins-Thompson and E. Horvitz, WSDM (2013) 193–202, for raters
 * in Bradley–Terry; here skills act on the difference, which keeps each step's likelihood concave.
 *
 * @example raterAwareRatings({ items: 2, raters: 1 }, [0, 1, 1, 0].map((points) => (
 *   { a: 0, b: 1, rater: 0, side: 0, points }
 * )))  // { strengths: [0, 0], skills: [1], sideBiases: [0] }
 */
export function raterAwareRatings(
  sizes: { items: number; raters: number },
  pairs: readonly RatedPair[],
  { tolerance = 1e-8, mostIterations = 500 } = {},
): RaterAwareFit {
  const { items, raters } = sizes
  demandAllComparable(items, pairs)
  const skills = new Float64Array(raters).fill(1)
  const byRater = Map.groupBy(pairs, ({ rater }) => rater)
  let coefficients = new Float64Array(items + raters)
  let iterations = 0
  let isConverged = false
  for (; iterations < mostIterations && !isConverged; iterations++) {
    const rows = pairs.map((pair): LogisticRow => {
      const skill = skills[pair.rater] ?? 1
      return {
        places: [pair.a, pair.b, items + pair.rater],
        values: [skill, -skill, pair.side],
        count: 1,
        points: pair.points,
        cluster: 0,
      }
    })
    const fit = logisticFit(items + raters, merged(rows), {
      centred: items,
      ridge: (place) => (place < items ? 0 : 1 / raterSpread.sideBias ** 2),
    })
    let change = 0
    for (const [place, value] of fit.coefficients.entries()) {
      change = Math.max(change, Math.abs(value - (coefficients[place] ?? 0)))
    }
    coefficients = Float64Array.from(fit.coefficients)
    for (const [rater, own] of byRater) {
      const skill = skillOf(own, coefficients, items)
      change = Math.max(change, Math.abs(skill - (skills[rater] ?? 1)))
      skills[rater] = skill
    }
    const scale = commonScale(skills)
    for (let rater = 0; rater < raters; rater++) skills[rater] = (skills[rater] ?? 1) / scale
    for (let item = 0; item < items; item++) {
      coefficients[item] = (coefficients[item] ?? 0) * scale
    }
    isConverged = change < tolerance
  }
  return {
    strengths: coefficients.slice(0, items),
    skills,
    sideBiases: coefficients.slice(items),
    iterations,
    isConverged,
  }
}

/**
 * What to divide all skills by, and multiply all strengths with, to come nearest to the prior: the
 * judgments cannot tell the two scales apart, and turn-taking alone would creep along that ridge.
 */
function commonScale(skills: Float64Array): number {
  const sum = skills.reduce((total, skill) => total + skill, 0)
  const squares = skills.reduce((total, skill) => total + skill * skill, 0)
  return sum > 0 ? squares / sum : 1
}

/** Judgments that look alike to the model, counted together. */
function merged(rows: readonly LogisticRow[]): LogisticRow[] {
  const byLook = new Map<string, { row: LogisticRow; count: number; points: number }>()
  for (const row of rows) {
    const look = `${row.places.join()}|${row.values[2]}`
    const one = byLook.get(look) ?? { row, count: 0, points: 0 }
    one.count += row.count
    one.points += row.points
    byLook.set(look, one)
  }
  return [...byLook.values()].map(({ row, count, points }) => ({ ...row, count, points }))
}

/** The most probable skill of one rater, the strengths and the bias being what they are. */
function skillOf(pairs: readonly RatedPair[], coefficients: Float64Array, items: number): number {
  const precision = 1 / raterSpread.skill ** 2
  let skill = 1
  for (let turn = 0; turn < 100; turn++) {
    let slope = -precision * (skill - 1)
    let curve = precision
    for (const { a, b, rater, points, side } of pairs) {
      const apart = (coefficients[a] ?? 0) - (coefficients[b] ?? 0)
      const lean = (coefficients[items + rater] ?? 0) * side
      const p = 1 / (1 + Math.exp(-(skill * apart + lean)))
      slope += (points - p) * apart
      curve += p * (1 - p) * apart * apart
    }
    const step = slope / curve
    skill += Math.max(-1, Math.min(1, step))
    if (Math.abs(step) < 1e-10) break
  }
  return skill
}
