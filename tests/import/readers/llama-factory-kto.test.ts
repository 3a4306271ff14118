import { describe, expect, it } from 'vitest'
import { llamaFactoryKto } from '#app/import/readers/llama-factory-kto.ts'
import { answersIn, expectKnownIds, expectNeverThrows, readAll, saidIn } from './reading.ts'

const messages = [
  { role: 'user', content: 'Name a sea.' },
  { role: 'assistant', content: 'Aral.' },
]
const good = { messages, label: true }

describe('LLaMA-Factory thumbs', () => {
  it('are known by a conversation with a label', () => {
    expect(llamaFactoryKto.mark(good)).toBe('has "messages" and a "label" of true or false')
    expect(llamaFactoryKto.mark({ messages })).toBeNull()
    expect(llamaFactoryKto.mark({ messages, label: 'sports' })).toBeNull()
  })

  it('keep the thumb on the last answer', () => {
    const read = readAll(llamaFactoryKto, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Name a sea.'])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Aral.']])
    expect(read.judgments[0]?.line).toMatchObject({ criterion: 'desirable', choice: 'yes' })
    expectKnownIds(read)
  })

  it('keep the thumb of shared conversations, which has another name', () => {
    const conversations = [
      { from: 'human', value: 'Name a sea.' },
      { from: 'gpt', value: 'Alps.' },
    ]
    const read = readAll(llamaFactoryKto, { conversations, kto_tag: false })
    expect(read.judgments[0]?.line).toMatchObject({ choice: 'no' })
  })

  it('refuse a conversation that does not end with the answer that was judged', () => {
    const read = readAll(llamaFactoryKto, { messages: [...messages, messages[0]], label: true })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.reason).toMatch(/^does not end with an answer/)
  })

  it('never throw', () => expectNeverThrows(llamaFactoryKto, good))
})
