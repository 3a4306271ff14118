/**
 * Labelled pairs of prompts that the near-duplicate detector is measured on: edits that keep what a
 * prompt asks, and edits that look as small but ask something else. The set was written and fixed
 * before the detector was tuned; it is the same at every run. Change it only to mend a plain error,
 * never to please the detector.
 */
import * as edits from './near-duplicate-edits.ts'
import { type Chance, chanceFrom, type Edit, pick, shuffled } from './near-duplicate-edits.ts'
import { passages } from './near-duplicate-passages.ts'
import type { Language } from './near-duplicate-prompts.ts'
import * as prompts from './near-duplicate-prompts.ts'
import { type NumberForm, numbers, valuesOf, written } from './near-duplicate-values.ts'

export interface LabelledPair {
  one: string
  other: string
  isSame: boolean
  category: string
}

/** How the marks of a template are filled. */
interface Filling {
  values: Record<string, string>
  /** Numbers that differ from what the template says, by their place in it. */
  otherNumbers: Record<number, number>
  forms: readonly NumberForm[]
  isSwapped: boolean
  adjective: string
}

interface Base {
  template: string
  language: Language
  kind: 'plain' | 'code' | 'passage'
  filling: Filling
  text: string
}

const languages: readonly Language[] = ['en', 'pt', 'es', 'fr', 'de']

const and: Record<Language, string> = { en: 'and', pt: 'e', es: 'y', fr: 'et', de: 'und' }

const adjectives: Record<Language, readonly string[]> = {
  en: ['short', 'funny', 'very simple', 'good', 'clear', 'friendly', 'short but serious'],
  pt: ['curto', 'simples', 'muito bom', 'claro', 'bonito e sério'],
  es: ['corto', 'sencillo', 'muy bueno', 'claro', 'bonito y serio'],
  fr: ['court', 'simple', 'très bon', 'clair', 'joli et sérieux'],
  de: ['kurz', 'einfach', 'sehr gut', 'klar', 'schön und ernst'],
}

function render(template: string, language: Language, filling: Filling): string {
  let place = -1
  return template
    .replaceAll(/‹(\w+)›/g, (_, kind: string) => filling.values[kind] ?? kind)
    .replaceAll(/«([\d,]+)»/g, (_, digits: string) => {
      place += 1
      const value = filling.otherNumbers[place] ?? Number(digits.replaceAll(',', ''))
      return written(value, filling.forms[place % filling.forms.length] ?? 'plain', language)
    })
    .replaceAll(/⟦([^|]+)\|([^⟧]+)⟧/g, (_, one: string, other: string) =>
      (filling.isSwapped ? [other, one] : [one, other]).join(` ${and[language]} `),
    )
    .replaceAll(/( ?)‸/g, (_, gap: string) => (filling.adjective ? gap + filling.adjective : ''))
    .replaceAll(/ {2,}(?=\S)/g, (gap) => (template.includes('  ') ? gap : ' '))
}

function draw(template: string, language: Language, chance: Chance): Filling {
  const kinds = [...template.matchAll(/‹(\w+)›/g)].map((found) => found[1] ?? '')
  const values = Object.fromEntries(
    kinds.map((kind) => [kind, pick(valuesOf(kind, language), chance)]),
  )
  const forms: NumberForm[] = [pick(['plain', 'grouped'] as const, chance)]
  return { values, otherNumbers: {}, forms, isSwapped: false, adjective: '' }
}

function baseFrom(template: string, language: Language, chance: Chance): Base {
  const filling = draw(template, language, chance)
  return { template, language, kind: 'plain', filling, text: render(template, language, filling) }
}

const fixed = (text: string, language: Language, kind: Base['kind']): Base => {
  const filling: Filling = {
    values: {},
    otherNumbers: {},
    forms: ['plain'],
    isSwapped: false,
    adjective: '',
  }
  return { template: '', language, kind, filling, text }
}

const refilled = (base: Base, change: Partial<Filling>): string =>
  render(base.template, base.language, { ...base.filling, ...change })

const languageOf = (text: string): Language => {
  if (/\b(der|und|ein|wir)\b/i.test(text)) return 'de'
  if (/\b(les|une|le)\b/i.test(text)) return 'fr'
  if (/\b(los|las|el|soy)\b/i.test(text)) return 'es'
  return /\b(uma|um|não)\b/i.test(text) ? 'pt' : 'en'
}

