import { describe, expect, it } from 'vitest'
import { novaPreference } from '#app/import/readers/nova-preference.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const said = (role: string, text: string) => ({ role, content: [{ text }] })
const candidate = (text: string, preferenceLabel: string) => ({
  content: [{ text }],
  preferenceLabel,
})
const rowWith = (...candidates: unknown[]) => ({
  system: [{ text: 'Be brief.' }],
  messages: [said('user', 'Name a sea.'), { role: 'assistant', candidates }],
})
const good = rowWith(candidate('Aral.', 'preferred'), candidate('Alps.', 'non-preferred'))

describe('Nova preference pairs', () => {
  it('are known by a turn with candidates', () => {
    expect(novaPreference.mark(good)).toBe('has "messages" whose last has "candidates"')
    expect(novaPreference.mark({ messages: [said('user', 'Hi')] })).toBeNull()
  })

  it('keep the conversation, its candidates and the preferred one', () => {
    const read = readAll(novaPreference, good)
    expect(saidIn(read.contents[0])).toEqual(['system: Be brief.', 'user: Name a sea.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Aral.'],
      ['unknown', 'Alps.'],
    ])
    expect(pairsIn(read.judgments)).toEqual([['Nova preference pairs annotators', 'a', undefined]])
    expect(read.problems).toEqual([])
    expectKnownIds(read)
  })

  it('keep candidates without a preference, and say that nothing was compared', () => {
    const read = readAll(novaPreference, rowWith(candidate('x', ''), candidate('y', 'preferred')))
    expect(read.contents[0]?.responses).toHaveLength(2)
    expect(read.judgments).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['messages.candidates'])
  })

  it('refuse candidates without a conversation before them', () => {
    const read = readAll(novaPreference, { messages: good.messages.slice(1) })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.reason).toBe('holds no conversation before the candidates')
  })

  it('never throw', () => expectNeverThrows(novaPreference, good))
})
