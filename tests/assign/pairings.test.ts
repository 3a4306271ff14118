/** Which responses meet, for each way a lead may choose. */
import { expect, it } from 'vitest'
import { queueMakeTasks } from '#app/assign/campaign-life.server.ts'
import { runMakeTasks } from '#app/assign/make-tasks.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import {
  type Bureau,
  claim,
  factsOf,
  hire,
  openAnother,
  openBureau,
  runNow,
} from '#tests/support/desk.ts'
import { importFiles, makeProject, promptLines } from '#tests/support/project.ts'

interface Line {
  prompt: string
  tags?: string[]
  responses: Record<string, unknown>[]
}

const printed = (lines: readonly Line[]) => lines.map((line) => JSON.stringify(line)).join('\n')

async function project(test: TestDatabase, lines: string): Promise<string> {
  const { id: projectId } = await makeProject(test.db)
  const { refusals } = await importFiles(test, projectId, { 'a.jsonl': lines })
  expect(refusals).toEqual([])
  return projectId
}

/** Models by a short name: name, version and prompt version, as far as they say anything. */
async function modelsOf({ db }: TestDatabase, projectId: string): Promise<Map<string, string>> {
  const rows = await db.read
    .selectFrom('model')
    .select(['id', 'name', 'version', 'prompt_version'])
    .where('project_id', '=', projectId)
    .execute()
  return new Map(
    rows.map(({ id, name, version, prompt_version }) => [
      [name, version, prompt_version].filter((part) => part !== '').join(' '),
      id,
    ]),
  )
}

/** What meets in a campaign: of each task its prompt and the words of its responses, sorted. */
async function meetings({ db, campaignId }: Pick<Bureau, 'db' | 'campaignId'>) {
  const rows = await db.read
    .selectFrom('task')
    .innerJoin('prompt', 'prompt.id', 'task.prompt_id')
    .innerJoin('task_response', 'task_response.task_id', 'task.id')
    .innerJoin('response', 'response.id', 'task_response.response_id')
    .innerJoin('model', 'model.id', 'response.model_id')
    .select([
      'task.id',
      'task.decided',
      'prompt.preview',
      'response.messages',
      'model.name',
      'model.version',
      'model.prompt_version',
      'task_response.position',
    ])
    .where('task.campaign_id', '=', campaignId)
    .orderBy('task.id')
    .orderBy('task_response.position')
    .execute()
  return [...Map.groupBy(rows, (row) => row.id).values()].map((own) => ({
    preview: own[0]?.preview ?? '',
    decided: own[0]?.decided ?? null,
    words: own.map(({ messages }) => JSON.parse(messages)[0].content as string),
    pair: own
      .map(({ name, version, prompt_version }) =>
        [name, version, prompt_version].filter((part) => part !== '').join(' '),
      )
      .sort()
      .join(' – '),
  }))
}

const countOf = (tasks: readonly { pair: string }[]) =>
  Object.fromEntries([...Map.groupBy(tasks, ({ pair }) => pair)].map(([k, v]) => [k, v.length]))

