/** What keys mean, by the standard and by a person's own choice. Pure, so that it can be tested without a browser. */
import type { ShownWinner } from './judgment.ts'
import type { RoomWordKey } from './room-words.ts'

export interface Verdict {
  winner: ShownWinner
  strength?: number
}

/** The verdicts of a scale from left to right; the key of each is its place, from 1. */
export function verdictsOf(points: number): Verdict[] {
  const most = Math.floor(points / 2)
  const isGraded = most > 1
  const side = (winner: 'first' | 'second', strength: number): Verdict =>
    isGraded ? { winner, strength } : { winner }
  const strengths = Array.from({ length: most }, (_, place) => most - place)
  return [
    ...strengths.map((strength) => side('first', strength)),
    ...(points % 2 === 1 ? [{ winner: 'tie' } as const] : []),
    ...strengths.reverse().map((strength) => side('second', strength)),
  ]
}

export const sameVerdict = (one: Verdict | null, other: Verdict): boolean =>
  one !== null && one.winner === other.winner && one.strength === other.strength

const degrees: Record<number, readonly ('' | 'Slightly' | 'Much')[]> = {
  1: [''],
  2: ['', 'Much'],
  3: ['Slightly', '', 'Much'],
}

/** A verdict in the words of its button. @example verdictWord({ winner: 'first', strength: 2 }, 5) // 'aMuchBetter' */
export function verdictWord({ winner, strength = 1 }: Verdict, points: number): RoomWordKey {
  if (winner === 'tie') return 'same'
  if (winner === 'both_bad') return 'bothBad'
  if (winner === 'cant_judge') return 'cantJudge'
  const degree = degrees[Math.floor(points / 2)]?.[strength - 1] ?? ''
  return winner === 'first' ? `a${degree}Better` : `b${degree}Better`
}

export interface Offered {
  points: number
  bothBad: boolean
  cantJudge: boolean
}

/** The verdict that a number key gives, from left to right, or undefined. */
export const verdictForNumber = (number: number, points: number): Verdict | undefined =>
  verdictsOf(points)[number - 1]

/** The verdict that stands apart from the numbers, where it is offered. */
export function verdictForCommand(command: Command, offered: Offered): Verdict | undefined {
  if (command === 'tie') return offered.points % 2 === 1 ? { winner: 'tie' } : undefined
  if (command === 'bothBad') return offered.bothBad ? { winner: 'both_bad' } : undefined
  if (command === 'cantJudge') return offered.cantJudge ? { winner: 'cant_judge' } : undefined
  return undefined
}

/** The verdict one step to the left or right; from none, the first step towards that side. */
export function leaned(current: Verdict | null, step: -1 | 1, points: number): Verdict {
  const all = verdictsOf(points)
  const at = current === null ? -1 : all.findIndex((verdict) => sameVerdict(current, verdict))
  const middle = (all.length - 1) / 2
  const from = at >= 0 ? at : step < 0 ? Math.ceil(middle) : Math.floor(middle)
  const next = Math.min(all.length - 1, Math.max(0, from + step))
  return all[next] ?? { winner: 'tie' }
}

/** What a key may be given to. Number keys and the arrows up and down keep their meaning. */
export const commands = [
  'submit',
  'skip',
  'flag',
  'undo',
  'comment',
  'leanLeft',
  'leanRight',
  'tie',
  'bothBad',
  'cantJudge',
  'previous',
  'next',
  'diff',
  'raw',
  'sync',
  'mark',
  'guidelines',
  'settings',
  'keys',
] as const
export type Command = (typeof commands)[number]

/** The key of each command, by the name of `keyName`; empty where it has none. */
export type Bindings = Readonly<Record<Command, string>>
export type OwnBindings = Readonly<Partial<Record<Command, string>>>

export const standardBindings: Bindings = {
  submit: 'enter',
  skip: 's',
  flag: 'f',
  undo: 'u',
  comment: 'c',
  leanLeft: 'arrowleft',
  leanRight: 'arrowright',
  tie: '0',
  bothBad: 'b',
  cantJudge: 'x',
  previous: '[',
  next: ']',
  diff: 'd',
  raw: 'r',
  sync: 'y',
  mark: 'm',
  guidelines: 'g',
  settings: ',',
  keys: '?',
}

const wordOf: Record<Command, RoomWordKey> = {
  submit: 'keySubmit',
  skip: 'keySkip',
  flag: 'keyFlag',
  undo: 'keyUndo',
  comment: 'keyComment',
  leanLeft: 'keyLeanLeft',
  leanRight: 'keyLeanRight',
  tie: 'keyTie',
  bothBad: 'keyBothBad',
  cantJudge: 'keyCantJudge',
  previous: 'keyPrevious',
  next: 'keyNext',
  diff: 'keyDiff',
  raw: 'keyRaw',
  sync: 'keySync',
  mark: 'keyMark',
  guidelines: 'keyGuidelines',
  settings: 'keySettings',
  keys: 'keyKeys',
}

/** What a command does, in the words of the key sheet. */
export const commandWord = (command: Command): RoomWordKey => wordOf[command]

const namedKeys = new Set(['arrowleft', 'arrowright', 'enter', 'delete', 'insert', 'backspace'])

