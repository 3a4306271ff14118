/** A policy in words, for cards and pages. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import type { Policy } from './policy.ts'
import { policySayIn } from './policy-words.ts'

/** Every rule that differs from keeping all, a sentence each. */
export function policySentences(policy: Policy, language: Language = 'en'): string[] {
  const say = policySayIn(language)
  const { share, exact } = figuresOf(language)
  const { splits } = policy
  const unit = say(policy.tokenizer)
  const most = (limit: number | null) => ({ most: exact(limit ?? 0), unit })
  const said: [boolean, string][] = [
    [true, say('counted', { sources: sourcesOf(policy, language) })],
    [true, say(policy.aggregation)],
    [true, say('minimumRaters', { least: exact(policy.minimumRaters) })],
    [policy.criterion !== '', say('criterion', { criterion: policy.criterion })],
    [policy.models.length > 0, say('models', { models: policy.models.join(', ') })],
    [policy.tags.length > 0, say('tags', { tags: policy.tags.join(say('or')) })],
    [
      policy.withoutTags.length > 0,
      say('withoutTags', { tags: policy.withoutTags.join(say('or')) }),
    ],
    [policy.judgedFrom !== null, say('judgedFrom', { day: policy.judgedFrom ?? '' })],
    [policy.judgedBefore !== null, say('judgedBefore', { day: policy.judgedBefore ?? '' })],
    [
      policy.minimumAgreement > 0,
      say('minimumAgreement', { share: share(policy.minimumAgreement) }),
    ],
    [
      policy.aggregation === 'posterior',
      say('minimumPosterior', { share: share(policy.minimumPosterior) }),
    ],
    [policy.minimumMargin > 0, say('minimumMargin', { margin: exact(policy.minimumMargin) })],
    [policy.margin === 'required', say('margin')],
    [
      true,
      say('undecided', {
        ties: say(policy.ties === 'drop' ? 'leftOut' : 'ownFile'),
        bothBad: say(bothBadWords[policy.bothBad]),
      }),
    ],
    [policy.contradictions === 'drop', say('contradictions')],
    [policy.pairsPerPrompt === 'one', say('onePair')],
    [policy.duplicates !== 'keep', say(policy.duplicates === 'near' ? 'near' : 'exact')],
    [policy.mostPrompt !== null, say('mostPrompt', most(policy.mostPrompt))],
    [policy.mostCompletion !== null, say('mostCompletion', most(policy.mostCompletion))],
    [policy.mostTotal !== null, say('mostTotal', most(policy.mostTotal))],
    [policy.heldOut.length > 0, say('heldOut', { texts: exact(policy.heldOut.length) })],
    [policy.mostRowsATag !== null, say('mostRowsATag', most(policy.mostRowsATag))],
    [policy.balanceSides, say('balanceSides')],
    [true, say(policy.raters === 'left out' ? 'unnamed' : policy.raters)],
    [splits.validation + splits.test > 0, splitWords(policy, language)],
  ]
  return said.flatMap(([isSaid, words]) => (isSaid ? [words] : []))
}

function sourcesOf({ sources, judgeWeight }: Policy, language: Language): string {
  const say = policySayIn(language)
  return sources
    .map((source) =>
      source === 'judge' && judgeWeight !== 1
        ? say('judgeWeighs', { weight: figuresOf(language).exact(judgeWeight) })
        : say(source),
    )
    .join(', ')
}

const bothBadWords = { drop: 'leftOut', labels: 'labels', 'own file': 'ownFile' } as const

function splitWords({ splits }: Policy, language: Language): string {
  const say = policySayIn(language)
  const { share } = figuresOf(language)
  return say('splits', {
    validation: share(splits.validation),
    test: share(splits.test),
    how: say(splits.deal),
    together: splits.together === '' ? '' : say('together', { field: splits.together }),
  })
}
