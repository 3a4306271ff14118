import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { localStore } from '#app/export/files/local-store.server.ts'
import {
  changeModels,
  runChangeModels,
  type WantedChange,
} from '#app/import/change-models.server.ts'
import { markedFingerprint, unmarkedFingerprint } from '#app/import/moved-fingerprint.ts'
import { jobHandlersWith } from '#app/job-handlers.server.ts'
import { claimJob, leaseMs } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { askForMeasurement, measureCampaign } from '#app/measure/measure.server.ts'
import { latestStandings } from '#app/measure/measurements.server.ts'
import { listModelHistory, listModelRows } from '#app/projects/model-history.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject, promptLines } from '#tests/support/project.ts'

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

it('marks a fingerprint only where it is taken, and takes its own mark off alone', () => {
  expect(markedFingerprint('ab', 'm', new Set())).toBe('ab')
  const once = markedFingerprint('ab', 'm', new Set(['ab']))
  const twice = markedFingerprint('ab', 'm', new Set(['ab', once]))
  expect(new Set(['ab', once, twice]).size).toBe(3)
  expect([once, twice].map((marked) => unmarkedFingerprint(marked, 'm'))).toEqual(['ab', 'ab'])
  expect(unmarkedFingerprint(once, 'other')).toBe(once)
})

interface Project {
  test: TestDatabase
  projectId: string
  change: (change: WantedChange) => ReturnType<typeof changeModels>
  id: (label: string) => Promise<string>
  /** Prompt, words and fingerprint of each response, by the label of its model. */
  texts: () => Promise<Record<string, string[]>>
  fingerprints: () => Promise<string[]>
}

async function openProject(test: TestDatabase): Promise<Project> {
  const { db } = test
  const { id: projectId } = await makeProject(db)
  const rows = () =>
    db.read
      .selectFrom('response')
      .innerJoin('model', 'model.id', 'response.model_id')
      .select(['response.id', 'response.fingerprint', 'response.messages', 'model.label'])
      .orderBy('response.id')
      .execute()
  return {
    test,
    projectId,
    change: (change) => changeModels(db, { projectId, actor: 'test', now: Date.now(), change }),
    id: async (label) => {
      const row = await db.read
        .selectFrom('model')
        .select('id')
        .where('label', '=', label)
        .executeTakeFirst()
      return must(row, label).id
    },
    texts: async () => {
      const found: Record<string, string[]> = {}
      for (const row of await rows()) {
        const [message] = JSON.parse(row.messages) as { content: string }[]
        found[row.label] = [...(found[row.label] ?? []), message?.content ?? ''].sort()
      }
      return found
    },
    fingerprints: async () =>
      (await rows()).map((row) => `${row.id} ${row.label} ${row.fingerprint}`),
  }
}

/** Runs what is queued, as the worker does. */
async function runQueued(db: Db, later = 0) {
  for (;;) {
    const now = Date.now() + later
    const job = await inTransaction(db, (trx) => claimJob(trx, { holder: 'test', now }))
    if (!job) return
    const stop = new AbortController()
    await runJob(job, {
      db,
      dataDir: '',
      handlers: jobHandlersWith(localStore('')),
      holder: 'test',
      signal: stop.signal,
      onError: (error) => {
        throw error
      },
    })
  }
}

const undoNewest = async ({ test, projectId, change }: Project) => {
  const [newest] = await listModelHistory(test.db.read, projectId)
  return change({ kind: 'undo', changeId: must(newest, 'a change').id })
}

const logs = jsonl(
  { id: 'p1', prompt: 'One?', responses: [{ id: 'a1', model: 'A', content: 'same' }] },
  { prompt_id: 'p1', id: 'b1', model: 'B', content: 'same' },
  { prompt_id: 'p1', model: 'C', content: 'third' },
  { id: 'p2', prompt: 'Two?', responses: [{ model: 'A', content: 'from A' }] },
  { prompt_id: 'p2', model: 'B', content: 'from B' },
)