describeEachDialect('What meets what', (open) => {
  it('is every pair of models, each pair once on each prompt', async () => {
    const bureau = await openBureau(await open(), { prompts: 4, models: ['a', 'b', 'c'] })
    expect(countOf(await meetings(bureau))).toEqual({ 'a – b': 4, 'a – c': 4, 'b – c': 4 })
  })

  it('is each model against the baseline, or the pairs and models that were chosen', async () => {
    const test = await open()
    const projectId = await project(test, promptLines(3, ['a', 'b', 'c', 'd']))
    const models = await modelsOf(test, projectId)
    const id = (name: string) => models.get(name) ?? ''
    const meet = async (name: string, settings: object) =>
      countOf(await meetings(await openAnother(test, { projectId, name, settings })))
    expect(await meet('baseline', { pairing: { kind: 'baseline', modelId: id('b') } })).toEqual({
      'a – b': 3,
      'b – c': 3,
      'b – d': 3,
    })
    const pairs = [
      [id('d'), id('a')],
      [id('b'), id('c')],
    ]
    const chosen = { 'a – d': 3, 'b – c': 3 }
    expect(await meet('pairs', { pairing: { kind: 'chosen', pairs } })).toEqual(chosen)
    const modelIds = [id('a'), id('b'), id('d')]
    expect(await meet('models', { modelIds })).toEqual({ 'a – b': 3, 'a – d': 3, 'b – d': 3 })
    const both = { modelIds, pairing: { kind: 'baseline', modelId: id('d') } }
    expect(await meet('both', both)).toEqual({ 'a – d': 3, 'b – d': 3 })
  })

  it('is a round robin in which every pair meets equally often', async () => {
    const models = ['a', 'b', 'c', 'd']
    for (const [pairsAPrompt, prompts] of [
      [1, 12],
      [4, 9],
    ] as const) {
      const settings = { pairsAPrompt }
      const bureau = await openBureau(await open(), { prompts, models, settings })
      const tasks = await meetings(bureau)
      const even = (pairsAPrompt * prompts) / 6
      expect(Object.values(countOf(tasks))).toEqual(Array(6).fill(even))
      for (const own of Map.groupBy(tasks, ({ preview }) => preview).values()) {
        expect(own).toHaveLength(pairsAPrompt)
      }
    }
  })

  it('keeps to the pairs a prompt gives, also when models are added later', async () => {
    const test = await open()
    const settings = { pairsAPrompt: 2 }
    const bureau = await openBureau(test, { prompts: 6, models: ['a', 'b'], settings })
    const { projectId, db, campaignId, clock } = bureau
    expect(countOf(await meetings(bureau))).toEqual({ 'a – b': 6 })
    await importFiles(test, projectId, { 'b.jsonl': promptLines(6, ['a', 'b', 'c', 'd']) })
    const more = { projectId, campaignId, now: clock.now }
    await inTransaction(db, (trx) => queueMakeTasks(trx, more))
    await runNow(bureau, runMakeTasks)
    const tasks = await meetings(bureau)
    expect(tasks).toHaveLength(12)
    for (const own of Map.groupBy(tasks, ({ preview }) => preview).values()) {
      expect(own).toHaveLength(2)
    }
    await runNow(bureau, runMakeTasks)
    expect(await meetings(bureau)).toHaveLength(12)
  })

  it('is prompt versions of one model, or versions of a model under one prompt version', async () => {
    const test = await open()
    const logged = [
      { name: 'm', version: '1', prompt_version: 'p1' },
      { name: 'm', version: '1', prompt_version: 'p2' },
      { name: 'm', version: '2', prompt_version: 'p1' },
      { name: 'n', version: '1', prompt_version: 'p1' },
      { name: 'n', version: '1', prompt_version: 'p2', parameters: { temperature: 1 } },
    ]
    const lines = ['One?', 'Two?'].map((prompt) => ({
      prompt,
      responses: logged.map((model, place) => ({ model, content: `${place} to ${prompt}` })),
    }))
    const projectId = await project(test, printed(lines))
    const meet = async (kind: string) => {
      const settings = { pairing: { kind } }
      return countOf(await meetings(await openAnother(test, { projectId, name: kind, settings })))
    }
    expect(await meet('prompt_versions')).toEqual({ 'm 1 p1 – m 1 p2': 2 })
    expect(await meet('model_versions')).toEqual({ 'm 1 p1 – m 2 p1': 2 })
  })

  it('is what one model said at two dates, the earlier one first in canonical order', async () => {
    const test = await open()
    const said = (content: string, created_at: string, sample: number) => ({
      model: 'm',
      content,
      created_at,
      sample,
    })
    const lines = [
      {
        prompt: 'Both?',
        responses: [
          said('late', '2026-03-02', 0),
          said('early', '2026-01-02', 1),
          said('between', '2026-02-10', 2),
        ],
      },
      { prompt: 'Once?', responses: [said('alone', '2026-01-03', 0)] },
      {
        prompt: 'Same?',
        responses: [said('same', '2026-01-04', 0), said('same', '2026-03-04', 1)],
      },
      {
        prompt: 'Other?',
        responses: [
          { ...said('other', '2026-01-04', 0), model: 'n' },
          said('mine', '2026-03-04', 1),
        ],
      },
    ]
    const projectId = await project(test, printed(lines))
    const modelId = (await modelsOf(test, projectId)).get('m')
    const window = (from: string, until: string) => ({
      from: Date.parse(from),
      until: Date.parse(until),
    })
    const pairing = {
      kind: 'two_dates',
      modelId,
      before: window('2026-01-01', '2026-02-01'),
      after: window('2026-03-01', '2026-04-01'),
    }
    const tasks = await meetings(
      await openAnother(test, { projectId, settings: { pairing, modelIds: [modelId] } }),
    )
    expect(tasks).toEqual([
      expect.objectContaining({ preview: 'Both?', decided: null, words: ['early', 'late'] }),
      expect.objectContaining({ preview: 'Same?', decided: 'tie', words: ['same', 'same'] }),
    ])
  })

  it('is only pairs that differ, or those that say the same are a tie without a rater', async () => {
    const test = await open()
    const lines = [
      { prompt: 'Alike?', responses: ['a', 'b', 'c'].map((model) => ({ model, content: 'Yes.' })) },
      {
        prompt: 'One apart?',
        responses: ['a', 'b', 'c'].map((model) => ({
          model,
          content: model < 'c' ? 'Yes.' : 'No.',
        })),
      },
    ]
    const projectId = await project(test, printed(lines))
    const decide = await openAnother(test, { projectId, name: 'decided' })
    const tasks = await meetings(decide)
    expect(tasks.filter(({ decided }) => decided === 'tie')).toHaveLength(4)
    expect(tasks.filter(({ decided }) => decided === null)).toHaveLength(2)
    const { tasks: given } = await claim(decide, await hire(decide))
    for (const { assignmentId } of given) {
      expect((await factsOf(decide, assignmentId)).preview).toBe('One apart?')
    }
    const settings = { identical: 'leave_out' }
    const differ = await openAnother(test, { projectId, name: 'differing', settings })
    expect(countOf(await meetings(differ))).toEqual({ 'a – c': 1, 'b – c': 1 })
    const ranking = { projectId, kind: 'ranking', settings, criteria: [rankingCriterion] }
    const ranked = await meetings(await openAnother(test, { name: 'ranked', ...ranking }))
    expect(ranked.map(({ preview }) => preview)).toEqual(['One apart?'])
  })
})

const rankingCriterion = {
  title: 'Order',
  isRequired: true,
  definition: { kind: 'ranking', ties: true, partial: false },
}
