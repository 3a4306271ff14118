/** What every page says beside its own words: how it is closed, and what happened where it fails. */
import { type Phrase, sayingFrom } from './languages.ts'
import { pageWordsPt, refusedWordsPt } from './page-words-pt.ts'
import { retelling } from './read-phrase.ts'

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

/** What the server says, in English, of a page that it does not give. */
export const refusedWordsEn = {
  campaign: 'There is no such campaign',
  campaignOpen: 'There is no such campaign open to you',
  dataset: 'There is no such dataset',
  file: 'There is no such file',
  import: 'There is no such import',
  invitation: 'There is no such invitation',
  invitationOver: 'There is no such invitation: it was used, has ended or never was',
  job: 'There is no such job',
  message: 'There is no such message to you',
  model: 'There is no such model',
  page: 'There is no such page',
  project: 'There is no such project',
  prompt: 'There is no such prompt',
  rater: 'There is no such rater',
  row: 'There is no such row',
  snapshot: 'There is no such snapshot',
  task: 'There is no such task in this campaign',
  goneDetail: 'It may have been removed, or it belongs to a project that you are not a member of.',
  notOpen: 'This is not open to you',
  adminOnly: 'Only a site administrator can do this.',
  leads: 'This part of the project is for leads.',
  leadsAndEngineers: 'This part of the project is for leads and engineers.',
  annotators: 'This part of the project is for annotators.',
} satisfies Record<string, Phrase>

/** What says it again in a language. */
export const refusedIn = retelling({ en: refusedWordsEn, pt: refusedWordsPt })
