import { describe, expect, it } from 'vitest'
import type { Criterion } from '#app/assign/campaign.ts'
import { emptyAnswer, type WorkingAnswer } from '#app/rate/answer-form.ts'
import { answerForNumber, idealAnswer, nextQuestion, steppedScore } from '#app/rate/answer-keys.ts'
import {
  besideLetters,
  boundWith,
  commands,
  isBindable,
  type KeyContext,
  keyLabel,
  keySheet,
  leaned,
  objectionToKey,
  standardBindings,
  verdictForCommand,
  verdictForNumber,
  verdictsOf,
  verdictWord,
  withKey,
} from '#app/rate/keymap.ts'
import {
  guidelinesRead,
  readPreferences,
  standardPreferences,
  withGuidelinesRead,
} from '#app/rate/room-preferences.ts'
import { roomWordsEn } from '#app/rate/room-words-en.ts'
import { roomWordsPt } from '#app/rate/room-words-pt.ts'
import { namesOf } from '#app/ui/hotkeys.ts'

describe('The keys of a verdict', () => {
  const offered = { points: 5, bothBad: true, cantJudge: true }

  it('give five verdicts from left to right, and three apart', () => {
    expect([1, 2, 3, 4, 5, 6].map((key) => verdictForNumber(key, 5))).toEqual([
      { winner: 'first', strength: 2 },
      { winner: 'first', strength: 1 },
      { winner: 'tie' },
      { winner: 'second', strength: 1 },
      { winner: 'second', strength: 2 },
      undefined,
    ])
    expect(verdictForCommand('tie', offered)).toEqual({ winner: 'tie' })
    expect(verdictForCommand('bothBad', offered)).toEqual({ winner: 'both_bad' })
    expect(verdictForCommand('cantJudge', offered)).toEqual({ winner: 'cant_judge' })
    expect(verdictForCommand('cantJudge', { ...offered, cantJudge: false })).toBeUndefined()
    expect(verdictForCommand('tie', { ...offered, points: 2 })).toBeUndefined()
    expect(verdictsOf(2)).toEqual([{ winner: 'first' }, { winner: 'second' }])
    expect(verdictsOf(7)).toHaveLength(7)
  })

  it('lean a step at a time and stop at the ends', () => {
    expect(leaned(null, -1, 5)).toEqual({ winner: 'first', strength: 1 })
    const most = { winner: 'first', strength: 2 } as const
    expect(leaned(most, -1, 5)).toEqual(most)
    expect(leaned({ winner: 'tie' }, 1, 5)).toEqual({ winner: 'second', strength: 1 })
  })

  it('have a word of their own for each verdict of each scale', () => {
    for (const points of [2, 3, 5, 7]) {
      const words = verdictsOf(points).map((verdict) => roomWordsEn[verdictWord(verdict, points)])
      expect(new Set(words).size).toBe(points)
    }
    expect(verdictWord({ winner: 'second', strength: 2 }, 5)).toBe('bMuchBetter')
    expect(verdictWord({ winner: 'first', strength: 1 }, 7)).toBe('aSlightlyBetter')
  })
})

