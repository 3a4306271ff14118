/** Records that arrive as they happen: from an OpenTelemetry SDK, and from scripts. */
import { gzipSync } from 'node:zlib'
import { SpanKind } from '@opentelemetry/api'
import { OTLPTraceExporter as JsonExporter } from '@opentelemetry/exporter-trace-otlp-http'
import { OTLPTraceExporter as ProtobufExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { resourceFromAttributes } from '@opentelemetry/resources'
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { insertApiToken } from '#app/access/api-tokens.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Role } from '#db/schema.ts'
import { makeProject } from '#tests/support/project.ts'
import { databaseOf, removeServer, startServer, type TestServer } from '#tests/support/server.ts'

let server: TestServer
let db: Db

beforeAll(async () => {
  server = await startServer({ runsWorker: false })
  db = databaseOf(server)
})
afterAll(async () => {
  await db.close()
  await removeServer(server)
})

async function projectWithToken(name: string, role: Role = 'engineer') {
  const project = await makeProject(db, name)
  const person = await db.read.selectFrom('person').select('id').executeTakeFirstOrThrow()
  const token = await inTransaction(db, (trx) =>
    insertApiToken(trx, {
      projectId: project.id,
      name: 'test',
      role,
      createdBy: person.id,
      now: Date.now(),
    }),
  )
  return { project, token }
}

const contentOf = async (projectId: string) => {
  const prompts = await db.read
    .selectFrom('prompt')
    .select(['id', 'messages'])
    .where('project_id', '=', projectId)
    .orderBy('preview')
    .execute()
  const responses = await db.read
    .selectFrom('response')
    .innerJoin('model', 'model.id', 'response.model_id')
    .select([
      'response.messages',
      'model.name',
      'model.version',
      'model.prompt_version',
      'model.parameters',
    ])
    .where('response.project_id', '=', projectId)
    .orderBy('response.messages')
    .execute()
  return { prompts, responses }
}

describe.each([
  ['JSON', JsonExporter],
  ['protobuf', ProtobufExporter],
] as const)('An OpenTelemetry SDK that sends %s', (name, Exporter) => {
  it('delivers its model calls as prompts and responses, once', async () => {
    const { project, token } = await projectWithToken(`OTel ${name}`)
    const exporter = new Exporter({
      url: `${server.url}/v1/traces`,
      headers: { Authorization: `Bearer ${token}` },
      ...(name === 'protobuf' ? { compression: 'gzip' as never } : {}),
    })
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'shop' }),
      spanProcessors: [new BatchSpanProcessor(exporter)],
    })
    const tracer = provider.getTracer('test')
    const root = tracer.startSpan('answer a customer')
    for (const [question, answer] of [
      ['Where is my parcel?', 'On its way.'],
      ['May I return it?', 'Yes, within 30 days.'],
    ]) {
      const span = tracer.startSpan('chat gpt-x', { kind: SpanKind.CLIENT })
      span.setAttributes({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-x',
        'gen_ai.response.model': 'gpt-x-2026-01-01',
        'gen_ai.request.temperature': 0.25,
        'gen_ai.prompt.name': 'support',
        'gen_ai.prompt.version': '7',
        'gen_ai.usage.input_tokens': 12,
        'gen_ai.input.messages': JSON.stringify([
          { role: 'user', parts: [{ type: 'text', content: question }] },
        ]),
        'gen_ai.output.messages': JSON.stringify([
          { role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: 'stop' },
        ]),
      })
      span.end()
    }
    root.end()
    await provider.forceFlush()
    await provider.shutdown()
    const { prompts, responses } = await contentOf(project.id)
    expect(prompts.map((row) => JSON.parse(row.messages))).toEqual([
      [{ role: 'user', content: 'May I return it?' }],
      [{ role: 'user', content: 'Where is my parcel?' }],
    ])
    expect(responses.map((row) => JSON.parse(row.messages)[0].content)).toEqual([
      'On its way.',
      'Yes, within 30 days.',
    ])
    for (const response of responses) {
      expect(response).toMatchObject({
        name: 'gpt-x',
        version: 'gpt-x-2026-01-01',
        prompt_version: 'support@7',
        parameters: '{"temperature":0.25}',
      })
    }
  })
})

