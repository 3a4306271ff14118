/** What a policy says: in English where it is frozen into files, in the language of a page elsewhere. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { policyWordsPt } from './policy-words-pt.ts'

export const policyWordsEn = {
  counted:
    'Judgments counted: {sources}; work only, the latest revision, neither withdrawn nor extra.',
  human: 'human',
  adjudicator: 'adjudicator',
  judge: 'judge',
  judgeWeighs: 'judge (each weighs {weight})',
  majority:
    'The verdict on a pair is what more than half of its raters said; tie and both bad are votes, can’t judge is none.',
  adjudicated:
    'An adjudicator’s verdict decides; where there is none, what more than half of the raters said.',
  posterior:
    'The verdict on a pair is the most probable one under Dawid and Skene’s model of the raters.',
  'every rater': 'Every rater’s verdict is a row of its own.',
  minimumRaters: 'At least {least} rater(s) for each row.',
  criterion: 'The question “{criterion}” decides.',
  models: 'Models: {models}.',
  tags: 'Prompts tagged {tags}.',
  withoutTags: 'No prompts tagged {tags}.',
  or: ' or ',
  judgedFrom: 'Judged from {day} on (UTC).',
  judgedBefore: 'Judged before {day} (UTC).',
  minimumAgreement: 'At least {share} of the raters agree.',
  minimumPosterior: 'A verdict is at least {share} probable.',
  minimumMargin: 'Pairs differ by at least {margin} of 1.',
  margin: 'Every pair carries a margin from 0 to 1: how much better raters called it.',
  undecided: 'Ties: {ties}. Both bad: {bothBad}.',
  leftOut: 'left out',
  ownFile: 'in a file of their own',
  labels: 'both labelled bad, where rows are labels',
  contradictions: 'Texts that stand both ways round are left out.',
  onePair: 'One pair for each prompt, the surest.',
  near: 'One prompt of those that are nearly the same.',
  exact: 'Equal rows once.',
  mostPrompt: 'Prompts of at most {most} {unit}.',
  mostCompletion: 'Responses of at most {most} {unit}.',
  mostTotal: 'Prompt and response together at most {most} {unit}.',
  o200k: 'tokens (o200k)',
  characters: 'characters',
  heldOut: 'Prompts that share 13 words in a row with one of {texts} held-out texts are left out.',
  mostRowsATag: 'At most {most} rows of each prompt’s first tag.',
  balanceSides: 'As many rows whose better response was shown first as second.',
  pseudonyms: 'Raters are named by the pseudonyms of the project.',
  renamed: 'Raters are named by pseudonyms of this dataset alone.',
  unnamed: 'Raters are not named in the rows.',
  splits:
    'Splits: {validation} validation, {test} test, dealt by prompt {how}; near-duplicates{together} stay together.',
  hash: 'by a hash, so that a prompt keeps its split in later versions',
  stratified: 'so that each tag has its share in every split',
  together: ' and prompts of one {field}',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const policySayIn = sayingFrom({ en: policyWordsEn, pt: policyWordsPt })
