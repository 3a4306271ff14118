/** What the page on how far raters agree says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { agreementWordsPt } from './agreement-words-pt.ts'

export const agreementWordsEn = {
  title: 'Agreement',
  question: 'Can we trust the raters?',
  intro:
    'Krippendorff’s alpha is agreement beyond chance: 1 is perfect, 0 is what chance would give. It says how far raters see the same, not how good they are.',
  nothing: 'Nothing to compare yet',
  nothingHint:
    'Agreement needs tasks that two or more raters judged: set an overlap of at least two.',
  method: '{orientation}; {missing}; {interval}, {rounds} rounds, seed {seed}.',
  alphaBetween: 'alpha ({level}), 95 % interval {low} to {high}',
  'level.nominal': 'nominal',
  'level.ordinal': 'ordinal',
  'level.interval': 'interval',
  'level.ratio': 'ratio',
  rests:
    '{units} units judged twice or more on {prompts} prompts · {judgments} judgments by {raters} raters',
  companions: 'Other measures of agreement',
  besideIt: 'Beside it',
  value: 'Value',
  answersTitle: 'Where one rater says this, another says',
  answersTable: 'Answers of two raters of one unit',
  answer: 'Answer',
  given: 'Given',
  'answer.a': 'a',
  'answer.b': 'b',
  'answer.tie': 'tie',
  'answer.both_bad': 'both bad',
  tagsTitle: 'By tag, the least agreed first',
  tagsTable: 'Agreement by tag',
  tag: 'Tag',
  alpha: 'Alpha',
  pairsTitle: 'Raters two by two: Cohen’s kappa of those who share ten units or more',
  pairsTable: 'Agreement of pairs of raters',
  raters: 'Raters',
  sameAnswer: 'Same answer',
  kappa: 'Kappa',
  units: 'Units',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const agreementSayIn = sayingFrom({ en: agreementWordsEn, pt: agreementWordsPt })
