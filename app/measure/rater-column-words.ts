/** What the columns of the table of raters are called. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { raterColumnWordsPt } from './rater-column-words-pt.ts'

export const raterColumnWordsEn = {
  rater: 'Rater',
  signals: 'Worth a look',
  judgments: 'Judgments',
  gold: 'Gold',
  consistency: 'Same again',
  consensus: 'With the majority',
  consensus_than_others: 'Majority, vs others',
  first: 'First shown',
  longer_than_others: 'Longer, vs others',
  longer: 'Longer wins',
  seconds: 'Seconds a task',
  fast: 'Faster than reading',
  pace: 'An hour',
  skips: 'Skipped',
  tie: 'Ties',
  both_bad: 'Both bad',
  cant_judge: 'Can’t judge',
  undecided_than_others: 'Undecided, vs others',
  adjudicated: 'As adjudicated',
  points: '{change} pts',
  inSeconds: '{seconds} s',
  restsOn: 'n {n}',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const raterColumnSayIn = sayingFrom({ en: raterColumnWordsEn, pt: raterColumnWordsPt })
