import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Message } from '#app/import/message.ts'
import { type FindingKind, findingKinds } from '#app/import/prepare/finding-kinds.ts'
import { redact, redactionMarks, redactJson, redactMessages } from '#app/import/prepare/redact.ts'

const everything: ReadonlySet<FindingKind> = new Set(findingKinds)
const only = (...kinds: FindingKind[]): ReadonlySet<FindingKind> => new Set(kinds)

describe('Redaction of a text', () => {
  it('puts a visible mark where something was, and counts', () => {
    const text = 'Ana (ana@acme.io, +44 20 7946 0958) paid with 4111 1111 1111 1111.'
    expect(redact(text, everything)).toEqual({
      text: 'Ana ([e-mail removed], [phone number removed]) paid with [card number removed].',
      count: 3,
    })
  })

  it('removes the chosen kinds alone', () => {
    const text = 'ana@acme.io from 81.2.69.142'
    expect(redact(text, only('ip-address')).text).toBe('ana@acme.io from [IP address removed]')
    expect(redact(text, only())).toEqual({ text, count: 0 })
  })

  it('leaves a text without findings as it is', () => {
    const text = '  Nothing\r\nto remove: 2 + 2 = 4.\u00a0 '
    expect(redact(text, everything)).toEqual({ text, count: 0 })
  })

  it('also removes what another finding beside it had hidden', () => {
    const { text, count } = redact('4111 1111 1111 1111+44 20 7946 0958', everything)
    expect(text).toBe('[card number removed][phone number removed]')
    expect(count).toBe(2)
  })

  it('has a mark of its own for every kind, which is no finding itself', () => {
    const marks = Object.values(redactionMarks)
    expect(new Set(marks).size).toBe(findingKinds.length)
    expect(redact(marks.join(''), everything).count).toBe(0)
  })

  const parts = fc.constantFrom(
    ...['ana@acme.io', '+44 20 7946 0958', '213-373-4253', '(213) 373-4253', '06 12 34 56 78'],
    ...['4111 1111 1111 1111', '4111111111111111', 'DE89 3704 0044 0532 0130 00', '81.2.69.142'],
    ...['2600::1:2', '529.982.247-25', '11.222.333/0001-81', '219-10-9998', 'a://b:c@d.io/e'],
    ...['version ', 'CPF ', 'order ', 'call ', '://', ' ', '.', '-', '/', '+', '@', ':', '(', ')'],
    ...['1', 'x', '"', '\n', '\\', '中', ...Object.values(redactionMarks)],
  )
  const texts = fc.array(parts, { maxLength: 14 }).map((found) => found.join(''))
  const kinds = fc.subarray([...findingKinds]).map((found) => new Set(found))

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(texts, kinds, (text, chosen) => {
        const once = redact(text, chosen)
        expect(redact(once.text, chosen)).toEqual({ text: once.text, count: 0 })
      }),
      { numRuns: 1_000 },
    )
  })

  it('keeps JSON readable, with every field and all that was not removed', () => {
    fc.assert(
      fc.property(fc.dictionary(texts, fc.oneof(texts, fc.double(), fc.nat())), (value) => {
        const { text } = redactJson(JSON.stringify(value, null, 2), everything)
        JSON.parse(text)
        expect(text.split('\n')).toHaveLength(JSON.stringify(value, null, 2).split('\n').length)
      }),
    )
  })
})

describe('Redaction of JSON', () => {
  it('keeps blanks, order, repeated names and digits as they were written', () => {
    const text = '{ "b": 12345678901234567890,\n  "a": "ana@acme.io", "a": 1.50e3 }'
    expect(redactJson(text, everything).text).toBe(
      '{ "b": 12345678901234567890,\n  "a": "[e-mail removed]", "a": 1.50e3 }',
    )
  })

  it('puts the mark of a number in quotes', () => {
    expect(redactJson('{"card":4111111111111111}', everything)).toEqual({
      text: '{"card":"[card number removed]"}',
      count: 1,
    })
  })

  it('reads what strings escape, and JSON within them', () => {
    const text = JSON.stringify({ note: 'to:\nana@acme.io', inner: '{"ip":"at\\t81.2.69.142"}' })
    const { text: redacted, count } = redactJson(text, everything)
    expect(JSON.parse(redacted)).toEqual({
      note: 'to:\n[e-mail removed]',
      inner: '{"ip":"at\\t[IP address removed]"}',
    })
    expect(count).toBe(2)
  })

  it('lets the name of a field tell what its value is', () => {
    const { text } = redactJson('{"phone": "2133734253", "order": "2133734253"}', everything)
    expect(text).toBe('{"phone": "[phone number removed]", "order": "2133734253"}')
  })

  it('treats what only looks like JSON as text', () => {
    expect(redactJson('{ana@acme.io}', everything).text).toBe('{[e-mail removed]}')
  })
})

describe('Redaction of a conversation', () => {
  const conversation: Message[] = [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Mail ana@acme.io that the 81.2.69.142 is down.', name: 'bo@acme.io' },
    {
      role: 'assistant',
      content: '',
      reasoning_content: 'Ana is at ana@acme.io.',
      tool_calls: [
        {
          id: 'call_1',
          type: 'function',
          function: { name: 'send', arguments: '{"to": "ana@acme.io", "urgent": true}' },
        },
        { function: { name: 'note', arguments: { lines: ['ana@acme.io', 7] } } },
      ],
    },
    { role: 'tool', tool_call_id: 'call_1', content: '{"sent":["ana@acme.io"]}' },
  ]

  it('reaches what was said, tool calls, their results and every other field', () => {
    const { messages, count } = redactMessages(conversation, everything)
    expect(messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      {
        role: 'user',
        content: 'Mail [e-mail removed] that the [IP address removed] is down.',
        name: '[e-mail removed]',
      },
      {
        role: 'assistant',
        content: '',
        reasoning_content: 'Ana is at [e-mail removed].',
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: 'send', arguments: '{"to": "[e-mail removed]", "urgent": true}' },
          },
          { function: { name: 'note', arguments: { lines: ['[e-mail removed]', 7] } } },
        ],
      },
      { role: 'tool', tool_call_id: 'call_1', content: '{"sent":["[e-mail removed]"]}' },
    ])
    expect(count).toBe(7)
  })

  it('changes nothing the second time, nor the conversation it was given', () => {
    const before = structuredClone(conversation)
    const once = redactMessages(conversation, everything)
    expect(redactMessages(once.messages, everything)).toEqual({ ...once, count: 0 })
    expect(conversation).toEqual(before)
  })

  it('leaves a conversation alone where nothing was chosen', () => {
    expect(redactMessages(conversation, only())).toEqual({ messages: conversation, count: 0 })
  })
})
