import { describe, expect, it } from 'vitest'
import { openaiStoredMessages } from '#app/import/readers/openai-stored-messages.ts'
import { readAnything, readRows } from '#tests/support/read-rows.ts'

const message = (completion: string, place: number, role: string, content: string) => ({
  id: `${completion}-${place}`,
  role,
  content,
  name: null,
  content_parts: null,
})
const system = message('chatcmpl-ab', 0, 'system', 'Be kind.')
const user = message('chatcmpl-ab', 1, 'user', 'Who are you?')
const prompt = {
  externalId: 'chatcmpl-ab',
  messages: [
    { role: 'system', content: 'Be kind.' },
    { role: 'user', content: 'Who are you?' },
  ],
}

describe('Messages of stored completions', () => {
  it("make a prompt under the completion's id", () => {
    const page = { object: 'list', data: [system, user], has_more: false }
    expect(openaiStoredMessages.mark(page)).not.toBeNull()
    const { content, problems } = readRows(openaiStoredMessages, [page])
    expect(problems).toEqual([])
    expect(content).toMatchObject([{ prompt, responses: [] }])
  })

  it('are put in order, though they come one a row', () => {
    expect(openaiStoredMessages.mark(user)).not.toBeNull()
    const { content, problems } = readRows(openaiStoredMessages, [user, system])
    expect(problems).toEqual([])
    expect(content).toMatchObject([{ prompt }])
  })

  it('are put together from several pages', () => {
    const { content, problems } = readRows(openaiStoredMessages, [
      { object: 'list', data: [system], has_more: true },
      { object: 'list', data: [user], has_more: false },
    ])
    expect(problems).toEqual([])
    expect(content).toMatchObject([{ prompt }])
  })

  it('make several prompts where they belong to several completions', () => {
    const data = [system, user, message('chatcmpl-cd', 0, 'user', 'Hello')]
    const { content } = readRows(openaiStoredMessages, [{ object: 'list', data }])
    expect(content.map((record) => record.prompt?.externalId)).toEqual([
      'chatcmpl-ab',
      'chatcmpl-cd',
    ])
  })

  it('take the parts of a content', () => {
    const parts = {
      ...user,
      content: null,
      content_parts: [{ type: 'text', text: 'Who are you?' }],
    }
    const { content } = readRows(openaiStoredMessages, [{ object: 'list', data: [system, parts] }])
    expect(content).toMatchObject([{ prompt }])
  })

  it('are refused where some are missing, rather than shown in part', () => {
    const cut = readRows(openaiStoredMessages, [{ object: 'list', data: [system], has_more: true }])
    expect(cut.content).toEqual([])
    expect(cut.problems[0]?.reason).toContain('import all pages')
    const headless = readRows(openaiStoredMessages, [{ object: 'list', data: [user] }])
    expect(headless.problems[0]?.reason).toContain('"chatcmpl-ab"')
  })

  it('never throws, whatever the rows hold', () => {
    readAnything(openaiStoredMessages, ['object', 'data', 'id', 'role', 'content'], {
      object: 'list',
      data: [system, user],
    })
  })
})
