import { describe, expect, it } from 'vitest'
import { trlPromptOnly } from '#app/import/readers/trl-prompt-only.ts'
import { expectNeverThrows, readAll, saidIn } from './reading.ts'

describe('TRL prompts', () => {
  it('are known by a prompt that nobody answers', () => {
    expect(trlPromptOnly.mark({ prompt: 'x', solution: '4' })).toBe(
      'has "prompt" and no answer to it',
    )
    for (const name of ['completion', 'chosen', 'response_0', 'answers', 'model', 'responses']) {
      expect(trlPromptOnly.mark({ prompt: 'x', [name]: 'y' })).toBeNull()
    }
  })

  it('keep the prompt without a response', () => {
    const read = readAll(trlPromptOnly, { prompt: 'The sea is', prompt_id: 'p1' })
    expect(saidIn(read.contents[0])).toEqual(['user: The sea is'])
    expect(read.contents[0]?.responses).toEqual([])
    expect(read.contents[0]?.prompt?.externalId).toBe('p1')
  })

  it('keep a conversation as it is', () => {
    const prompt = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Which sea?' },
    ]
    expect(saidIn(readAll(trlPromptOnly, { prompt }).contents[0])).toEqual([
      'system: Be brief.',
      'user: Which sea?',
    ])
  })

  it('refuse what is no prompt', () => {
    expect(readAll(trlPromptOnly, { prompt: 7 })).toMatchObject({
      records: [],
      problems: [{ field: 'prompt' }],
    })
  })

  it('never throw', () => expectNeverThrows(trlPromptOnly, { prompt: 'x', id: 1 }))
})
