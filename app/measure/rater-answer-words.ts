/** What is answered to a lead’s act about a rater, in English; pages say it in their language. */
import type { Phrase } from '#app/ui/languages.ts'
import { retelling } from '#app/ui/read-phrase.ts'
import { raterAnswerWordsPt } from './rater-answer-words-pt.ts'

export const raterAnswerWordsEn = {
  choose: 'Choose what to do.',
  check: 'Check the form.',
  sayWhy: 'say why: it is kept in the audit log',
  giveDate: 'give a date',
  notJoined: 'This rater has not joined the campaign.',
  notPaused: 'This rater is not paused.',
  nothingInHand: 'This rater has nothing in hand any more.',
  notFailed: 'This rater did not fail the qualification.',
  paused: {
    one: 'Paused; {count} task in hand given back.',
    other: 'Paused; {count} tasks in hand given back.',
  },
  resumed: 'The rater can work again.',
  released: { one: '{count} task given back.', other: '{count} tasks given back.' },
  admitted: 'The rater can work now.',
  withdrawing: {
    one: 'Withdrawing {count} judgment.',
    other: 'Withdrawing {count} judgments.',
  },
  restoring: { one: 'Restoring {count} judgment.', other: 'Restoring {count} judgments.' },
  noJudgment: 'There is no such judgment any more.',
  otherCount: {
    one: 'It would concern {count} judgment now, not {confirmed}. Look again and confirm.',
    other: 'It would concern {count} judgments now, not {confirmed}. Look again and confirm.',
  },
  busy: 'Judgments of this rater are being changed already.',
} satisfies Record<string, Phrase>

/** What says such an answer in a language. */
export const raterAnswerIn = retelling({ en: raterAnswerWordsEn, pt: raterAnswerWordsPt })
