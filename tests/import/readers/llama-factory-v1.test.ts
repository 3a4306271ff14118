import { describe, expect, it } from 'vitest'
import { llamaFactoryV1 } from '#app/import/readers/llama-factory-v1.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const message = (role: string, value: string) => ({
  role,
  content: [{ type: 'text', value }],
  loss_weight: role === 'assistant' ? 1 : 0,
})
const asked = message('user', 'Name a sea.')
const good = {
  chosen_messages: [asked, message('assistant', 'Aral.')],
  rejected_messages: [asked, message('assistant', 'Alps.')],
}

describe('LLaMA-Factory messages', () => {
  it('are known by two conversations, or by parts with values', () => {
    expect(llamaFactoryV1.mark(good)).toBe('has "chosen_messages" and "rejected_messages"')
    expect(llamaFactoryV1.mark({ messages: good.chosen_messages })).toBe(
      'has "messages" whose parts have a "value"',
    )
    expect(llamaFactoryV1.mark({ messages: [{ role: 'user', content: 'Hi' }] })).toBeNull()
  })

  it('keep the shared conversation and both answers', () => {
    const read = readAll(llamaFactoryV1, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Name a sea.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Aral.'],
      ['unknown', 'Alps.'],
    ])
    expect(pairsIn(read.judgments)).toHaveLength(1)
    expectKnownIds(read)
  })

  it('keep a conversation alone without a judgment', () => {
    const read = readAll(llamaFactoryV1, { messages: good.chosen_messages })
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Aral.']])
    expect(read.judgments).toEqual([])
  })

  it('refuse conversations with different prompts, and name the column', () => {
    const other = [message('user', 'Name a lake.'), message('assistant', 'Aral.')]
    const read = readAll(llamaFactoryV1, { ...good, rejected_messages: other })
    expect(read.records).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['rejected_messages'])
  })

  it('never throw', () =>
    expectNeverThrows(llamaFactoryV1, { ...good, messages: good.chosen_messages }))
})