const mixed = (template: string, chance: Chance): Base =>
  baseFrom(template, languageOf(template), chance)

/** Topics, numbers, lists and long instructions, each template filled once. */
const templated = (chance: Chance): Base[] => [
  ...prompts.topicPrompts.flat().map((template) => baseFrom(template, 'en', chance)),
  ...prompts.numericPrompts.map((template) => baseFrom(template, 'en', chance)),
  ...prompts.listPrompts.map((template) => mixed(template, chance)),
  ...prompts.longPrompts.map((template) => mixed(template, chance)),
]

/** Each request in its languages, with the same name, place and programming language in all. */
const parallel = (chance: Chance): Base[][] =>
  prompts.parallelPrompts.map((row) => {
    const shared = Object.entries(draw(row.en, 'en', chance).values).filter(([kind]) =>
      ['name', 'city', 'tool'].includes(kind),
    )
    return languages.map((language) => {
      const base = baseFrom(row[language], language, chance)
      const values = { ...base.filling.values, ...Object.fromEntries(shared) }
      const filling = { ...base.filling, values }
      return { ...base, filling, text: render(base.template, language, filling) }
    })
  })

const questioned = (chance: Chance): Base[][] =>
  passages.map(({ text, questions, language }) => {
    const ask = pick(
      [
        (question: string) => `${text}\n\n${question}`,
        (question: string) => `Context:\n\n${text}\n\nQuestion: ${question}`,
        (question: string) => `${question}\n\n${text}`,
      ],
      chance,
    )
    return questions.map((question) => fixed(ask(question), language, 'passage'))
  })

const hasNumber = (base: Base): boolean => /«/.test(base.template)

const bigNumber = /«\d+,\d+»/

const otherForms = (base: Base): NumberForm[] => {
  const isBig = bigNumber.test(base.template)
  return isBig ? ['words', 'otherGrouped', 'plain', 'grouped'] : ['words']
}

/** Numbers written otherwise, all of them alike; null where there is nothing to change. */
function otherNumberForms(base: Base, chance: Chance): string | null {
  if (!hasNumber(base)) return null
  const edited = refilled(base, { forms: [pick(otherForms(base), chance)] })
  return edited === base.text ? refilled(base, { forms: ['words'] }) : edited
}

const insertAdjective = (base: Base, chance: Chance): string | null =>
  base.template.includes('‸')
    ? refilled(base, { adjective: pick(adjectives[base.language], chance) })
    : null

const swapConjunction = (base: Base): string | null =>
  base.template.includes('⟦') ? refilled(base, { isSwapped: true }) : null

const plainEdits: Record<string, Edit> = {
  case: edits.changeCase,
  'white space': edits.changeWhiteSpace,
  punctuation: edits.changePunctuation,
  'order of sentences': edits.swapSentences,
  'order of clauses': edits.swapClauses,
  'order of paragraphs': edits.swapParagraphs,
  'order of list items': edits.shuffleList,
  'inserted please': edits.insertPlease,
  'inserted in passing': edits.insertInPassing,
  'inserted polite sentence': edits.insertPoliteSentence,
  'percent sign': edits.percentSign,
}

const codeEdits: Record<string, Edit> = {
  'white space': edits.changeWhiteSpace,
  punctuation: edits.punctuateAround,
  'inserted please': edits.insertPlease,
  'inserted polite sentence': edits.insertPoliteSentence,
}

/** Edits that go before and edits that go after, so that two of them do not undo each other. */
const before = [
  'order of sentences',
  'order of clauses',
  'order of paragraphs',
  'order of list items',
]
const after = ['case', 'white space', 'punctuation', 'inserted please', 'inserted polite sentence']

type Labelled = Omit<LabelledPair, 'one'>

function positivesOf(base: Base, chance: Chance): Labelled[] {
  const found: [string, string | null][] = []
  const known = base.kind === 'code' ? codeEdits : plainEdits
  for (const [category, edit] of Object.entries(known)) {
    found.push([category, edit(base.text, base.language, chance)])
  }
  if (base.kind === 'plain') {
    found.push(['number form', otherNumberForms(base, chance)])
    found.push(['inserted adjective', insertAdjective(base, chance)])
    found.push(['order of a conjunction', swapConjunction(base)])
  }
  found.push(['two edits', twoEdits(base, chance)])
  return found.flatMap(([category, other]) =>
    other === null ? [] : [{ other, isSame: true, category }],
  )
}

