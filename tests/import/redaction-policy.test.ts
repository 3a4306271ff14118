import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { shownOrderSchema } from '#app/assign/shown-order.ts'
import { must } from '#app/base/must.ts'
import { policySchema } from '#app/export/policy.ts'
import type { TargetName } from '#app/export/targets/all.ts'
import { writeDataset } from '#app/export/write-dataset.server.ts'
import { changeRedaction } from '#app/import/change-redaction.server.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { runPreparation } from '#app/import/prepare-texts.server.ts'
import { visiblePreviews } from '#app/import/prompt-previews.server.ts'
import { viewPrompt } from '#app/import/prompt-view.server.ts'
import { showText } from '#app/import/shown-text.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { submitJudgment } from '#app/rate/submit-judgment.server.ts'
import { shownText, shownTextHash } from '#app/rate/task-view.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makePerson, makeProject, openCampaign } from '#tests/support/project.ts'

const hashNow = async (...task: Parameters<typeof shownText>) =>
  shownTextHash(await shownText(...task))

const secret = 'ana.souza@acme.io'
const card = '4111 1111 1111 1111'

const line = {
  id: 'q1',
  input_key: `for ${secret}`,
  prompt: `Write a reply to ${secret}, please. The card is ${card}.`,
  tags: ['mail'],
  metadata: { customer: secret },
  responses: ['alpha', 'beta'].map((model) => ({
    id: model === 'alpha' ? secret : 'r-beta',
    model,
    messages: [
      {
        role: 'assistant',
        content: `${model === 'alpha' ? 'One' : 'Two'} writes to ${secret}.`,
      },
    ],
    rendered: [
      { role: 'system', content: `You answer ${secret}.` },
      { role: 'user', content: 'Write.' },
    ],
    context: [{ text: `Ana: ${secret}`, title: 'Contacts' }],
    trace: [{ name: 'send', kind: 'tool', input: secret, output: 'sent' }],
    metadata: { user: secret },
  })),
}
const called = {
  id: 'q3',
  prompt: 'Send a note to the customer.',
  responses: [
    {
      model: 'alpha',
      messages: [
        {
          role: 'assistant',
          content: '',
          tool_calls: [
            {
              id: '1',
              type: 'function',
              function: { name: 'send', arguments: `{"to":"${secret}"}` },
            },
          ],
        },
      ],
    },
  ],
}
const plain = {
  id: 'q2',
  prompt: 'What is bread?',
  responses: ['alpha', 'beta'].map((model) => ({ model, content: `${model} knows bread.` })),
}

async function room(open: () => Promise<TestDatabase>) {
  const test = await open()
  const { db } = test
  const project = await makeProject(db)
  const projectId = project.id
  await importFiles(test, projectId, {
    'a.jsonl': [line, plain, called].map((one) => JSON.stringify(one)).join('\n'),
  })
  await runPreparation({
    db,
    job: { project_id: projectId, id: 'j', kind: 'k', input: '{}', cursor: null, attempts: 1 },
    dataDir: '',
    signal: new AbortController().signal,
    report: async () => {},
    reportWithin: async () => {},
  })
  const remove = (kinds: string[], isAdmin = false) =>
    inTransaction(db, (trx) =>
      changeRedaction(trx, { projectId, kinds, person: { id: 'someone', isAdmin }, now: 1 }),
    )
  const prompt = await db.read
    .selectFrom('prompt')
    .select(['id', 'preview'])
    .where('preview', 'like', '%card%')
    .executeTakeFirstOrThrow()
  return { test, db, projectId, remove, prompt }
}

