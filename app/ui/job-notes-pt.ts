import type { jobNotesEn } from './job-notes.ts'
import type { SameKeys } from './job-words.ts'

/** The same in Brazilian Portuguese. */
export const jobNotesPt: SameKeys<typeof jobNotesEn> = {
  prompts: 'prompts',
  tasks: 'tarefas',
  judgments: 'julgamentos',
  texts: 'textos',
  ideals: 'respostas ideais',
  prepared: 'idiomas, tokens, achados',
  counting: 'contando julgamentos',
  movedOne: '1 resposta movida',
  moved: '{count} respostas movidas',
}
