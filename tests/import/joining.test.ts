import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { promptKey } from '#app/import/fingerprint.ts'
import type { Message } from '#app/import/message.ts'
import { countFindings } from '#app/import/preparation.server.ts'
import { runPreparation } from '#app/import/prepare-texts.server.ts'
import { viewTasks } from '#app/rate/task-view.server.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject, openCampaign } from '#tests/support/project.ts'

const keyOf = (...messages: Message[]) => promptKey({ messages })
const user = (content: string): Message => ({ role: 'user', content })

describe('Two logs of one conversation meet', () => {
  const plain = keyOf(user('List three facts:\n  - short\n  - true'))

  it.each([
    [
      'whatever the line breaks and the white space around',
      [user('\r\nList three facts:\r\n  - short\r\n  - true  \n')],
    ],
    [
      'whatever the runs of spaces and empty lines',
      [user('List  three\tfacts:\n  - short \n  - true')],
    ],
    [
      'whatever the system message',
      [{ role: 'system', content: 'Be brief.' }, user('List three facts:\n  - short\n  - true')],
    ],
    [
      'whatever answer was begun',
      [user('List three facts:\n  - short\n  - true'), { role: 'assistant', content: 'Sure:' }],
    ],
    [
      'whatever the Unicode composition',
      [user('List three facts:\n  - short\n  - true'.normalize('NFD'))],
    ],
  ] as [string, Message[]][])('%s', (_how, messages) => {
    expect(keyOf(...messages)).toBe(plain)
  })

  it('whatever the order of a tool’s arguments and the ids of its calls', () => {
    const call = (id: string, args: unknown): Message => ({
      role: 'assistant',
      content: '',
      tool_calls: [{ id, type: 'function', function: { name: 'look', arguments: args } }],
    })
    const conversation = (id: string, args: unknown) =>
      keyOf(user('Weather?'), call(id, args), { role: 'tool', content: 'Rain', tool_call_id: id })
    expect(conversation('1', '{"b": 1, "a": 2}')).toBe(conversation('2', { a: 2, b: 1 }))
    expect(conversation('1', '{"a": 2}')).not.toBe(conversation('1', '{"a": 3}'))
  })

  it('but not where the words, the indentation or the turns differ', () => {
    expect(keyOf(user('List three facts:\n- short\n- true'))).not.toBe(plain)
    expect(keyOf(user('List four facts:\n  - short\n  - true'))).not.toBe(plain)
    expect(keyOf(user('a'), { role: 'assistant', content: 'b' }, user('c'))).not.toBe(
      keyOf(user('a'), user('c')),
    )
    expect(keyOf({ role: 'system', content: 'one' })).not.toBe(
      keyOf({ role: 'system', content: 'two' }),
    )
  })

  it('and normalising twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\r', '\t', 'é') }), (text) => {
        const once = JSON.parse(keyOf(user(text))).messages[0][1] as string
        expect(JSON.parse(keyOf(user(once))).messages[0][1]).toBe(once)
      }),
    )
  })
})

describeEachDialect('Prompt versions', (open) => {
  it('two templates meet on one prompt by its input key, and are compared like two models', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const line = (version: string, template: string) =>
      JSON.stringify({
        input_key: '{"product":"kettle"}',
        messages: [
          { role: 'system', content: template },
          { role: 'user', content: `${template} kettle` },
        ],
        responses: [{ model: 'm', prompt_version: version, content: `A kettle, ${version}.` }],
      })
    const { counts } = await importFiles(test, project.id, {
      'a.jsonl': `${line('v1', 'Describe:')}\n${line('v2', 'Sell:')}\n`,
    })
    expect(counts.created).toMatchObject({ prompts: 1, responses: 2 })
    const models = await test.db.read.selectFrom('model').select('label').orderBy('label').execute()
    expect(models.map((row) => row.label)).toEqual(['m · prompt v1', 'm · prompt v2'])
    const rendered = await test.db.read
      .selectFrom('response')
      .select('rendered')
      .orderBy('id')
      .execute()
    expect(rendered[0]?.rendered).toBeNull()
    expect(rendered[1]?.rendered).toContain('Sell:')
    await openCampaign(test.db, project.id, { overlap: 1 })
    const task = await test.db.read.selectFrom('task').select('id').executeTakeFirstOrThrow()
    const [view] = await viewTasks(test.db.read, project.id, [
      { assignmentId: 'x', taskId: task.id, heldUntil: 0, shownOrder: [0, 1], purpose: 'work' },
    ])
    // The system message would tell the templates apart, so a rater does not get it.
    expect(view?.prompt.map((message) => message.role)).toEqual(['user'])
  })

  it('keep the file and the line that each prompt came from', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    await importFiles(test, project.id, {
      'a.jsonl': '\n{"prompt":"One?","id":"1"}\n',
      'b.csv': 'prompt,model,content\n"Two\nlines?",m,Yes\nThree?,m,No\n',
    })
    const rows = await test.db.read
      .selectFrom('prompt')
      .innerJoin('import_batch', 'import_batch.id', 'prompt.batch_id')
      .select([
        'prompt.preview',
        'prompt.source_ordinal',
        'prompt.source_line',
        'import_batch.sources',
      ])
      .orderBy('prompt.id')
      .execute()
    expect(
      rows.map((row) => [
        row.preview,
        JSON.parse(row.sources)[row.source_ordinal ?? -1],
        row.source_line,
      ]),
    ).toEqual([
      ['One?', 'a.jsonl', 2],
      ['Two lines?', 'b.csv', 2],
      ['Three?', 'b.csv', 4],
    ])
  })
})

describeEachDialect('Preparation', (open) => {
  it('goes on after it was stopped, counts each finding once, and keeps no copy of a secret', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const secret = `sk-proj-${'a1B2c3D4'.repeat(6)}`
    const lines = Array.from({ length: 120 }, (_, place) =>
      JSON.stringify({
        prompt: `Number ${place}: write to user${place}@acme.io about ${'word '.repeat(place % 5)}`,
        responses: [{ model: 'm', content: place === 7 ? `Use ${secret}.` : `Fine, ${place}.` }],
      }),
    )
    await importFiles(test, project.id, { 'a.jsonl': lines.join('\n') })
    const stop = new AbortController()
    const job = {
      project_id: project.id,
      id: 'j',
      kind: 'k',
      input: '{}',
      cursor: null,
      attempts: 1,
    }
    const context = { db: test.db, job, dataDir: '', reportWithin: async () => {} }
    await expect(
      runPreparation({ ...context, signal: stop.signal, report: async () => stop.abort() }),
    ).rejects.toThrow()
    await runPreparation({
      ...context,
      signal: new AbortController().signal,
      report: async () => {},
    })
    const findings = await countFindings(test.db.read, project.id)
    expect(findings).toEqual([
      { kind: 'email', prompts: 120, times: 120 },
      { kind: 'provider-key', prompts: 1, times: 1 },
    ])
    const kept = await test.db.read
      .selectFrom('finding')
      .select('detail')
      .where('kind', '=', 'provider-key')
      .executeTakeFirstOrThrow()
    expect(kept.detail).not.toContain('sk-proj')
  })
})