describeEachDialect('What a project removes', (open) => {
  it('anybody may add to, and administrators alone take from; the audit log tells both', async () => {
    const { db, projectId, remove } = await room(open)
    expect(await remove(['email'])).toBe('changed')
    expect(await remove(['email', 'unknown'])).toBe('unchanged')
    expect(await remove(['email', 'card'])).toBe('changed')
    expect(await remove(['card'])).toBe('not allowed')
    expect((await findRedaction(db.read, projectId)).kinds).toEqual(['email', 'card'])
    expect(await remove([], true)).toBe('changed')
    const entries = await db.read
      .selectFrom('audit')
      .select(['action', 'detail'])
      .where('project_id', '=', projectId)
      .orderBy('id')
      .execute()
    expect(entries.map(({ action, detail }) => [action, JSON.parse(detail)])).toEqual([
      ['redaction changed', { before: [], after: ['email'] }],
      ['redaction changed', { before: ['email'], after: ['email', 'card'] }],
      ['redaction changed', { before: ['email', 'card'], after: [] }],
    ])
  })

  it('is lost by neither of two people who add at once', async () => {
    const { db, projectId, remove } = await room(open)
    const said = await Promise.all([remove(['email']), remove(['card'])])
    expect([...said].sort()).toEqual(['changed', 'not allowed'])
    expect((await findRedaction(db.read, projectId)).kinds).toHaveLength(1)
  })

  it('is a mark to raters, and is back with another hash of what was shown', async () => {
    const { db, projectId, remove, test } = await room(open)
    await remove(['email'])
    const campaignId = await openCampaign(db, projectId, { overlap: 2 })
    const first = await sitDown(db, { projectId, campaignId })
    const shown = JSON.stringify(first.task)
    expect(shown).not.toContain('acme')
    expect(shown).toContain('[e-mail removed]')
    expect(shown).toContain(card)
    const before = await first.judge()
    expect(before.shown_hash).toBe(await hashNow(db.read, projectId, before))

    const scope = { test, projectId, campaignId }
    for (const target of ['trl-preference', 'trl-sft', 'raw'] as const) {
      const { bytes, manifest } = await exported(scope, target)
      expect(bytes, target).not.toContain('acme')
      expect(bytes, target).toContain(card)
      expect(bytes, target).toContain('[e-mail removed]')
      expect(manifest.redacted).toEqual(['email'])
      expect(bytes).toContain(
        'Removed from every text, with a mark in its place: E-mail addresses.',
      )
    }

    expect(await remove([], true)).toBe('changed')
    expect(before.shown_hash).not.toBe(await hashNow(db.read, projectId, before))
    const second = await sitDown(db, { projectId, campaignId })
    expect(JSON.stringify(second.task)).toContain(secret)
    const after = await second.judge()
    expect(after.shown_hash).toBe(await hashNow(db.read, projectId, after))
    expect(after.shown_hash).not.toBe(before.shown_hash)
    const { bytes, manifest } = await exported(scope, 'raw')
    expect(bytes).toContain(secret)
    expect(bytes).not.toContain('Removed from')
    expect(manifest.redacted).toEqual([])
  })

  it('is a mark on the page and in lists, and an administrator sees what stood there', async () => {
    const { db, projectId, prompt } = await room(open)
    const kinds = findingKindsIn(['email'])
    const visibility = { kinds, isOriginal: false }
    const page = must(
      await viewPrompt(db.read, projectId, { id: prompt.id, visibility }),
      'the prompt',
    )
    const text = JSON.stringify(page)
    expect(text).not.toContain('acme')
    expect(page.title).toContain('[e-mail removed]')
    expect(page.turns[0]?.content.parts).toMatchObject([
      { text: 'Write a reply to ' },
      { text: '[e-mail removed]', kind: 'email', isRemoved: true },
      { text: ', please. The card is ' },
      { text: card, kind: 'card' },
      { text: '.' },
    ])
    expect(page.findings).toMatchObject([
      { kind: 'card', model: null, isRemoved: false },
      { kind: 'email', isRemoved: true },
      { kind: 'email', isRemoved: true },
      { kind: 'email', isRemoved: true },
    ])
    const [response] = page.responses
    expect(response).toMatchObject({
      context: { form: 'documents', documents: [{ title: 'Contacts' }] },
      trace: { form: 'steps', steps: [{ name: 'send', kind: 'tool' }] },
      rendered: [{ role: 'system' }, { role: 'user' }],
      lineage: { file: 'a.jsonl', line: 1 },
    })
    expect(page.lineage).toMatchObject({ file: 'a.jsonl', line: 1 })
    const tool = await db.read
      .selectFrom('prompt')
      .select('id')
      .where('preview', 'like', 'Send%')
      .executeTakeFirstOrThrow()
    const sent = await viewPrompt(db.read, projectId, { id: tool.id, visibility })
    expect(sent?.responses[0]?.turns[0]?.calls).toMatchObject([
      { name: 'send', arguments: { text: '{\n  "to": "[e-mail removed]"\n}' } },
    ])
    const original = await viewPrompt(db.read, projectId, {
      id: prompt.id,
      visibility: { kinds, isOriginal: true },
    })
    expect(original?.turns[0]?.content.text).toBe(line.prompt)
    const rows = await visiblePreviews(db.read, projectId, { rows: [prompt], visibility })
    expect(rows[0]?.preview).toBe(`Write a reply to [e-mail removed], please. The card is ${card}.`)
  })

  it('goes from previews that were cut in the middle of it too', async () => {
    const { db, projectId, test } = await room(open)
    const long = `${'word '.repeat(30)}${secret}`
    await importFiles(test, projectId, { 'b.jsonl': JSON.stringify({ prompt: long }) })
    const rows = await db.read
      .selectFrom('prompt')
      .select(['id', 'preview'])
      .where('preview', 'like', 'word%')
      .execute()
    expect(rows[0]?.preview).toContain('ana.souz')
    const visibility = { kinds: findingKindsIn(['email']), isOriginal: false }
    const [shown] = await visiblePreviews(db.read, projectId, { rows, visibility })
    expect(shown?.preview).not.toContain('ana')
  })
})