describe('A person’s own keys', () => {
  it('stand in the place of the standard ones', () => {
    const bindings = boundWith({ skip: 'k' })
    expect(bindings.skip).toBe('k')
    expect(bindings.undo).toBe('u')
    expect(boundWith({})).toEqual(standardBindings)
  })

  it('never leave two commands on one key', () => {
    const bindings = boundWith({ skip: 'u', flag: 'u', comment: 'k' })
    const keys = commands.map((command) => bindings[command]).filter((key) => key !== '')
    expect(new Set(keys).size).toBe(keys.length)
    expect(bindings.skip).toBe('u')
    expect(bindings.flag).toBe('f')
    expect(bindings.undo).toBe('')
  })

  it('are refused when they mean something already, or cannot be meant', () => {
    expect(objectionToKey('skip', 'u', standardBindings)).toEqual({ kind: 'taken', by: 'undo' })
    expect(objectionToKey('skip', '3', standardBindings)).toEqual({ kind: 'impossible' })
    expect(objectionToKey('skip', 'tab', standardBindings)).toEqual({ kind: 'impossible' })
    expect(objectionToKey('skip', 's', standardBindings)).toBeUndefined()
    expect(objectionToKey('skip', 'ç', standardBindings)).toBeUndefined()
    expect(isBindable('shift+a')).toBe(false)
    expect(isBindable(' ')).toBe(false)
  })

  it('are kept only where they differ from the standard', () => {
    const changed = withKey({}, 'skip', 'k')
    expect(changed).toEqual({ skip: 'k' })
    expect(withKey(changed, 'skip', 's')).toEqual({})
  })

  it('give way to the letters of the responses of a ranking, and are then reached with Shift', () => {
    const bindings = besideLetters(standardBindings, 4)
    expect(bindings.comment).toBe('shift+c')
    expect(bindings.diff).toBe('shift+d')
    expect(bindings.flag).toBe('f')
    expect(bindings.submit).toBe('enter')
    expect(keyLabel(bindings.comment)).toBe('⇧C')
    expect(besideLetters(standardBindings, 0)).toEqual(standardBindings)
  })

  it('are what the key sheet lists, with nothing that does not work here', () => {
    const context: KeyContext = {
      kind: 'pairwise',
      asks: new Set(['preference']),
      offered: { points: 2, bothBad: false, cantJudge: true },
      questions: 1,
      hasComment: true,
      reasons: 4,
    }
    const sheet = keySheet(context, boundWith({ skip: 'k' }))
    expect(sheet).toContainEqual(['K', 'keySkip'])
    expect(sheet).toContainEqual(['⇧1–⇧4', 'keyReasons'])
    expect(keySheet({ ...context, reasons: 0 }, standardBindings).flat()).not.toContain(
      'keyReasons',
    )
    const words = sheet.map(([, word]) => word)
    expect(words).not.toContain('keyTie')
    expect(words).not.toContain('keyBothBad')
    expect(words).not.toContain('keyMark')
    expect(words).toContain('keyCantJudge')
    const asks = new Set(['ranking', 'spans'])
    const ofRanking = keySheet({ ...context, kind: 'ranking', asks }, standardBindings)
    expect(ofRanking.map(([, word]) => word)).toEqual(
      expect.arrayContaining(['keyRank', 'keyLetters', 'keyTieAbove', 'keyMark']),
    )
  })
})

describe('A pressed key', () => {
  const press = (key: string, code: string, shiftKey = false) => namesOf({ key, code, shiftKey })

  it('is told by what it writes, and a letter with Shift is another key', () => {
    expect(press('s', 'KeyS')).toEqual(['s'])
    expect(press('S', 'KeyS')).toEqual(['s'])
    expect(press('S', 'KeyS', true)).toEqual(['shift+s'])
    expect(press('?', 'Slash', true)).toEqual(['?'])
    expect(press('ArrowLeft', 'ArrowLeft', true)).toEqual(['arrowleft'])
  })

  it('is a number also where numbers are written with Shift', () => {
    expect(press('&', 'Digit1')).toEqual(['&', '1'])
    // With Shift it is the key of a reason on every keyboard, and the number where no reason has it.
    expect(press('1', 'Digit1', true)).toEqual(['shift+1', '1'])
    expect(press('!', 'Digit1', true)).toEqual(['!', 'shift+1'])
    expect(press('1', 'Numpad1')).toEqual(['1'])
  })
})

const criterion = (id: string, definition: Criterion['definition'], isRequired = true) => ({
  id,
  name: id,
  title: id,
  isRequired,
  definition,
})
const scale = (id: string) =>
  criterion(id, {
    kind: 'scale',
    points: [1, 2, 3].map((value) => ({ value: value * 10, label: String(value), anchor: '' })),
  })
const choice = (id: string, multiple: boolean) =>
  criterion(id, { kind: 'choice', options: ['yes', 'no'], multiple }, false)

