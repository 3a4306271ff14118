import { expect, it } from 'vitest'
import { findCampaignByName, listCriteria } from '#app/assign/campaigns.server.ts'
import { listGuidelines } from '#app/assign/guidelines.server.ts'
import { must } from '#app/base/must.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { jsonLines } from '#tests/support/exporting.ts'
import { importFiles, makeProject, openCampaign } from '#tests/support/project.ts'

const texts = ['p0', 'p1'].map((id) => ({
  id,
  prompt: `About ${id}?`,
  responses: ['x', 'y', 'z'].map((model) => ({
    id: `${id}-${model}`,
    model,
    content: `${model}!`,
  })),
}))

const verdict = (change: object = {}) => ({
  prompt_id: 'p0',
  model_a: 'x',
  model_b: 'y',
  winner: 'a',
  rater: 'w1',
  campaign: 'crowd',
  ...change,
})

const crowd = (change: object = {}) => ({
  campaign: 'crowd',
  kind: 'pairwise',
  overlap: 3,
  criteria: [
    { name: 'preference', title: 'Better?', required: true, kind: 'preference', points: 7 },
    { name: 'why', kind: 'text' },
  ],
  guidelines: [
    { version: 1, text: 'Read.' },
    { version: 2, text: 'Read twice.' },
  ],
  settings: { goldRate: 0.25, modelIds: ['x', { name: 'y' }] },
  ...change,
})

const task = (change: object = {}) => ({
  task: 'work',
  prompt_id: 'p0',
  responses: ['p0-x', 'p0-y'],
  campaign: 'crowd',
  needed: 2,
  ...change,
})

async function opened(test: TestDatabase) {
  const { id: projectId } = await makeProject(test.db)
  const add = async (...lines: unknown[]) => {
    const files = { 'a.jsonl': jsonLines(...lines) }
    const { counts, refusals } = await importFiles(test, projectId, files, { format: 'rubrica' })
    return { counts, refused: refusals.map(({ line, field, reason }) => [line, field, reason]) }
  }
  const campaign = async () =>
    must(await findCampaignByName(test.db.read, projectId, 'crowd'), 'the campaign')
  const criteria = async () => listCriteria(test.db.read, projectId, (await campaign()).id)
  await add(...texts)
  return { projectId, add, campaign, criteria }
}