function twoEdits(base: Base, chance: Chance): string | null {
  if (base.kind === 'code') return edits.changeWhiteSpace(base.text, base.language, chance)
  const firsts = [
    otherNumberForms(base, chance),
    insertAdjective(base, chance),
    ...before.map((name) => plainEdits[name]?.(base.text, base.language, chance) ?? null),
  ].filter((text) => text !== null)
  const first = firsts.length > 0 ? pick(firsts, chance) : base.text
  return plainEdits[pick(after, chance)]?.(first, base.language, chance) ?? null
}

/** The same template with one value or one number changed. */
function otherValues(base: Base, chance: Chance): Labelled[] {
  const slots = Object.keys(base.filling.values).map((kind) => {
    const others = valuesOf(kind, base.language).filter((it) => it !== base.filling.values[kind])
    const values = { ...base.filling.values, [kind]: pick(others, chance) }
    return { other: refilled(base, { values }), isSame: false, category: `other ${kind}` }
  })
  const counts = [...base.template.matchAll(/«([\d,]+)»/g)].map((found, place) => {
    const now = Number((found[1] ?? '').replaceAll(',', ''))
    const others = numbers.filter((value) => value !== now)
    const otherNumbers = { [place]: pick(others, chance) }
    const form = pick(['plain', 'words'] as const, chance)
    const other = refilled(base, { otherNumbers, forms: [form] })
    return { other, isSame: false, category: 'other number' }
  })
  return [...shuffled(slots, chance).slice(0, 3), ...shuffled(counts, chance).slice(0, 2)]
}

function otherTasks(base: Base, chance: Chance): Labelled[] {
  const { text, language, kind } = base
  const found: [string, string | null][] = [
    ['negation added', kind === 'plain' ? edits.negate(text, language, chance) : null],
    ['prohibition added', edits.forbid(text, language, chance)],
    ['task added', edits.addTask(text, language, chance)],
  ]
  return found.flatMap(([category, other]) =>
    other === null ? [] : [{ other, isSame: false, category }],
  )
}

const everyTwo = <T>(items: readonly T[]): [T, T][] =>
  items.flatMap((one, at) => items.slice(at + 1).map((other): [T, T] => [one, other]))

const crossed = (groups: readonly Base[][], category: string): LabelledPair[] =>
  groups.flatMap((group) =>
    everyTwo(group).map(([{ text: one }, { text: other }]) => ({
      one,
      other,
      isSame: false,
      category,
    })),
  )

function codeChanges(): LabelledPair[] {
  return prompts.codePrompts.flatMap(({ text, changes }) =>
    changes.map(([from = '', to = '']) => {
      const other = text.replaceAll(from, () => to)
      return { one: text, other, isSame: false, category: 'other code' }
    }),
  )
}

const thinned = <T>(items: readonly T[], count: number, chance: Chance): T[] =>
  shuffled(items, chance).slice(0, count)

/** All pairs, always the same ones. */
export function nearDuplicateSet(): { pairs: LabelledPair[]; baseCount: number } {
  const chance = chanceFrom(20_240_607)
  const single = templated(chance)
  const translated = parallel(chance)
  const asked = questioned(chance)
  const code = prompts.codePrompts.map(({ text }) => fixed(text, 'en', 'code'))
  const bases = [...single, ...translated.flat(), ...asked.flat(), ...code]
  const topics = prompts.topicPrompts.map((row, at) => single.slice(at * 3, at * 3 + row.length))
  const edited = bases.flatMap((base) =>
    [...positivesOf(base, chance), ...otherValues(base, chance), ...otherTasks(base, chance)].map(
      (labelled) => ({ one: base.text, ...labelled }),
    ),
  )
  const strangers = everyTwo([...topics.flat(), ...asked.flatMap((group) => group.slice(0, 1))])
  const pairs = [
    ...edited,
    ...codeChanges(),
    ...crossed(asked, 'other question about a passage'),
    ...crossed(translated, 'translation'),
    ...crossed(topics, 'same topic'),
    ...crossed(thinned(strangers, 200, chance), 'unrelated'),
  ]
  const distinct = new Map(pairs.map((pair) => [`${pair.one}\n\n\n\n${pair.other}`, pair]))
  return { pairs: [...distinct.values()], baseCount: new Set(bases.map((base) => base.text)).size }
}
