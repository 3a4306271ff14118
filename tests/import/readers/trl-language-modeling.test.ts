import { describe, expect, it } from 'vitest'
import { trlLanguageModeling } from '#app/import/readers/trl-language-modeling.ts'
import { answersIn, expectNeverThrows, readAll, saidIn } from './reading.ts'

const call = { type: 'function', function: { name: 'lamp', arguments: { state: 'on' } } }
const tools = [{ type: 'function', function: { name: 'lamp' } }]
const messages = [
  { role: 'user', content: 'Light!' },
  { role: 'assistant', tool_calls: [call] },
  { role: 'tool', name: 'lamp', content: 'on' },
  { role: 'assistant', content: 'Done.' },
]

describe('TRL conversations', () => {
  it('are known by a text alone, or by calls whose arguments are objects', () => {
    expect(trlLanguageModeling.mark({ text: 'The sea is salty.' })).toBe('has "text" alone')
    expect(trlLanguageModeling.mark({ messages, tools })).toBe(
      'has "messages" whose tool calls have objects as arguments',
    )
    expect(trlLanguageModeling.mark({ text: 'x', prompt: 'y' })).toBeNull()
  })

  it('keep the last answer as the response to all before it, with the tools', () => {
    const read = readAll(trlLanguageModeling, { messages, tools })
    expect(saidIn(read.contents[0])).toEqual(['user: Light!', 'assistant: ', 'tool: on'])
    expect(read.contents[0]?.prompt?.messages[1]?.tool_calls).toMatchObject([
      { function: { name: 'lamp' } },
    ])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Done.']])
    expect(read.contents[0]?.responses[0]?.tools).toEqual(tools)
  })

  it('keep a text whose turns are marked', () => {
    const read = readAll(trlLanguageModeling, { text: '\n\nHuman: Hi\n\nAssistant: Hello' })
    expect(saidIn(read.contents[0])).toEqual(['user: Hi'])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Hello']])
  })

  it('refuse a text without turns: nobody said where an answer begins', () => {
    const read = readAll(trlLanguageModeling, { text: 'The sea is salty.' })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.reason).toMatch(/^is a text without turns/)
  })

  it('keep a conversation that goes on after its last answer up to there, and say so', () => {
    const more = [...messages, { role: 'user', content: 'Thanks' }]
    const read = readAll(trlLanguageModeling, { messages: more })
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'Done.']])
    expect(read.problems).toEqual([
      { field: 'messages', reason: 'goes on after its last answer: 1 message left out' },
    ])
  })

  it('refuse a conversation that begins with its only answer', () => {
    const read = readAll(trlLanguageModeling, { messages: [messages[3]] })
    expect(read.records).toEqual([])
    expect(read.problems[0]?.reason).toMatch(/^begins with an answer/)
  })

  it('never throw', () => expectNeverThrows(trlLanguageModeling, { messages, text: 'x', tools }))
})