describeEachDialect('What a campaign asked elsewhere', (open) => {
  it('is recorded, whether its line comes before its judgments or after them', async () => {
    const test = await open()
    for (const isFirst of [true, false]) {
      const { projectId, add, campaign, criteria } = await opened(test)
      const lines = [crowd(), verdict()]
      const { refused } = await add(...(isFirst ? lines : lines.reverse()))
      expect(refused).toEqual([])
      const made = await campaign()
      expect(made).toMatchObject({ kind: 'pairwise', origin: 'imported', overlap: 3 })
      expect(made.status).toBe('closed')
      expect(made.settings.goldRate).toBe(0.25)
      const models = await test.db.read
        .selectFrom('model')
        .select('name')
        .where('project_id', '=', projectId)
        .where('id', 'in', made.settings.modelIds)
        .orderBy('name')
        .execute()
      expect(models.map(({ name }) => name)).toEqual(['x', 'y'])
      expect(await criteria()).toMatchObject([
        { name: 'preference', title: 'Better?', isRequired: true, definition: { points: 7 } },
        { name: 'why', title: 'why', isRequired: false, definition: { kind: 'text' } },
      ])
      const guidelines = await listGuidelines(test.db.read, projectId, made.id)
      expect(guidelines.map(({ version, text }) => [version, text])).toEqual([
        [2, 'Read twice.'],
        [1, 'Read.'],
      ])
      const again = await add(...lines)
      expect(again.counts).toMatchObject({ merged: 0, unchanged: 2, refused: 0 })
    }
  })

  it('fills in what a campaign lacks that judgments alone had made', async () => {
    const { add, campaign, criteria } = await opened(await open())
    await add(verdict())
    expect((await add(crowd())).counts).toMatchObject({ merged: 1, refused: 0 })
    expect(await criteria()).toMatchObject([
      { title: 'Better?', isRequired: true, definition: { points: 7 } },
      { name: 'why' },
    ])
    expect(await campaign()).toMatchObject({ overlap: 3, settings: { goldRate: 0.25 } })
    expect((await add(crowd())).counts).toMatchObject({ merged: 0, unchanged: 1 })
  })

  it('is refused with words where it contradicts, and changes nothing', async () => {
    const { add, campaign, criteria } = await opened(await open())
    await add(crowd(), verdict())
    const before = [await campaign(), await criteria()]
    const points = [{ name: 'preference', kind: 'preference', points: 3 }]
    const { refused, counts } = await add(
      crowd({ kind: 'rubric' }),
      crowd({ overlap: 2 }),
      crowd({ criteria: points }),
      crowd({ guidelines: [{ version: 2, text: 'Skim.' }] }),
      crowd({ settings: { goldRate: 0.1, modelIds: ['x', { name: 'y' }] } }),
      crowd({ simulated: true }),
      crowd({ campaign: 'new', criteria: [{ name: 'x', kind: 'scale', points: [] }] }),
      crowd({ campaign: 'new', settings: { goldRate: 7 } }),
      verdict({ rater: 'w2' }),
    )
    expect(refused.map(([line, field]) => [line, field])).toEqual([
      [1, 'kind'],
      [2, 'overlap'],
      [3, 'criteria.0'],
      [4, 'guidelines.0'],
      [5, 'settings.goldRate'],
      [6, 'simulated'],
      [7, 'criteria.0.points'],
      [8, 'settings.goldRate'],
    ])
    expect(refused[1]?.[2]).toBe('the campaign "crowd" has an overlap of 3 here')
    expect(counts.created.judgments).toBe(1)
    expect([await campaign(), await criteria()]).toEqual(before)
  })

  it('changes no campaign that was made here', async () => {
    const test = await open()
    const { projectId, add } = await opened(test)
    await openCampaign(test.db, projectId, { name: 'crowd', overlap: 3 })
    const criteria = [{ name: 'why', kind: 'text' }]
    const { refused } = await add(crowd({ criteria, guidelines: [] }), task({ needed: 9 }))
    expect(refused.map(([line, field]) => [line, field])).toEqual([
      [1, 'campaign'],
      [2, 'campaign'],
    ])
  })
})

describeEachDialect('What a task was elsewhere', (open) => {
  it('is filled in once; what contradicts or cannot be is refused', async () => {
    const test = await open()
    const { projectId, add } = await opened(test)
    const expected = { answers: [{ criterion: 'preference', winner: 'b' }], explanation: 'y' }
    const repeat = task({ task: 'repeat', repeat_of: 'work' })
    const lines = [crowd(), verdict(), task(), task({ task: 'gold', expected }), repeat]
    expect((await add(...lines)).refused).toEqual([])
    expect((await add(...lines)).counts).toMatchObject({ merged: 0, unchanged: 5, refused: 0 })
    const rows = await test.db.read
      .selectFrom('task')
      .select(['id', 'purpose', 'needed', 'expected', 'repeat_of'])
      .where('project_id', '=', projectId)
      .orderBy('purpose', 'desc')
      .execute()
    const [work, repeated, gold] = rows
    expect(rows.map(({ purpose }) => purpose)).toEqual(['work', 'repeat', 'gold'])
    expect([work?.needed, repeated?.repeat_of]).toEqual([2, work?.id])
    expect(JSON.parse(gold?.expected ?? '')).toMatchObject({
      scores: [{ position: -1, answer: { kind: 'preference', winner: 'b' } }],
      explanation: 'y',
    })
    const { refused } = await add(
      task({ needed: 5 }),
      task({ task: 'gold', expected: { ...expected, explanation: 'other' } }),
      task({ prompt_id: 'p1', responses: ['p1-x', 'p1-y'], task: 'repeat', repeat_of: 'work' }),
      task({ responses: ['p0-x', 'p1-y'] }),
      task({ task: 'gold', expected: { answers: [{ criterion: 'preference' }] } }),
    )
    expect(refused.map(([line, field]) => [line, field])).toEqual([
      [1, 'needed'],
      [2, 'expected'],
      [3, 'repeat_of'],
      [4, 'responses'],
      [5, 'expected.answers.0'],
    ])
  })
})

