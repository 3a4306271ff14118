import { normalDistribution, normalQuantile } from './student-t.ts'

/** What is believed of one item's skill: a normal distribution. */
export interface Skill {
  mean: number
  deviation: number
}

export const unknownSkill: Skill = { mean: 25, deviation: 25 / 3 }

const luck = unknownSkill.deviation / 2
const fading = unknownSkill.deviation / 100

/**
 * What is believed of two items after one meets the other, by TrueSkill: for ordering what to compare
 * next while verdicts come in. Its ratings depend on the order of the verdicts and are no standings.
 *
 * @param drawProbability how often two equal items are called even
 * Source: R. Herbrich, T. Minka and T. Graepel, Advances in Neural Information Processing Systems 19
 * (2006) 569–576, for two sides of one item each.
 *
 * @example afterMeeting(unknownSkill, unknownSkill, 'win')[0].mean // 29.39…
 */
export function afterMeeting(
  one: Skill,
  other: Skill,
  outcome: 'win' | 'loss' | 'draw',
  { drawProbability = 0.1 } = {},
): [Skill, Skill] {
  if (outcome === 'loss') {
    const [winner, loser] = afterMeeting(other, one, 'win', { drawProbability })
    return [loser, winner]
  }
  const variances = [one, other].map(({ deviation }) => deviation ** 2 + fading ** 2)
  const [ofOne = 0, ofOther = 0] = variances
  const whole = Math.sqrt(ofOne + ofOther + 2 * luck ** 2)
  const margin = (normalQuantile((drawProbability + 1) / 2) * Math.SQRT2 * luck) / whole
  const lead = (one.mean - other.mean) / whole
  const { shift, shrink } = outcome === 'win' ? ofWin(lead - margin) : ofDraw(lead, margin)
  const moved = ({ mean }: Skill, variance: number, sign: number): Skill => ({
    mean: mean + (sign * variance * shift) / whole,
    deviation: Math.sqrt(variance * (1 - (variance / whole ** 2) * shrink)),
  })
  return [moved(one, ofOne, 1), moved(other, ofOther, -1)]
}

const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)

/** Below this the tail is too small to divide by; its limit is taken. */
const faintest = 1e-12

function ofWin(lead: number): { shift: number; shrink: number } {
  const tail = normalDistribution(lead)
  const shift = tail < faintest ? -lead : density(lead) / tail
  return { shift, shrink: shift * (shift + lead) }
}

function ofDraw(lead: number, margin: number): { shift: number; shrink: number } {
  const away = Math.abs(lead)
  const inside = normalDistribution(margin - away) - normalDistribution(-margin - away)
  const [near, far] = [density(margin - away), density(-margin - away)]
  const shift = inside < faintest ? margin - away : (far - near) / inside
  const shrink =
    inside < faintest ? 1 : shift ** 2 + ((margin - away) * near - (-margin - away) * far) / inside
  return { shift: lead < 0 ? -shift : shift, shrink }
}
