/** What is said around the texts of a task, in the language of the page. */
import { useMemo } from 'react'
import type { SameKeys } from '#app/ui/job-words.ts'
import { useLanguage } from '#app/ui/language.tsx'
import { fillPhrase, type Language, type Phrase } from '#app/ui/languages.ts'

const english = {
  prompt: 'Prompt',
  samePrompt: 'The same prompt as before: a new task',
  noPrompt: 'The prompt is empty.',
  system: 'System prompt',
  developer: 'Developer',
  user: 'User',
  assistant: 'Assistant',
  tool: 'Tool result',
  message: 'Message',
  systemFolded: {
    one: 'System prompt · {count} character',
    other: 'System prompt · {count} characters',
  },
  earlierTurns: { one: '{count} earlier turn', other: '{count} earlier turns' },
  characters: { one: '{count} character', other: '{count} characters' },
  calls: 'Calls',
  empty: 'This response is empty.',
  context: {
    one: 'Retrieved context · {count} document',
    other: 'Retrieved context · {count} documents',
  },
  contextOfOne: {
    one: 'Retrieved for this response · {count} document',
    other: 'Retrieved for this response · {count} documents',
  },
  document: 'Document {number}',
  hidden: 'Hidden characters in this text: press {key} to see them.',
  response: 'Response',
  responseNamed: 'Response {letter}',
  chosen: 'chosen',
  difference: 'Differences',
  onlyIn: 'only in {letter}',
  shared: '{share} of the words are shared',
  identical: 'The two texts are the same.',
  tooDifferent: 'The two have too little in common for a comparison word by word.',
  tooLong: 'The two are too long for a comparison word by word.',
  otherSide: 'Response {letter} is one tap away.',
  lineByLine: 'Where much differs, whole lines are compared.',
  scrollArea: 'Text of response {letter}',
} satisfies Record<string, Phrase>

type Words = SameKeys<typeof english>

const portuguese: Words = {
  prompt: 'Prompt',
  samePrompt: 'O mesmo prompt de antes: uma nova tarefa',
  noPrompt: 'O prompt está vazio.',
  system: 'Prompt de sistema',
  developer: 'Desenvolvedor',
  user: 'Usuário',
  assistant: 'Assistente',
  tool: 'Resultado da ferramenta',
  message: 'Mensagem',
  systemFolded: {
    one: 'Prompt de sistema · {count} caractere',
    other: 'Prompt de sistema · {count} caracteres',
  },
  earlierTurns: { one: '{count} turno anterior', other: '{count} turnos anteriores' },
  characters: { one: '{count} caractere', other: '{count} caracteres' },
  calls: 'Chama',
  empty: 'Esta resposta está vazia.',
  context: {
    one: 'Contexto recuperado · {count} documento',
    other: 'Contexto recuperado · {count} documentos',
  },
  contextOfOne: {
    one: 'Recuperado para esta resposta · {count} documento',
    other: 'Recuperados para esta resposta · {count} documentos',
  },
  document: 'Documento {number}',
  hidden: 'Há caracteres ocultos neste texto: pressione {key} para vê-los.',
  response: 'Resposta',
  responseNamed: 'Resposta {letter}',
  chosen: 'escolhida',
  difference: 'Diferenças',
  onlyIn: 'só em {letter}',
  shared: '{share} das palavras são comuns',
  identical: 'Os dois textos são iguais.',
  tooDifferent: 'As duas têm muito pouco em comum para uma comparação palavra por palavra.',
  tooLong: 'As duas são longas demais para uma comparação palavra por palavra.',
  otherSide: 'A resposta {letter} está a um toque.',
  lineByLine: 'Onde muito difere, linhas inteiras são comparadas.',
  scrollArea: 'Texto da resposta {letter}',
}

const catalogue: Record<Language, Words> = { en: english, pt: portuguese }

export type ReadingWordKey = keyof Words

/** Says a phrase; plural forms need a `count`. */
export function useReadingWords() {
  const language = useLanguage()
  return useMemo(() => {
    const say = (key: ReadingWordKey, values: Readonly<Record<string, string | number>> = {}) =>
      fillPhrase(language, catalogue[language][key], values)
    return say
  }, [language])
}
