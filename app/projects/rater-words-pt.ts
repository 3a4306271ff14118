import type { SameKeys } from '#app/ui/job-words.ts'
import type { raterWordsEn } from './rater-words.ts'

/** The same in Brazilian Portuguese. */
export const raterWordsPt: SameKeys<typeof raterWordsEn> = {
  raterTitle: 'Avaliadores: grupos e idiomas',
  raterIntro:
    'Vários, separados por vírgulas. Uma campanha pode ser só para alguns grupos e dar aos avaliadores só prompts nos idiomas deles.',
  groupsSoFar: 'Grupos até agora: {groups}.',
  languagesSoFar: 'Idiomas entre os prompts: {languages}.',
  groups: 'Grupos',
  groupsOf: 'Grupos de {name}',
  languages: 'Idiomas, como en, pt',
  languagesOf: 'Idiomas de {name}',
  saveFor: 'Salvar o que vale para {name}',
  save: 'Salvar',
}
