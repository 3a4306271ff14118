import { describe, expect, it } from 'vitest'
import { openaiStoredCompletions } from '#app/import/readers/openai-stored-completions.ts'
import { openaiStoredMessages } from '#app/import/readers/openai-stored-messages.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const completion = {
  object: 'chat.completion',
  id: 'chatcmpl-kept',
  model: 'gpt-4.1',
  created: 1_740_000_000,
  temperature: 1,
  top_p: 0.5,
  presence_penalty: 0,
  metadata: { prompt_id: 'sea', prompt_version: '1', source: 'shop' },
  choices: [{ index: 0, message: { role: 'assistant', content: 'Waves.' }, finish_reason: 'stop' }],
}
const page = { object: 'list', data: [completion], has_more: false }

describe('Stored completions', () => {
  it('answer the prompt that goes by their id', () => {
    expect(openaiStoredCompletions.mark(page)).toBe('is a list of chat completions')
    const { content, problems } = readRows(openaiStoredCompletions, [page])
    expect(problems).toEqual([])
    expect(content).toMatchObject([
      {
        promptId: 'chatcmpl-kept',
        responses: [
          {
            externalId: 'chatcmpl-kept',
            messages: [{ role: 'assistant', content: 'Waves.' }],
            finishReason: 'stop',
            metadata: { source: 'shop' },
          },
        ],
      },
    ])
    expect(content[0]?.prompt).toBeUndefined()
  })

  it('count as settings only what somebody chose', () => {
    const [record] = readRows(openaiStoredCompletions, [page]).content
    expect(record?.responses[0]?.model).toEqual({
      name: 'gpt-4.1',
      version: '',
      promptVersion: 'sea@1',
      parameters: { top_p: 0.5 },
    })
  })

  it('are read after the messages that they answer', () => {
    expect(openaiStoredCompletions.order ?? 0).toBeGreaterThan(openaiStoredMessages.order ?? 0)
  })

  it('are known one a row, and take messages that stand beside them', () => {
    expect(openaiStoredCompletions.mark(completion)).not.toBeNull()
    const messages = [{ role: 'user', content: 'What does the sea make?' }]
    const [record] = readRows(openaiStoredCompletions, [{ ...completion, messages }]).content
    expect(record?.prompt?.messages).toEqual(messages)
  })

  it('refuse one that could never find its prompt, and keep the others of the page', () => {
    const { id: _id, ...nameless } = completion
    const { content, problems } = readRows(openaiStoredCompletions, [
      { object: 'list', data: [nameless, completion] },
    ])
    expect(content).toHaveLength(1)
    expect(problems).toMatchObject([{ field: 'data.0', raw: nameless }])
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(openaiStoredCompletions, ['object', 'data', 'id', 'choices', 'messages'], page)
  })
})
