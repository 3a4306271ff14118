import type { SameKeys } from './job-words.ts'
import type { Language, Phrase } from './languages.ts'

/** What is said about a text that somebody wrote, beside the text itself. */
const english = {
  image: 'Image, not loaded',
  showAll: 'Show all',
  showingFirst: 'Showing the first {shown} of {total} characters.',
  plainRest: 'Beyond the first {limit} characters, markup is shown as it was written.',
  plainDeep: 'A part that is nested too deeply is shown as it was written.',
  showSpaces: 'Show tabs and spaces at line ends',
} satisfies Record<string, Phrase>

const portuguese: SameKeys<typeof english> = {
  image: 'Imagem, não carregada',
  showAll: 'Mostrar tudo',
  showingFirst: 'Mostrando os primeiros {shown} de {total} caracteres.',
  plainRest: 'Depois dos primeiros {limit} caracteres, a marcação aparece como foi escrita.',
  plainDeep: 'Uma parte com aninhamento profundo demais aparece como foi escrita.',
  showSpaces: 'Mostrar tabulações e espaços no fim das linhas',
}

export type TextWordKey = keyof typeof english
export const textWords: Record<Language, SameKeys<typeof english>> = {
  en: english,
  pt: portuguese,
}