/** A rater who has the task with the secrets in hand. */
async function sitDown(
  db: TestDatabase['db'],
  { projectId, campaignId }: { projectId: string; campaignId: string },
) {
  const { personId, raterId } = await makePerson(db, { projectId, roles: ['annotator'] })
  const desk = { db, projectId, campaignId, personId, now: Date.now(), random: Math.random }
  // Whoever is new gets what is short first: others are skipped until the task comes.
  let { tasks } = must(await answerDesk(desk, { intent: 'claim', have: [] }), 'a reply')
  const isIt = (one: (typeof tasks)[number]) => one.prompt[0]?.content.includes('card')
  for (let turn = 0; turn < 10 && !tasks.some(isIt); turn++) {
    const { assignmentId } = must(tasks[0], 'a task')
    const skip = { intent: 'skip' as const, have: [], assignmentId, reason: 'no', activeMs: 1 }
    tasks = must(await answerDesk(desk, skip), 'a reply').tasks
  }
  const task = must(tasks.find(isIt), 'the task')
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const judge = async () => {
    const submission = {
      assignmentId: task.assignmentId,
      baseRevision: 0,
      answers: [
        {
          kind: 'preference' as const,
          criterionId: criterion.id,
          winner: 'first' as const,
          strength: 1,
        },
      ],
      comment: `I wrote to ${secret} myself.`,
      reasons: [],
      activeMs: 5,
      openedAt: null,
    }
    const wanted = { projectId, raterId, submission, now: Date.now() }
    const saved = await inTransaction(db, (trx) => submitJudgment(trx, wanted))
    expect(saved).toMatchObject({ ok: true })
    const { task_id, shown_order, shown_hash } = await db.read
      .selectFrom('judgment')
      .select(['task_id', 'shown_order', 'shown_hash'])
      .where('rater_id', '=', raterId)
      .executeTakeFirstOrThrow()
    const shownOrder = shownOrderSchema.parse(JSON.parse(shown_order ?? '[]'))
    return { taskId: task_id, shownOrder, shown_hash }
  }
  return { task, judge }
}

interface Scope {
  test: TestDatabase
  projectId: string
  campaignId: string
}

/** All that a dataset's folder says. */
async function exported({ test, projectId, campaignId }: Scope, target: TargetName) {
  const folder = path.join(test.folder, `out-${target}-${Math.random()}`)
  const manifest = await writeDataset(test.db, {
    projectId,
    campaignIds: [campaignId],
    projectName: 'Test',
    name: 'Set',
    target,
    policy: policySchema.parse({}),
    folder,
  })
  const files = [
    'README.md',
    ...manifest.files.filter(({ rows }) => rows > 0).map((one) => one.path),
  ]
  const texts = await Promise.all(files.map((file) => readFile(path.join(folder, file), 'utf8')))
  return { bytes: texts.join('\n'), manifest }
}

describe('A text with what was found in it', () => {
  it('is in parts that make the text again', () => {
    const kinds = findingKindsIn(['email'])
    for (const text of ['', 'nothing', secret, `a ${secret}, b ${card} c ${secret}`]) {
      for (const isOriginal of [true, false]) {
        const shown = showText(text, { kinds, isOriginal })
        expect((shown.parts ?? [{ text: shown.text }]).map((part) => part.text).join('')).toBe(
          shown.text,
        )
        expect(shown.text.includes('acme')).toBe(isOriginal && text.includes('acme'))
      }
    }
  })
})