describeEachDialect('A judgment that names all responses of its task', (open) => {
  it('keeps which were left unranked and how they were shown, or says what is wrong', async () => {
    const test = await open()
    const { projectId, add } = await opened(test)
    const ids = ['p0-x', 'p0-y', 'p0-z']
    const ranked = (change: object = {}) => ({
      prompt_id: 'p0',
      responses: ids,
      ranking: [[{ response: 'p0-z' }], [{ response: 'p0-x' }]],
      shown_order: ['p0-y', 'p0-z', 'p0-x'],
      rater: 'w1',
      campaign: 'ranked',
      ...change,
    })
    const { refused } = await add(
      ranked(),
      ranked({ rater: 'w2', shown_order: ['p0-y', 'p0-z'] }),
      ranked({ rater: 'w3', responses: ['p0-x', 'p0-y'] }),
      ranked({ rater: 'w4', responses: ['p0-x', 'p0-x', 'p0-z'] }),
    )
    expect(refused.map(([line, field]) => [line, field])).toEqual([
      [2, 'shown_order'],
      [3, 'responses'],
      [4, 'responses'],
    ])
    const [judgment, ...others] = await test.db.read
      .selectFrom('judgment')
      .innerJoin('judgment_score', 'judgment_score.judgment_id', 'judgment.id')
      .select(['judgment.shown_order', 'judgment_score.answer'])
      .where('judgment.project_id', '=', projectId)
      .execute()
    expect(others).toEqual([])
    expect(judgment?.shown_order).toBe('[1,2,0]')
    expect(JSON.parse(judgment?.answer ?? '')).toEqual({ kind: 'ranking', ranking: [[2], [0]] })
  })

  it('replaces an earlier revision with less, and goes back to what was said before', async () => {
    const test = await open()
    const { projectId, add } = await opened(test)
    const why = (revision: number, text: string) => ({
      prompt_id: 'p0',
      responses: ['p0-x', 'p0-y'],
      criterion: 'why',
      text,
      rater: 'w1',
      campaign: 'crowd',
      revision,
      ...(revision > 1 ? { replaces: true } : {}),
    })
    const later = { replaces: true, revision: 2 }
    const lines = [
      verdict({ revision: 1, comment: 'first' }),
      why(1, 'because'),
      verdict({ ...later, winner: 'b' }),
      verdict({ ...later, revision: 3 }),
      why(3, 'because'),
    ]
    expect((await add(...lines)).refused).toEqual([])
    expect((await add(...lines)).counts).toMatchObject({ merged: 0, unchanged: 5, refused: 0 })
    const revisions = await test.db.read
      .selectFrom('judgment_revision')
      .select(['revision', 'content'])
      .where('project_id', '=', projectId)
      .orderBy('revision')
      .execute()
    const kept = revisions.map(({ content }) => JSON.parse(content))
    expect(kept.map(({ scores, comment }) => [scores.length, comment])).toEqual([
      [2, 'first'],
      [1, ''],
    ])
    const standing = await test.db.read
      .selectFrom('judgment_score')
      .select('answer')
      .where('project_id', '=', projectId)
      .execute()
    expect(standing.map(({ answer }) => JSON.parse(answer).winner ?? 'because').sort()).toEqual([
      'a',
      'because',
    ])
  })
})
