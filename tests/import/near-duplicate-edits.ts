/** What can be done to a prompt: edits that keep what it asks, and edits that change it. */
import type { Language } from './near-duplicate-prompts.ts'

/** A number from 0 up to 1, the next of a fixed sequence. */
export type Chance = () => number

/** The same numbers for the same seed, on every machine. */
export function chanceFrom(seed: number): Chance {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export function pick<T>(choices: readonly T[], chance: Chance): T {
  const chosen = choices[Math.floor(chance() * choices.length)]
  if (chosen === undefined) throw new Error('nothing to choose from')
  return chosen
}

export function shuffled<T>(items: readonly T[], chance: Chance): T[] {
  const rest = [...items]
  const result: T[] = []
  while (rest.length > 0) result.push(...rest.splice(Math.floor(chance() * rest.length), 1))
  return result
}

/** null where the edit has nothing to work on. */
export type Edit = (text: string, language: Language, chance: Chance) => string | null

const different = (text: string, edited: string): string | null => (edited === text ? null : edited)

export const changeCase: Edit = (text, _language, chance) => {
  const ways: ((from: string) => string)[] = [
    (from) => from.toUpperCase(),
    (from) => from.toLowerCase(),
    (from) => from.replaceAll(/(^|\s)(\p{L})/gu, (_, gap, letter) => gap + letter.toUpperCase()),
    (from) => from.charAt(0).toLowerCase() + from.slice(1),
    (from) =>
      from
        .split(' ')
        .map((word) => (chance() < 0.3 ? word.toUpperCase() : word))
        .join(' '),
  ]
  return different(text, pick(ways, chance)(text))
}

export const changeWhiteSpace: Edit = (text, _language, chance) => {
  const ways: ((from: string) => string)[] = [
    (from) => `  ${from}\n\n`,
    (from) => from.replaceAll(' ', '  '),
    (from) => from.replaceAll('\n', '\r\n').concat(' '),
    (from) => from.replaceAll(/\n+/g, '\n\n\n').concat('\n'),
    (from) => from.replaceAll(' ', () => (chance() < 0.2 ? '\n' : ' ')).concat('\t'),
    (from) => from.replaceAll(' ', () => (chance() < 0.3 ? '\u00a0' : ' ')).concat('\n'),
  ]
  return different(text, pick(ways, chance)(text))
}

export const changePunctuation: Edit = (text, _language, chance) => {
  const ways: ((from: string) => string)[] = [
    (from) => from.replace(/[.?!]+$/, ''),
    (from) => `${from.replace(/[.?!]+$/, '')}!!!`,
    (from) => `"${from}"`,
    (from) => `**${from}**`,
    (from) => from.replaceAll(/(?<=\p{L}),/gu, ''),
    (from) => from.replaceAll(/(?<=\p{L}), /gu, ' – '),
    (from) => from.replaceAll(/(?<=\p{L})[.](?=\s)/gu, '...'),
    (from) => from.replaceAll(/(?<=\p{L})\? ?/gu, '?? ').trim(),
    (from) => from.replaceAll('"', '“').replaceAll("'", '’').concat('.'),
  ]
  return different(text, pick(ways, chance)(text))
}

/** Code keeps its signs: only what stands around it changes. */
export const punctuateAround: Edit = (text, _language, chance) =>
  different(text, pick([`"${text}"`, `${text}\n\n---`, `> ${text}`.slice(2).concat('.')], chance))

const swapTwo = (parts: readonly string[], chance: Chance): string[] => {
  const at = Math.floor(chance() * (parts.length - 1))
  const [one = '', other = ''] = [parts[at], parts[at + 1]]
  return [...parts.slice(0, at), other, one, ...parts.slice(at + 2)]
}

export const swapSentences: Edit = (text, _language, chance) => {
  if (text.includes('\n')) return null
  const sentences = text.split(/(?<=[.?!]) /)
  return sentences.length < 2 ? null : different(text, swapTwo(sentences, chance).join(' '))
}

export const swapParagraphs: Edit = (text, _language, chance) => {
  const paragraphs = text.split('\n\n')
  return paragraphs.length < 2 ? null : different(text, swapTwo(paragraphs, chance).join('\n\n'))
}

export const swapClauses: Edit = (text, _language, chance) => {
  const sentences = text.split(/(?<=[.?!]) /)
  const swappable = sentences.filter((sentence) => /^[^,\n]+, [^,\n]+[.?!]$/.test(sentence))
  if (swappable.length === 0) return null
  const chosen = pick(swappable, chance)
  const [first = '', second = ''] = chosen.slice(0, -1).split(', ')
  return different(
    text,
    text.replace(chosen, () => `${second}, ${first}${chosen.slice(-1)}`),
  )
}

export const shuffleList: Edit = (text, _language, chance) => {
  const lines = text.split('\n')
  const items = lines.filter((line) => line.startsWith('- '))
  if (items.length < 3) return null
  const order = shuffled(items, chance)
  const edited = lines.map((line) => (line.startsWith('- ') ? (order.shift() ?? line) : line))
  return different(text, edited.join('\n'))
}

const please: Record<Language, readonly string[]> = {
  en: ['Please', 'Please', 'Kindly'],
  pt: ['Por favor', 'Se faz favor'],
  es: ['Por favor'],
  fr: ["S'il te plaît", "S'il vous plaît"],
  de: ['Bitte'],
}

const inPassing: Record<Language, readonly string[]> = {
  en: ['briefly', 'in detail', 'for me', 'if possible', 'step by step', 'again', 'quickly'],
  pt: ['brevemente', 'em detalhe', 'para mim', 'se possível', 'passo a passo'],
  es: ['brevemente', 'en detalle', 'para mí', 'si es posible', 'paso a paso'],
  fr: ['brièvement', 'en détail', 'pour moi', 'si possible', 'étape par étape'],
  de: ['kurz', 'im Detail', 'für mich', 'wenn möglich', 'Schritt für Schritt'],
}

const polite: Record<Language, readonly string[]> = {
  en: [
    'Thank you very much for your help.',
    'Thanks in advance!',
    'I would really appreciate it.',
    'Hello, I hope you are well.',
    'Could you please help me with this?',
  ],
  pt: ['Muito obrigado pela ajuda.', 'Obrigada desde já!', 'Olá, espero que esteja bem.'],
  es: ['Muchas gracias por tu ayuda.', '¡Gracias de antemano!', 'Hola, espero que estés bien.'],
  fr: ['Merci beaucoup pour ton aide.', "Merci d'avance !", "Bonjour, j'espère que tu vas bien."],
  de: ['Vielen Dank für deine Hilfe.', 'Danke im Voraus!', 'Hallo, ich hoffe, es geht dir gut.'],
}

export const insertPlease: Edit = (text, language, chance) => {
  const word = pick(please[language], chance)
  const start = text.charAt(0).toLowerCase() + text.slice(1)
  return pick([`${word} ${start}`, `${word}, ${start}`, `${text} ${word}.`], chance)
}

export const insertInPassing: Edit = (text, language, chance) => {
  const end = /[.?!]?$/.exec(text)?.[0] ?? ''
  const words = pick(inPassing[language], chance)
  return `${text.slice(0, text.length - end.length)} ${words}${end}`
}

export const insertPoliteSentence: Edit = (text, language, chance) => {
  const sentence = pick(polite[language], chance)
  return chance() < 0.5 ? `${text} ${sentence}` : `${sentence} ${text}`
}

const inOtherWords: Record<Language, RegExp> = {
  en: /(?<=\d) percent/,
  pt: /(?<=\d) por cento/,
  es: /(?<=\d) por ciento/,
  fr: /(?<=\d) pour cent/,
  de: /(?<=\d) Prozent/,
}

export const percentSign: Edit = (text, language, chance) =>
  different(text, text.replace(inOtherWords[language], chance() < 0.5 ? '%' : ' %'))

const withoutExample: Record<Language, readonly string[]> = {
  en: ['Do not give any examples.', 'Never mention money.', 'Do it without any jokes.'],
  pt: ['Não dê exemplos.', 'Nunca fale de dinheiro.', 'Faça-o sem piadas.'],
  es: ['No des ejemplos.', 'Nunca hables de dinero.', 'Hazlo sin bromas.'],
  fr: ["Ne donne pas d'exemple.", "Ne parle jamais d'argent.", 'Fais-le sans blague.'],
  de: ['Gib keine Beispiele.', 'Sprich nie von Geld.', 'Mach es ohne Witze.'],
}

export const forbid: Edit = (text, language, chance) =>
  `${text} ${pick(withoutExample[language], chance)}`

/** A small negation inside: one word turns the request round. */
export const negate: Edit = (text, language, chance) => {
  if (language === 'en') return negateEnglish(text, chance)
  const start = text.charAt(0).toLowerCase() + text.slice(1)
  const first = /^\p{Lu}[\p{L}-]+ /u.exec(text)?.[0]
  if (!first || text.includes('?')) return null
  if (language === 'pt') return `Não ${start}`
  if (language === 'es') return `No ${start}`
  if (language === 'fr') return `Ne ${first.toLowerCase()}pas ${text.slice(first.length)}`
  return different(text, text.replace(/[.]/, ' nicht.'))
}

const english: readonly [RegExp, string][] = [
  [/\b(is|are|was|does|did|must|should|would|could|has|have|may) (?!not|never)/, '$1 not '],
  [/\bcan\b/, "can't"],
  [/\b(who|that) (?=\p{L})/u, '$1 never '],
  [/\bwith (?=\p{L})/u, 'without '],
]

function negateEnglish(text: string, chance: Chance): string | null {
  const possible = english.filter(([place]) => place.test(text))
  const isOrder = /^(?!(What|How|Why|Who|Which|When|Is|Are|Can|Was|If|My|I|A|The|You)\b)\p{Lu}/u
  const orders = isOrder.test(text)
    ? [`Do not ${text.charAt(0).toLowerCase()}${text.slice(1)}`, `Don't ${text}`]
    : []
  const edited = possible.map(([place, words]) => text.replace(place, words))
  const all = [...orders, ...edited]
  return all.length === 0 ? null : pick(all, chance)
}

const tasks: Record<Language, readonly string[]> = {
  en: [
    'Then translate your answer into Japanese and explain the hardest word.',
    'Compare it with the situation in medieval Norway as well.',
    'Write it as a dialogue between a pirate and a tax inspector.',
    'Afterwards draw a diagram of the whole thing with labelled arrows.',
    'Also tell me which laws apply to this in Canada.',
  ],
  pt: [
    'Depois traduza a resposta para japonês e explique a palavra mais difícil.',
    'Compare também com a situação na Noruega medieval.',
  ],
  es: [
    'Luego traduce la respuesta al japonés y explica la palabra más difícil.',
    'Compáralo también con la situación en la Noruega medieval.',
  ],
  fr: [
    'Puis traduis ta réponse en japonais et explique le mot le plus difficile.',
    'Compare aussi avec la situation dans la Norvège médiévale.',
  ],
  de: [
    'Übersetze die Antwort danach ins Japanische und erkläre das schwerste Wort.',
    'Vergleiche das auch mit der Lage im mittelalterlichen Norwegen.',
  ],
}

export const addTask: Edit = (text, language, chance) => `${text} ${pick(tasks[language], chance)}`
