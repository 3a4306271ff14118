/**
 * The raters of the demo project are this simulation, and every screen that shows their work says so.
 *
 * Each response has a quality that was appraised by hand when it was written (`quality-*.json`). A
 * rater sees it through a skill, a liking for length, a leaning to one side and noise:
 *
 *     d = skill · (q_first − q_second) + length · ln(len_first / len_second) + side + noise
 *
 * with logistic noise. |d| under 0.4 is a tie, under 1.8 better, above much better. Two responses that
 * both seem poor are both bad. All chance comes from one seed, the rater, and the task's own text (for
 * the verdict) or the turn (for the side), so the same demo is made everywhere.
 */
import { seededRandom } from '#app/stats/seeded-random.ts'

export interface SimulatedRater {
  pseudonym: string
  skill: number
  length: number
  side: number
  /** Added to every score of a rubric. */
  leniency: number
  secondsATask: number
}

const seed = 20261122

/** Twelve raters: most are careful, one is careless, one leans left, one likes long answers. */
export const simulatedRaters: SimulatedRater[] = Array.from({ length: 12 }, (_, place) => {
  const random = seededRandom(seed + place)
  return {
    pseudonym: `sim-${String(place + 1).padStart(2, '0')}`,
    skill: place === 7 ? 0.35 : 1.3 + 0.7 * random(),
    length: place === 4 ? 0.8 : 0.1 + 0.15 * random(),
    side: place === 10 ? 0.7 : 0.1 * (random() - 0.5),
    leniency: 0.6 * (random() - 0.5),
    secondsATask: 25 + 40 * random(),
  }
})

export interface SeenResponse {
  quality: number
  characters: number
}

/** Chance that belongs to this rater and this text alone. */
export function chanceOf(rater: SimulatedRater, text: string): () => number {
  let hash = 2_166_136_261
  for (const character of `${rater.pseudonym}|${text}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619)
  }
  return seededRandom(seed ^ hash)
}

const logistic = (random: () => number) => {
  const u = Math.min(Math.max(random(), 1e-9), 1 - 1e-9)
  return Math.log(u / (1 - u))
}

export interface SimulatedVerdict {
  winner: 'first' | 'second' | 'tie' | 'both_bad' | 'cant_judge'
  strength?: 1 | 2
}

/** What a rater says of two responses as shown. */
export function simulateVerdict(
  rater: SimulatedRater,
  [first, second]: readonly [SeenResponse, SeenResponse],
  random: () => number,
): SimulatedVerdict {
  if (random() < 0.01) return { winner: 'cant_judge' }
  const bestSeen = Math.max(first.quality, second.quality) + 0.3 * logistic(random)
  if (bestSeen < -1) return { winner: 'both_bad' }
  const difference =
    rater.skill * (first.quality - second.quality) +
    rater.length * Math.log((first.characters + 20) / (second.characters + 20)) +
    rater.side +
    0.55 * logistic(random)
  if (Math.abs(difference) < 0.4) return { winner: 'tie' }
  const strength = Math.abs(difference) < 1.8 ? 1 : 2
  return { winner: difference > 0 ? 'first' : 'second', strength }
}

/** A rater's score of a response on a scale from 1 to 5. */
export function simulateScore(
  rater: SimulatedRater,
  response: SeenResponse,
  random: () => number,
): number {
  const seen = 3.2 + 0.85 * Math.min(rater.skill, 1.4) * response.quality + rater.leniency
  return Math.min(5, Math.max(1, Math.round(seen + 0.45 * logistic(random))))
}

/** The time a rater takes, in milliseconds. */
export const simulateTime = (rater: SimulatedRater, random: () => number): number =>
  Math.round(1_000 * rater.secondsATask * (0.5 + random()))
