/** In: a plan. Out: what it allows to say in a language, and no more. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import type { Plan, ScorePlan } from './plan.ts'
import type { PlanChoices } from './plan-choices.ts'
import { planSayIn } from './plan-words.ts'

/** Two digits say all that a plan knows; few are said as they are. @example roughly(1234) // 1300 */
export function roughly(count: number): number {
  if (count < 100) return count
  const unit = 10 ** (Math.floor(Math.log10(count)) - 1)
  return Math.ceil(count / unit) * unit
}

/** What the wish takes, or why nothing grants it. */
export function wishSentence(plan: Plan, choices: PlanChoices, language: Language = 'en'): string {
  const say = planSayIn(language)
  const { exact } = figuresOf(language)
  const { goal, figure, half_width: width, win_rate: rate, power } = choices
  if (plan.needed === null || plan.prompts === null) {
    return say(`why.${plan.reason ?? 'tooMany'}`, { rate: exact(rate) })
  }
  const needed = { needed: roughly(plan.needed), prompts: roughly(plan.prompts) }
  if (goal === 'width') {
    const key = figure === 'pair' ? 'widthPair' : 'widthModel'
    return say(key, { ...needed, width: exact(width) })
  }
  const key = figure === 'pair' ? 'powerPair' : 'powerModel'
  const found = say(key, { ...needed, rate: exact(rate), power: exact(power) })
  return `${found} ${say('smaller')}`
}

/** On what the plan stands: as seen, as chosen, or assumed with the reason. */
export function basisSentence(plan: Plan, language: Language = 'en'): string {
  const say = planSayIn(language)
  const { decimal } = figuresOf(language)
  const values = {
    correlation: decimal(plan.used.correlation),
    effect: decimal(plan.designEffect, 1),
  }
  if (plan.correlationFrom === 'seen') return say('andSeen', values)
  if (plan.correlationFrom === 'chosen') return say('andChosen', values)
  const why = say(plan.basis.figures === 0 ? 'whyNothing' : 'whyOnce')
  return say('andAssumed', { ...values, why })
}

/** How far the campaign is from it. */
export function soFarSentences({ basis, needed, campaign }: Plan, language: Language = 'en') {
  const say = planSayIn(language)
  if (basis.figures === 0) return []
  const { judgments, figures: count } = basis
  return [
    say('soFar', { judgments, count }),
    ...(needed === null
      ? []
      : [judgments >= needed ? say('enough') : say('more', { more: roughly(needed - judgments) })]),
    ...(campaign === null || count < 2
      ? []
      : [say('wholeCampaign', { count, needed: roughly(campaign) })]),
  ]
}

/** What the means of one criterion take. */
export function scoreSentence(
  { criterion, halfWidth, morePrompts }: ScorePlan,
  wished: number,
  language: Language = 'en',
): string {
  const say = planSayIn(language)
  const { exact } = figuresOf(language)
  if (halfWidth === null || morePrompts === null) return say('scoreUnknown', { criterion })
  const width = exact(wished)
  return morePrompts === 0
    ? say('scoreEnough', { criterion, width })
    : say('scoreSentence', { criterion, width, more: roughly(morePrompts) })
}