describe('A number key', () => {
  it('answers the question in focus by its place, and goes on', () => {
    expect(answerForNumber(scale('s'), undefined, 2)).toEqual({
      given: { kind: 'scale', criterionId: 's', score: 20 },
      movesOn: true,
    })
    expect(answerForNumber(scale('s'), undefined, 4)).toBeUndefined()
    expect(answerForNumber(choice('c', false), undefined, 2)?.given).toEqual({
      kind: 'choice',
      criterionId: 'c',
      choices: ['no'],
    })
    expect(answerForNumber(criterion('t', { kind: 'text' }), undefined, 1)).toBeUndefined()
  })

  it('takes an option of several in and out; with none left there is no answer', () => {
    const both = choice('c', true)
    const first = answerForNumber(both, undefined, 1)
    expect(first?.movesOn).toBe(false)
    const second = answerForNumber(both, first?.given, 2)
    expect(second?.given).toMatchObject({ choices: ['yes', 'no'] })
    expect(answerForNumber(both, first?.given, 1)?.given).toBeUndefined()
  })

  it('hands the keys to the next question that needs them, going round', () => {
    const asked = [
      scale('one'),
      criterion('words', { kind: 'text' }, false),
      scale('two'),
      choice('c', false),
    ]
    const nextFrom = (answers: WorkingAnswer['answers'], id: string) =>
      nextQuestion({ ...emptyAnswer, answers }, asked, id, 1)
    expect(nextFrom({}, 'one')).toBe('two')
    const one = { kind: 'scale', criterionId: 'one', score: 10 } as const
    const two = { kind: 'scale', criterionId: 'two', score: 10 } as const
    expect(nextFrom({ two }, 'two')).toBe('c')
    const c = { kind: 'choice', criterionId: 'c', choices: ['yes'] } as const
    expect(nextFrom({ two, c: { ...c, choices: ['yes'] } }, 'c')).toBe('one')
    expect(nextFrom({ one, two, c: { ...c, choices: ['yes'] } }, 'c')).toBe('c')
  })

  it('steps a score with the arrows, from the near end when there is none', () => {
    expect(steppedScore(scale('s'), undefined, 1)).toMatchObject({ score: 10 })
    expect(steppedScore(scale('s'), undefined, -1)).toMatchObject({ score: 30 })
    const top = { kind: 'scale', criterionId: 's', score: 30 } as const
    expect(steppedScore(scale('s'), top, 1)).toMatchObject({ score: 30 })
    expect(steppedScore(scale('s'), top, -1)).toMatchObject({ score: 20 })
  })
})

describe('An ideal response', () => {
  it('is an answer only when it is not one of the responses again', () => {
    expect(idealAnswer('i', 'the text\n', ['other', ' the text'])).toBeUndefined()
    expect(idealAnswer('i', '  ', ['the text'])).toBeUndefined()
    expect(idealAnswer('i', 'the text, mended', ['the text'])).toEqual({
      kind: 'ideal',
      criterionId: 'i',
      text: 'the text, mended',
    })
  })
})

describe('What a person has set', () => {
  it('is read back with care, whatever was kept', () => {
    expect(readPreferences(undefined)).toEqual(standardPreferences)
    expect(readPreferences('nonsense')).toEqual(standardPreferences)
    const kept = { textSize: 130, isSynced: true, language: 'pt', keys: { skip: 'k', flag: '3' } }
    expect(readPreferences({ ...kept, keys: { ...kept.keys, unknown: 'z' } })).toEqual({
      ...kept,
      keys: { skip: 'k' },
    })
    expect(readPreferences({ textSize: 1_000_000, language: 'xx' })).toEqual(standardPreferences)
  })

  it('remembers guidelines by campaign, never goes back, and forgets the oldest', () => {
    expect(guidelinesRead(undefined, 'c')).toBe(0)
    const read = withGuidelinesRead(withGuidelinesRead({}, 'c', 3), 'c', 2)
    expect(guidelinesRead(read, 'c')).toBe(3)
    let many: unknown = {}
    for (let at = 0; at < 250; at++) many = withGuidelinesRead(many, `c${at}`, 1)
    expect(Object.keys(many as object)).toHaveLength(200)
    expect(guidelinesRead(many, 'c249')).toBe(1)
    expect(guidelinesRead(many, 'c0')).toBe(0)
  })
})

describe('The words of the room', () => {
  it('have the same places to fill in both languages', () => {
    const places = (phrase: unknown) =>
      [...JSON.stringify(phrase).matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    for (const [key, phrase] of Object.entries(roomWordsEn)) {
      const other = roomWordsPt[key as keyof typeof roomWordsPt]
      expect(new Set(places(other)), key).toEqual(new Set(places(phrase)))
    }
  })
})