/** Whether a key may be given a meaning: one sign that nothing else in the room needs. */
export const isBindable = (key: string): boolean =>
  namedKeys.has(key) || (/^[^\s\p{C}]$/u.test(key) && !/^[1-9=]$/.test(key))

/** The standard keys with a person's own in their place. One that is already taken is left out. */
export function boundWith(own: OwnBindings): Bindings {
  const taken = new Set<string>()
  const chosen: Partial<Record<Command, string>> = {}
  const take = (command: Command, key: string | undefined) => {
    if (key === undefined || chosen[command] !== undefined) return
    if (!isBindable(key) || taken.has(key)) return
    taken.add(key)
    chosen[command] = key
  }
  for (const command of commands) take(command, own[command])
  for (const command of commands) take(command, standardBindings[command])
  return bindingsBy((command) => chosen[command] ?? '')
}

function bindingsBy(keyOf: (command: Command) => string): Bindings {
  const bindings: Record<Command, string> = { ...standardBindings }
  for (const command of commands) bindings[command] = keyOf(command)
  return bindings
}

export type KeyObjection = { kind: 'taken'; by: Command } | { kind: 'impossible' }

/** Why a command cannot have a key, or undefined. */
export function objectionToKey(
  command: Command,
  key: string,
  bindings: Bindings,
): KeyObjection | undefined {
  if (!isBindable(key)) return { kind: 'impossible' }
  const by = commands.find((other) => other !== command && bindings[other] === key)
  return by ? { kind: 'taken', by } : undefined
}

/** A person's own keys after one was given; a standard one is not kept. */
export function withKey(own: OwnBindings, command: Command, key: string): OwnBindings {
  const { [command]: _before, ...others } = own
  return standardBindings[command] === key ? others : { ...others, [command]: key }
}

/**
 * Where responses are chosen by their letters, a command whose key is one of these letters is
 * reached with Shift instead.
 */
export function besideLetters(bindings: Bindings, letters: number): Bindings {
  const isLetter = (key: string) =>
    key.length === 1 && key >= 'a' && key.charCodeAt(0) < 97 + letters
  return bindingsBy((command) => {
    const key = bindings[command]
    return isLetter(key) ? `shift+${key}` : key
  })
}

const signs: Record<string, string> = {
  enter: '↵',
  arrowleft: '←',
  arrowright: '→',
  arrowup: '↑',
  arrowdown: '↓',
  backspace: '⌫',
  delete: 'Del',
  insert: 'Ins',
}

/** A key as it stands on a control. @example keyLabel('shift+c') // '⇧C' */
export function keyLabel(key: string): string {
  if (key.startsWith('shift+')) return `⇧${keyLabel(key.slice(6))}`
  return signs[key] ?? key.toUpperCase()
}

export interface KeyContext {
  kind: 'pairwise' | 'rubric' | 'ranking'
  /** Kinds of the questions asked. */
  asks: ReadonlySet<string>
  offered: Offered
  questions: number
  hasComment: boolean
  /** How many reasons are offered. */
  reasons: number
}

/** Reasons beyond these have no key. */
export const mostReasonKeys = 9

/** The key of a reason by its place, from 0. */
export const reasonKey = (place: number): string =>
  place < mostReasonKeys ? `shift+${place + 1}` : ''

function reasonKeys(reasons: number): [string, RoomWordKey] {
  const [first, last] = [keyLabel(reasonKey(0)), keyLabel(reasonKey(Math.min(reasons, 9) - 1))]
  return [first === last ? first : `${first}–${last}`, 'keyReasons']
}

/** What the `?` sheet lists, with the person's own keys; only what works in this campaign. */
export function keySheet(context: KeyContext, bindings: Bindings): [string, RoomWordKey][] {
  const { kind, asks, offered, questions } = context
  const isPair = kind === 'pairwise'
  const works: Partial<Record<Command, boolean>> = {
    tie: isPair && offered.points % 2 === 1,
    bothBad: isPair && offered.bothBad,
    cantJudge: isPair && offered.cantJudge,
    leanLeft: isPair,
    leanRight: isPair,
    diff: isPair,
    sync: isPair,
    previous: kind !== 'rubric',
    next: kind !== 'rubric',
    mark: asks.has('spans'),
    comment: context.hasComment,
  }
  const numbers: [string, RoomWordKey] = isPair
    ? [`1–${offered.points}`, 'keyVerdict']
    : ['1–9', asks.has('ranking') ? 'keyRank' : 'keyScore']
  const own = commands.filter((command) => works[command] !== false && bindings[command] !== '')
  return [
    numbers,
    ...(context.reasons > 0 ? [reasonKeys(context.reasons)] : []),
    ...(asks.has('ranking')
      ? ([
          ['A … J', 'keyLetters'],
          ['↑ ↓', 'keyMoveRank'],
          ['=', 'keyTieAbove'],
        ] as [string, RoomWordKey][])
      : []),
    ...(questions > 1 && !asks.has('ranking')
      ? ([['↑ ↓', 'keyQuestions']] as [string, RoomWordKey][])
      : []),
    ...own.map((command): [string, RoomWordKey] => [
      keyLabel(bindings[command]),
      commandWord(command),
    ]),
    ['PgUp PgDn', 'keyScroll'],
    ['Esc', 'keyLeaveField'],
    ['Ctrl ↵', 'keySubmitField'],
  ]
}