describe('The receiver of traces', () => {
  const span = (attributes: Record<string, string>, spanId = '00f067aa0ba902b7') => ({
    resourceSpans: [
      {
        scopeSpans: [
          {
            spans: [
              {
                traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
                spanId,
                name: 'chat',
                startTimeUnixNano: '1544712660000000001',
                endTimeUnixNano: '1544712661000000000',
                attributes: Object.entries(attributes).map(([key, value]) => ({
                  key,
                  value: { stringValue: value },
                })),
              },
            ],
          },
        ],
      },
    ],
  })
  const send = (
    token: string,
    body: Uint8Array<ArrayBuffer> | string,
    headers: Record<string, string> = {},
  ) =>
    fetch(`${server.url}/v1/traces`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', ...headers },
      body,
    })

  it('takes gzip, and the same span sent twice adds nothing', async () => {
    const { project, token } = await projectWithToken('Twice')
    const body = new Uint8Array(
      gzipSync(
        JSON.stringify(
          span({
            'gen_ai.operation.name': 'chat',
            'gen_ai.request.model': 'm',
            'gen_ai.prompt': '[{"role":"user","content":"Hi"}]',
            'gen_ai.completion': '[{"role":"assistant","content":"Hello"}]',
          }),
        ),
      ),
    )
    for (let time = 0; time < 2; time++) {
      const response = await send(token, body, { 'Content-Encoding': 'gzip' })
      expect(response.status).toBe(200)
      expect(await response.json()).toEqual({})
    }
    const { prompts, responses } = await contentOf(project.id)
    expect([prompts.length, responses.length]).toEqual([1, 1])
  })

  it('says which calls it could not take, and takes spans that are no model calls silently', async () => {
    const { token } = await projectWithToken('Partly')
    const broken = await send(
      token,
      JSON.stringify(span({ 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'm' })),
    )
    expect(broken.status).toBe(200)
    const told = await broken.json()
    expect(told.partialSuccess.rejectedSpans).toBe('1')
    expect(told.partialSuccess.errorMessage).not.toBe('')
    const other = await send(
      token,
      JSON.stringify(span({ 'http.method': 'GET' }, 'aaaaaaaaaaaaaaaa')),
    )
    expect(await other.json()).toEqual({})
  })

  it('refuses strangers, annotators and what is no trace, in words', async () => {
    const { token } = await projectWithToken('Walls')
    const annotator = await projectWithToken('Annotator’s', 'annotator')
    expect((await send('rbr_wrong', '{}')).status).toBe(401)
    expect((await send(annotator.token, '{}')).status).toBe(403)
    expect((await send(token, 'nonsense')).status).toBe(400)
    const protobuf = await send(token, new Uint8Array([1, 2, 3]), {
      'Content-Type': 'application/x-protobuf',
    })
    expect(protobuf.status).toBe(400)
    expect(protobuf.headers.get('content-type')).toContain('application/x-protobuf')
    const notGzip = await send(token, '{}', { 'Content-Encoding': 'gzip' })
    expect(notGzip.status).toBe(400)
  })
})

describe('Single records', () => {
  const line = (n: number) => ({
    id: `p${n}`,
    prompt: `Question ${n}?`,
    responses: [
      { model: 'a', content: `One ${n}.` },
      { model: 'b', content: `Two ${n}.` },
    ],
  })
  const post = (slug: string, token: string, body: string, headers: Record<string, string> = {}) =>
    fetch(`${server.url}/api/v1/projects/${slug}/records`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/x-ndjson',
        ...headers,
      },
      body,
    })

  it('are kept as they come, with their judgments, and what is refused is named by its place', async () => {
    const { project, token } = await projectWithToken('Records')
    const verdict = { prompt_id: 'p1', model_a: 'a', model_b: 'b', winner: 'a', rater: 'r' }
    const body = [line(1), line(2), verdict, { odd: true }]
      .map((one) => JSON.stringify(one))
      .join('\n')
    const response = await post(project.slug, token, body)
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      created: { prompts: 2, responses: 4, judgments: 1 },
      refused: 1,
      refusals: [{ index: 3 }],
    })
  })

  it('sent twice under one key are kept once and answered alike; other records under it are refused', async () => {
    const { project, token } = await projectWithToken('Keys')
    const headers = { 'Idempotency-Key': 'call-1' }
    const first = await post(project.slug, token, JSON.stringify(line(1)), headers)
    const second = await post(project.slug, token, JSON.stringify(line(1)), headers)
    expect(await second.json()).toEqual(await first.json())
    const other = await post(project.slug, token, JSON.stringify([line(2)]), headers)
    expect(other.status).toBe(422)
    const { prompts } = await contentOf(project.id)
    expect(prompts).toHaveLength(1)
  })

  it('that cannot be read are refused in words', async () => {
    const { project, token } = await projectWithToken('Unreadable')
    for (const [body, words] of [
      ['', 'empty'],
      ['{"prompt": ', 'Line 1'],
      ['[1]', 'no JSON object'],
      [JSON.stringify(Array.from({ length: 1_001 }, () => ({}))), '1000 are the most'],
    ] as const) {
      const response = await post(project.slug, token, body)
      expect(response.status).toBe(400)
      expect((await response.json()).detail).toContain(words)
    }
  })
})

describe('The gate', () => {
  const ask = (slug: string, token: string, query: string) =>
    fetch(`${server.url}/api/v1/projects/${slug}/gate?${query}`, {
      headers: { Authorization: `Bearer ${token}` },
    })

  it('answers a pipeline with a verdict and its numbers, and says what it does not know', async () => {
    const { project, token } = await projectWithToken('Gate')
    const lead = await projectWithToken('Gate of a lead', 'lead')
    const lines = Array.from({ length: 12 }, (_, place) => [
      {
        id: `p${place}`,
        prompt: `Q${place}?`,
        responses: ['x', 'y'].map((model) => ({ model, content: `${model}${place}` })),
      },
      { prompt_id: `p${place}`, model_a: 'x', model_b: 'y', winner: 'a', rater: 'r' },
    ]).flat()
    for (const one of [{ project, token }, lead]) {
      const posted = await fetch(`${server.url}/api/v1/projects/${one.project.slug}/records`, {
        method: 'POST',
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
        body: lines.map((line) => JSON.stringify(line)).join('\n'),
      })
      expect(posted.status).toBe(one.token === token ? 200 : 401)
    }
    const passed = await ask(project.slug, token, 'candidate=x&baseline=y&min_win_rate=0.6')
    expect(passed.status).toBe(200)
    expect(await passed.json()).toMatchObject({
      verdict: 'pass',
      wins: 12,
      prompts: 12,
      method: { min_win_rate: 0.6 },
    })
    const missing = await ask(project.slug, token, 'candidate=x')
    expect(missing.status).toBe(400)
    expect((await missing.json()).detail).toContain('baseline')
    const unknown = await ask(project.slug, token, 'candidate=q&baseline=y')
    expect(unknown.status).toBe(404)
    expect((await unknown.json()).detail).toContain('no model "q"')
    expect((await ask(project.slug, 'wrong', 'candidate=x&baseline=y')).status).toBe(401)
  })
})
