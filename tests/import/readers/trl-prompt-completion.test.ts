import { describe, expect, it } from 'vitest'
import { trlPromptCompletion } from '#app/import/readers/trl-prompt-completion.ts'
import { answersIn, expectNeverThrows, readAll, saidIn } from './reading.ts'

const good = { prompt: 'The sea is', completion: ' salty.' }

describe('TRL prompts with completions', () => {
  it('are known by just these, without a label', () => {
    expect(trlPromptCompletion.mark(good)).toBe('has "prompt" and "completion"')
    expect(trlPromptCompletion.mark({ ...good, label: true })).toBeNull()
    expect(trlPromptCompletion.mark({ prompt: 'x' })).toBeNull()
  })

  it('keep the completion as an answer nobody judged', () => {
    const read = readAll(trlPromptCompletion, { ...good, model: 'm1', language: 'en' })
    expect(saidIn(read.contents[0])).toEqual(['user: The sea is'])
    expect(answersIn(read.contents[0])).toEqual([['m1', ' salty.']])
    expect(read.contents[0]?.prompt?.tags).toEqual(['en'])
    expect(read.judgments).toEqual([])
    expect(read.problems).toEqual([])
  })

  it('keep messages and the tools that were offered', () => {
    const tools = [{ type: 'function', function: { name: 'lamp' } }]
    const [content] = readAll(trlPromptCompletion, {
      prompt: [{ role: 'user', content: 'Light!' }],
      completion: [{ role: 'assistant', content: 'Done.' }],
      tools: JSON.stringify(tools),
    }).contents
    expect(content?.responses[0]).toMatchObject({ tools })
  })

  it('never throw', () => expectNeverThrows(trlPromptCompletion, { ...good, tools: '[]' }))
})
