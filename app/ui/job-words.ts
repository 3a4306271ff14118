import type { Phrase } from './languages.ts'

/** What the progress of a job says, in English. Other languages give the same keys. */
export const jobWordsEn = {
  waiting: 'Waiting for its turn…',
  paused: 'Paused. What is written stays, and it goes on from here.',
  cancelled: 'Cancelled. What is written stays.',
  failed: 'It failed: {reason}',
  of: '{done} of {total}',
  perSecond: '{rate}/s',
  secondsLeft: { one: 'about {count} second left', other: 'about {count} seconds left' },
  minutesLeft: { one: 'about {count} minute left', other: 'about {count} minutes left' },
  hoursLeft: { one: 'about {count} hour left', other: 'about {count} hours left' },
  reached: '{what}: {share}',
  pause: 'Pause',
  resume: 'Resume',
  cancel: 'Cancel',
  retry: 'Retry',
} satisfies Record<string, Phrase>

/** A word list with the same keys as another, each a phrase or plural forms as there. */
export type SameKeys<Words> = {
  [Key in keyof Words]: Words[Key] extends string ? string : Exclude<Phrase, string>
}

export type JobWords = SameKeys<typeof jobWordsEn>
