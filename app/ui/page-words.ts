/** What every page says beside its own words: how it is closed, and what happened where it fails. */
import { type Phrase, sayingFrom } from './languages.ts'
import { pageWordsPt } from './page-words-pt.ts'

export const pageWordsEn = {
  language: 'Language',
  close: 'Close',
  toStart: 'To the start',
  '400': 'That could not be understood',
  '400.detail': 'Check the address and try again.',
  '401': 'Please sign in',
  '401.detail': 'Your session has ended. Nothing you sent was lost.',
  '403': 'This is not open to you',
  '403.detail': 'Ask a lead of the project for the role it needs.',
  '404': 'There is no such page',
  '404.detail': 'Check the address, or go back to where you were.',
  '405': 'That is not possible here',
  '405.detail': 'This address does not take that kind of request.',
  '413': 'That is too large',
  '413.detail': 'Split the file, or use the command line.',
  '500': 'Something went wrong on our side',
  '500.detail': 'It was noted in the log. Nothing that was saved is lost; try again in a moment.',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const pageSayIn = sayingFrom({ en: pageWordsEn, pt: pageWordsPt })