describeEachDialect('Models changed afterwards', (open) => {
  it('are merged with every response, the same words included, and taken apart again', async () => {
    const project = await openProject(await open())
    const { test, projectId, change, id, texts, fingerprints } = project
    await importFiles(test, projectId, { 'a.jsonl': logs })
    const before = await fingerprints()
    const [a, b] = [await id('A'), await id('B')]
    const merged = await change({ kind: 'merge', fromIds: [a], intoId: b })
    expect(merged).toMatchObject({ ok: true, jobId: null, done: '2 responses moved.' })
    expect(await texts()).toEqual({ B: ['from A', 'from B', 'same', 'same'], C: ['third'] })
    const rows = await listModelRows(test.db.read, projectId)
    expect(rows.map(({ label, responses, also }) => [label, responses, also])).toEqual([
      ['B', 4, ['A']],
      ['C', 1, []],
    ])
    expect(await undoNewest(project)).toMatchObject({ ok: true })
    expect(await fingerprints()).toEqual(before)
    expect(await undoNewest(project)).toMatchObject({ ok: false })
    const again = await importFiles(test, projectId, { 'a.jsonl': logs })
    expect(again.counts).toMatchObject({ created: { responses: 0 }, refused: 0 })
    const audit = await test.db.read.selectFrom('audit').select(['action', 'actor']).execute()
    expect(audit.filter((entry) => entry.actor === 'test').map((entry) => entry.action)).toEqual([
      'models merged',
      'model change undone',
    ])
  })

  it('take later logs of a merged name, and know those they have', async () => {
    const project = await openProject(await open())
    const { test, projectId, change, id, texts } = project
    await importFiles(test, projectId, { 'a.jsonl': logs })
    await change({ kind: 'merge', fromIds: [await id('A')], intoId: await id('B') })
    const again = await importFiles(test, projectId, { 'a.jsonl': logs })
    expect(again.counts).toMatchObject({ created: { prompts: 0, responses: 0 }, refused: 0 })
    const more = jsonl({ prompt: 'Three?', model: 'A', content: 'new' })
    await importFiles(test, projectId, { 'b.jsonl': more })
    expect((await texts()).B).toEqual(['from A', 'from B', 'new', 'same', 'same'])
    await undoNewest(project)
    expect(await texts()).toMatchObject({ A: ['from A', 'same'], B: ['from B', 'new', 'same'] })
  })

  it('are merged in chains, which lead to the last, and are undone from the last on', async () => {
    const project = await openProject(await open())
    const { test, projectId, change, id, texts, fingerprints } = project
    await importFiles(test, projectId, { 'a.jsonl': logs })
    const before = await fingerprints()
    const [a, b, c] = [await id('A'), await id('B'), await id('C')]
    await change({ kind: 'merge', fromIds: [a], intoId: b })
    const [first] = await listModelHistory(test.db.read, projectId)
    await change({ kind: 'merge', fromIds: [b], intoId: c })
    expect(Object.keys(await texts())).toEqual(['C'])
    const again = await importFiles(test, projectId, { 'a.jsonl': logs })
    expect(again.counts).toMatchObject({ created: { responses: 0 }, refused: 0 })
    const pointed = await test.db.read
      .selectFrom('model')
      .select('id')
      .where('merged_into', '=', c)
      .execute()
    expect(pointed.map((row) => row.id).sort()).toEqual([a, b].sort())
    const tooEarly = await change({ kind: 'undo', changeId: must(first, 'a change').id })
    expect(tooEarly).toMatchObject({ ok: false })
    expect(await change({ kind: 'merge', fromIds: [a], intoId: c })).toMatchObject({ ok: false })
    await undoNewest(project)
    expect(Object.keys(await texts()).sort()).toEqual(['B', 'C'])
    await change({ kind: 'undo', changeId: must(first, 'a change').id })
    expect(await fingerprints()).toEqual(before)
  })

  it('are split by an import, and a second import of the file still adds nothing', async () => {
    const project = await openProject(await open())
    const { test, projectId, change, id, texts, fingerprints } = project
    const spring = promptLines(5, ['m'])
    const autumn = jsonl(
      { prompt: 'Autumn?', id: 'x', responses: [{ id: 'r', model: 'm', content: 'leaves' }] },
      { prompt: 'Late autumn?', model: 'm', content: 'frost' },
    )
    await importFiles(test, projectId, { 'spring.jsonl': spring })
    const { batchId } = await importFiles(test, projectId, { 'autumn.jsonl': autumn })
    const before = await fingerprints()
    const split = {
      kind: 'split',
      fromId: await id('m'),
      by: { kind: 'import', batchId },
    } as const
    expect(await change({ ...split, name: 'm' })).toMatchObject({ ok: false, field: 'name' })
    expect(await change({ ...split, name: 'm autumn' })).toMatchObject({ ok: true })
    expect((await texts())['m autumn']).toEqual(['frost', 'leaves'])
    const again = await importFiles(test, projectId, { 'autumn.jsonl': autumn })
    expect(again.counts).toMatchObject({ created: { responses: 0 }, refused: 0 })
    await undoNewest(project)
    expect(await fingerprints()).toEqual(before)
    expect((await listModelRows(test.db.read, projectId)).map((row) => row.label)).toEqual(['m'])
    expect(await change({ ...split, name: 'm autumn' })).toMatchObject({ ok: true })
    expect((await texts())['m autumn']).toHaveLength(2)
  })

  it('are split by what the log says and by the name they were logged under', async () => {
    const project = await openProject(await open())
    const { test, projectId, change, id, texts } = project
    const answer = (place: number, model: object, metadata = {}) => ({
      prompt: `Question ${place}?`,
      content: `answer ${place}`,
      metadata,
      ...model,
    })
    const file = jsonl(
      answer(1, { model: 'm' }, { prompt_version: 'v1' }),
      answer(2, { model: 'm' }, { prompt_version: 'v2' }),
      answer(3, { model: 'm' }, { prompt_version: 2 }),
      answer(4, { model: 'other' }),
    )
    await importFiles(test, projectId, { 'a.jsonl': file })
    const by = { kind: 'metadata', key: 'prompt_version', value: 'v2' } as const
    const fromId = await id('m')
    const wanted = { kind: 'split', fromId } as const
    await change({ ...wanted, name: 'm v2', by })
    expect((await texts())['m v2']).toEqual(['answer 2'])
    const nothing = await change({ ...wanted, name: 'm v9', by: { ...by, value: 'v9' } })
    expect(nothing).toMatchObject({ ok: false })
    const other = await id('other')
    await change({ kind: 'merge', fromIds: [other], intoId: fromId })
    await change({ ...wanted, name: 'back', by: { kind: 'logged-as', modelId: other } })
    expect((await texts()).back).toEqual(['answer 4'])
    const again = await importFiles(test, projectId, { 'a.jsonl': file })
    expect(again.counts).toMatchObject({ created: { responses: 0 }, refused: 0 })
  })

  it('are renamed, and a later import under either name adds nothing', async () => {
    const project = await openProject(await open())
    const { test, projectId, change, id, texts } = project
    await importFiles(test, projectId, { 'a.jsonl': logs })
    const modelId = await id('A')
    const names = { label: 'Prod', name: 'gpt', version: '7', promptVersion: '' }
    expect(await change({ kind: 'rename', modelId, names })).toMatchObject({ ok: true })
    const renamed = logs.replaceAll('"model":"A"', '"model":{"name":"gpt","version":"7"}')
    for (const file of [logs, renamed]) {
      const again = await importFiles(test, projectId, { 'a.jsonl': file })
      expect(again.counts).toMatchObject({ created: { responses: 0 }, refused: 0 })
    }
    expect((await texts()).Prod).toEqual(['from A', 'same'])
    const rename = (change_: object) =>
      change({ kind: 'rename', modelId, names: { ...names, ...change_ } })
    expect(await rename({ label: 'B' })).toMatchObject({ ok: false, field: 'label' })
    expect(await rename({ name: 'B', version: '' })).toMatchObject({ ok: false, field: 'name' })
    expect(await rename({ name: 'A', version: '', label: 'A' })).toMatchObject({ ok: true })
    const back = await importFiles(test, projectId, { 'a.jsonl': renamed })
    expect(back.counts).toMatchObject({ created: { responses: 0 }, refused: 0 })
    const rows = await listModelRows(test.db.read, projectId)
    expect(rows.map((row) => row.label)).toEqual(['A', 'B', 'C'])
  })

  it('may take the label of what was merged into them', async () => {
    const { test, projectId, change, id } = await openProject(await open())
    await importFiles(test, projectId, { 'a.jsonl': logs })
    const modelId = await id('B')
    await change({ kind: 'merge', fromIds: [await id('A')], intoId: modelId })
    const names = { label: 'A', name: 'B', version: '', promptVersion: '' }
    expect(await change({ kind: 'rename', modelId, names })).toMatchObject({ ok: true })
    const other = await change({ kind: 'rename', modelId, names: { ...names, name: 'A' } })
    expect(other).toMatchObject({ ok: false, field: 'name' })
  })

  it('stay one model in judgments without texts, each text finding its own', async () => {
    const { test, projectId, change, id } = await openProject(await open())
    const judgment = { prompt_id: 'p1', model_a: 'A', model_b: 'B' }
    const votes = jsonl({ ...judgment, rater: 'r', winner: 'a' })
    const made = await importFiles(
      test,
      projectId,
      { 'votes.jsonl': votes },
      { allowMissingText: true },
    )
    expect(made.counts).toMatchObject({ created: { judgments: 1 } })
    await change({ kind: 'merge', fromIds: [await id('A')], intoId: await id('B') })
    await importFiles(test, projectId, { 'a.jsonl': logs })
    const sides = await test.db.read
      .selectFrom('task_response')
      .innerJoin('response', 'response.id', 'task_response.response_id')
      .innerJoin('external_id', 'external_id.target_id', 'response.id')
      .select(['external_id.external_id', 'response.is_text_missing'])
      .orderBy('task_response.position')
      .execute()
    expect(sides).toEqual([
      { external_id: 'a1', is_text_missing: 0 },
      { external_id: 'b1', is_text_missing: 0 },
    ])
  })

  it('are one model in standings after a merge, with verdicts on itself left out', async () => {
    const { test, projectId, change, id } = await openProject(await open())
    const { db } = test
    const prompts = Array.from({ length: 12 }, (_, place) => `p${place}`)
    const vote = (prompt: string, a: string, b: string, winner: string) => ({
      prompt_id: prompt,
      model_a: a,
      model_b: b,
      rater: 'r',
      winner,
    })
    const file = jsonl(
      ...prompts.map((prompt) => ({
        id: prompt,
        prompt: `About ${prompt}?`,
        responses: ['gpt', 'GPT', 'other'].map((model) => ({ model, content: `${model} says` })),
      })),
      ...prompts.map((prompt, place) => vote(prompt, 'gpt', 'other', place % 3 ? 'a' : 'b')),
      ...prompts.map((prompt, place) => vote(prompt, 'other', 'GPT', place % 4 ? 'b' : 'a')),
      ...prompts.slice(0, 5).map((prompt) => vote(prompt, 'gpt', 'GPT', 'a')),
    )
    const { counts } = await importFiles(test, projectId, { 'a.jsonl': file })
    expect(counts).toMatchObject({ created: { judgments: 29 }, refused: 0 })
    const campaign = await db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const scope = { projectId, campaignId: campaign.id }
    await inTransaction(db, (trx) => askForMeasurement(trx, { ...scope, now: Date.now() }))
    await runQueued(db)
    const labels = async () =>
      (await latestStandings(db.read, projectId, campaign.id))?.result.models.map((row) => [
        row.model,
        row.judgments,
      ])
    expect(await labels()).toHaveLength(3)
    const [from, into] = [await id('gpt'), await id('GPT')]
    await change({ kind: 'merge', fromIds: [from], intoId: into })
    await runQueued(db)
    expect(await labels()).toEqual([
      ['GPT', 24],
      ['other', 24],
    ])
    const { standings } = await measureCampaign(db.read, scope)
    const row = must(standings.models[0], 'the merged model')
    expect(row).toMatchObject({ wins: 17, losses: 7, win_rate: 17 / 24 })
    expect(standings.method.warnings.join()).toContain('5 verdicts between two responses')
    const again = await importFiles(test, projectId, { 'a.jsonl': file })
    expect(again.counts).toMatchObject({
      created: { responses: 0, judgments: 0 },
      refused: 0,
    })
    const names = { label: 'GPT (all)', name: 'GPT', version: '', promptVersion: '' }
    await change({ kind: 'rename', modelId: into, names })
    await runQueued(db)
    expect((await labels())?.[0]).toEqual(['GPT (all)', 24])
    const third = await importFiles(test, projectId, { 'a.jsonl': file })
    expect(third.counts).toMatchObject({ created: { judgments: 0 }, refused: 0 })
  })

  it('move many responses by a job that goes on where it was killed', async () => {
    const project = await openProject(await open())
    const { test, projectId, change, id, texts, fingerprints } = project
    const { db } = test
    await importFiles(test, projectId, { 'a.jsonl': promptLines(2_400, ['A', 'B']) })
    const before = await fingerprints()
    const asked = await change({ kind: 'merge', fromIds: [await id('A')], intoId: await id('B') })
    expect(must(asked.ok ? asked.jobId : null, 'a job')).not.toBe('')
    const third = { kind: 'merge', fromIds: [await id('B')], intoId: await id('A') } as const
    expect(await change(third)).toMatchObject({ ok: false })
    const stop = new AbortController()
    let groups = 0
    const job = await inTransaction(db, (trx) => claimJob(trx, { holder: 'dies', now: Date.now() }))
    await runJob(must(job, 'the job'), {
      db,
      dataDir: '',
      holder: 'dies',
      signal: stop.signal,
      onError: () => {},
      handlers: {
        'change-models': (context) =>
          runChangeModels({
            ...context,
            reportWithin: async (trx, progress) => {
              await context.reportWithin(trx, progress)
              groups += 1
              if (groups < 4) return
              stop.abort()
              throw new Error('killed')
            },
          }),
      },
    })
    expect((await texts()).A).toHaveLength(2_400 - 900)
    await runQueued(db, leaseMs + 1)
    expect((await texts()).A).toBeUndefined()
    expect((await texts()).B).toHaveLength(4_800)
    const [newest] = await listModelHistory(db.read, projectId)
    expect(newest).toMatchObject({ kind: 'merged', responses: 2_400 })
    expect(await undoNewest(project)).toMatchObject({ ok: true })
    await runQueued(db)
    expect(await fingerprints()).toEqual(before)
  }, 60_000)
})
