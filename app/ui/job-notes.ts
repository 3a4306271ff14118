/** What jobs note of themselves, in English, and what says it again in the language of a page. */
import { jobNotesPt } from './job-notes-pt.ts'
import type { Phrase } from './languages.ts'
import { retelling } from './read-phrase.ts'

export const jobNotesEn = {
  prompts: 'prompts',
  tasks: 'tasks',
  judgments: 'judgments',
  texts: 'texts',
  ideals: 'ideal responses',
  prepared: 'languages, tokens, findings',
  counting: 'counting judgments',
  movedOne: '1 response moved',
  moved: '{count} responses moved',
} satisfies Record<string, Phrase>

export const jobNoteIn = retelling({ en: jobNotesEn, pt: jobNotesPt })
