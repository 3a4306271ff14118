import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Message } from '#app/import/message.ts'
import { langfuseTrace } from '#app/import/readers/langfuse-trace.ts'
import { readRows } from '#tests/support/read-rows.ts'

const samples = process.env.RUBRICA_SAMPLES
const folder = path.join(samples ?? '', 'samples', 'langfuse')
const ending = '.trace.json'
const names = samples
  ? readdirSync(folder)
      .filter((name) => name.endsWith(ending))
      .map((name) => name.slice(0, -ending.length))
  : []

type Half = { success: true; data: TwinMessage[] } | { success: false }
interface TwinMessage {
  role: string
  content?: string
  tool_calls?: { id: string; name: string; arguments: string }[]
  tool_call_id?: string
}

const fileOf = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'))

const fromTwin = ({ role, content, tool_calls, tool_call_id }: TwinMessage) => ({
  role: role === 'model' ? 'assistant' : role,
  content: content ?? '',
  calls: (tool_calls ?? []).map((call) => [call.id, call.name, call.arguments]),
  answers: tool_call_id,
})

const ours = ({ role, content, tool_calls, tool_call_id }: Message) => ({
  role,
  content,
  calls: (tool_calls ?? []).map((call) => [call.id, call.function?.name, call.function?.arguments]),
  answers: tool_call_id,
})

describe.runIf(names.length > 0)('Real traces of Langfuse', () => {
  it.each(names)('read as the same conversations as its own view shows: %s', (name) => {
    const twins = fileOf(`${name}.chatml.json`) as Record<string, { input: Half; output: Half }>
    const trace = fileOf(`${name}${ending}`) as { observations: { id: string; type: string }[] }
    const { content, problems } = readRows(langfuseTrace, [{ ...trace }])
    expect(problems).toEqual([])
    const calls = content.flatMap(({ prompt, responses }) =>
      responses.map((response) => ({ prompt, response, twin: twins[response.externalId ?? ''] })),
    )
    expect(calls.length).toBeGreaterThan(0)
    for (const { prompt, response, twin } of calls) {
      if (twin?.input.success) {
        expect(prompt?.messages.map(ours)).toEqual(twin.input.data.map(fromTwin))
      }
      if (twin?.output.success) {
        expect(response.messages.map(ours)).toEqual(twin.output.data.map(fromTwin))
      }
    }
    const read = new Set(calls.map(({ response }) => response.externalId))
    const missed = trace.observations.filter(({ id, type }) => {
      const isTold = twins[id]?.input.success && twins[id].output.success
      return type === 'GENERATION' && isTold && !read.has(id)
    })
    expect(missed).toEqual([])
  })

  it.runIf(names.some((name) => name.startsWith('autogen')))(
    'finds the turns in a text that names the speakers',
    () => {
      const name = names.find((one) => one.startsWith('autogen'))
      const { content } = readRows(langfuseTrace, [
        fileOf(`${name}${ending}`) as Record<string, unknown>,
      ])
      expect(content[0]?.prompt?.messages.map((message) => message.role)).toEqual([
        'system',
        'user',
      ])
    },
  )
})
