import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answersInWords } from '#app/rate/answer-words.ts'
import { readReply } from '#app/rate/desk-reply.ts'
import { newerDraft, nextVersion, readDraft } from '#app/rate/draft.ts'
import { roomSayIn } from '#app/rate/room-words.ts'

const answer = { answers: {}, comment: 'so far', reasons: [] }
const draft = (version: number, baseRevision = 0) => ({ version, baseRevision, answer })

describe('A draft', () => {
  it('is newer than every one it was made from, and two pages never make the same version', () => {
    const page = fc.integer({ min: 0, max: 999 })
    fc.assert(
      fc.property(fc.nat(2_000_000_000), page, page, (known, one, other) => {
        expect(nextVersion(known, one)).toBeGreaterThan(known)
        if (one !== other) expect(nextVersion(known, one)).not.toBe(nextVersion(known, other))
      }),
    )
  })

  it('comes back as the newest of this device and the server, from this very revision only', () => {
    expect(newerDraft([draft(3), undefined, draft(7)], 0)?.version).toBe(7)
    expect(newerDraft([draft(9, 1), draft(3)], 0)?.version).toBe(3)
    expect(newerDraft([draft(9, 0)], 1)).toBe(undefined)
    expect(newerDraft([], 0)).toBe(undefined)
  })

  it('is read from the device and from the server alike', () => {
    expect(readDraft({ version: 2, baseRevision: 0, answer })).toEqual(draft(2))
    expect(readDraft({ version: 2, baseRevision: 0, content: answer })).toEqual(draft(2))
  })

  it('that is broken is none, and a broken answer in it is left out', () => {
    for (const broken of [null, 1, {}, [], { version: -1, baseRevision: 0, answer }]) {
      expect(readDraft(broken)).toBe(undefined)
    }
    const mixed = {
      good: { kind: 'choice', criterionId: 'good', choices: ['a'] },
      bad: { kind: 'ranking', criterionId: 'bad', ranking: ['a'] },
      odd: { kind: 'constructor', criterionId: 'odd' },
    }
    const read = readDraft({ version: 1, baseRevision: 0, answer: { ...answer, answers: mixed } })
    expect(Object.keys(read?.answer.answers ?? {})).toEqual(['good'])
  })

  it('that was made by anything at all never breaks the page', () => {
    fc.assert(
      fc.property(fc.anything(), (kept) => {
        readDraft(kept)
        readDraft({ version: 1, baseRevision: 0, answer: kept })
        readReply(kept)
      }),
    )
  })
})

describe('A reply', () => {
  it('is told from what a network puts in its place', () => {
    expect(readReply({ state: 'working', tasks: [] })).toEqual({ state: 'working', tasks: [] })
    for (const other of ['<html>', {}, { state: 'fine', tasks: [] }, { state: 'working' }]) {
      expect(readReply(other)).toBe(undefined)
    }
  })
})

describe('An answer in words', () => {
  const say = roomSayIn('en')
  const criterion = (id: string, definition: object) =>
    ({ id, name: id, title: `${id}?`, isRequired: true, definition }) as never

  it('says each kind as its rater would', () => {
    const criteria = [
      criterion('better', { kind: 'preference', points: 7 }),
      criterion('quality', {
        kind: 'scale',
        points: [{ value: 2, label: 'Fair', anchor: '' }],
      }),
      criterion('rank', { kind: 'ranking', ties: true, partial: false }),
    ]
    const words = answersInWords(
      [
        { kind: 'ranking', criterionId: 'rank', ranking: [[1], [0, 2]] },
        { kind: 'scale', criterionId: 'quality', score: 2 },
        { kind: 'preference', criterionId: 'better', winner: 'second', strength: 1 },
      ],
      criteria,
      { say },
    )
    expect(words).toEqual([
      { title: 'better?', words: 'B is slightly better' },
      { title: 'quality?', words: '2: Fair' },
      { title: 'rank?', words: 'B > A = C' },
    ])
  })

  it('keeps what was said of a question that is gone', () => {
    const gone = { kind: 'text' as const, criterionId: 'gone', text: 'A long thought' }
    expect(answersInWords([gone], [], { say })).toEqual([{ title: '', words: 'A long thought' }])
  })

  it('speaks Portuguese', () => {
    const tie = { kind: 'preference' as const, criterionId: 'x', winner: 'tie' as const }
    expect(answersInWords([tie], [], { say: roomSayIn('pt') })[0]?.words).toBe('Quase iguais')
  })
})
