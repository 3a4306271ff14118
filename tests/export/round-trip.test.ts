import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { findCampaign, listCampaigns } from '#app/assign/campaigns.server.ts'
import { must } from '#app/base/must.ts'
import type { JudgedPrompt } from '#app/export/judged-task.ts'
import { walkJudgedPrompts } from '#app/export/judged-tasks.server.ts'
import type { TargetName } from '#app/export/targets/all.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import { measureRaters } from '#app/measure/measure-raters.server.ts'
import type { PairRow } from '#app/measure/standings.ts'
import {
  type Dialect,
  describeEachDialect,
  openTestDatabase,
  type TestDatabase,
} from '#tests/support/database.ts'
import { exportedFolder, jsonLines } from '#tests/support/exporting.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'
import { wholeProject } from '#tests/support/whole-project.ts'

interface Place {
  test: TestDatabase
  projectId: string
  campaignIds: string[]
}

const opened: TestDatabase[] = []
afterAll(async () => {
  await Promise.all(opened.map((one) => one.remove()))
})

async function placeOf(test: TestDatabase, projectId: string): Promise<Place> {
  const campaigns = await listCampaigns(test.db.read, projectId)
  const inOrder = campaigns.sort((one, other) => (one.name < other.name ? -1 : 1))
  return { test, projectId, campaignIds: inOrder.map(({ id }) => id) }
}

const exportedAs = ({ test, ...scope }: Place, target: TargetName) =>
  exportedFolder(test, scope, { target, policy: { minimumRaters: 1 } })

/** Files are named so that judgments come before all that they speak of. */
const rawFiles = ['judgments.jsonl', 'tasks.jsonl', 'prompts.jsonl', 'campaigns.jsonl']

async function takenElsewhere(from: Place, dialect: Dialect) {
  const { folder, manifest } = await exportedAs(from, 'raw')
  const other = await openTestDatabase(dialect)
  opened.push(other)
  const { id } = await makeProject(other.db)
  const files = Object.fromEntries(
    rawFiles.map((name) => [name, readFileSync(path.join(folder, name))]),
  )
  const { refusals } = await importFiles(other, id, files)
  expect(refusals).toEqual([])
  return { manifest, files, to: await placeOf(other, id) }
}

/** Every prompt with its tasks, judgments and skips, by ids made from content. */
async function contentOf({ test, projectId, campaignIds }: Place): Promise<JudgedPrompt[]> {
  const asked = { projectId, campaignIds, redacted: new Set<never>(), withHistory: true }
  const prompts: JudgedPrompt[] = []
  for await (const prompt of walkJudgedPrompts(test.db.read, asked)) prompts.push(prompt)
  return prompts
}

/** The rows of judgments without the ids that each database gives. */
const judgmentRows = ({ test, projectId }: Place) =>
  test.db.read
    .selectFrom('judgment')
    .innerJoin('rater', 'rater.id', 'judgment.rater_id')
    .innerJoin('task', 'task.id', 'judgment.task_id')
    .innerJoin('campaign', 'campaign.id', 'judgment.campaign_id')
    .innerJoin('prompt', 'prompt.id', 'task.prompt_id')
    .select([
      'campaign.name',
      'prompt.fingerprint',
      'task.purpose',
      'rater.pseudonym',
      'judgment.source',
      'judgment.revision',
      'judgment.is_extra',
      'judgment.withdrawn_at',
      'judgment.withdrawn_reason',
      'judgment.shown_order',
      'judgment.guidelines_version',
      'judgment.comment',
      'judgment.reasons',
      'judgment.active_ms',
      'judgment.judged_at',
    ])
    .where('judgment.project_id', '=', projectId)
    .execute()
    .then((rows) => rows.map((row) => JSON.stringify(row)).sort())

/** The figures of all campaigns, with names in the place of ids. */
async function figuresOf({ test, projectId, campaignIds }: Place) {
  const names = await namesOf(test, projectId)
  const db = test.db.read
  const figures = []
  for (const campaignId of campaignIds) {
    const { standings, agreement } = await measureCampaign(db, { projectId, campaignId })
    const campaign = must(await findCampaign(db, projectId, campaignId), 'the campaign')
    const measured = await measureRaters(db, projectId, campaign)
    const raters = named(measured, names) as { raters: { rater_id: string }[] }
    raters.raters.sort((one, other) => (one.rater_id < other.rater_id ? -1 : 1))
    const pairs = standings.pairs.map(byLabel).sort(inOrder)
    figures.push({
      standings: named({ ...standings, pairs }, names),
      agreement: named(agreement, names),
      raters,
    })
  }
  return figures
}

const inOrder = (one: PairRow, other: PairRow) =>
  `${one.a}|${one.b}` < `${other.a}|${other.b}` ? -1 : 1

/** Which model of a pair is called a depends on which of them came first. */
function byLabel(pair: PairRow): PairRow {
  if (pair.a <= pair.b) return pair
  const less = (score: number | null) => (score === null ? null : 1 - score)
  return {
    ...pair,
    a: pair.b,
    a_id: pair.b_id,
    b: pair.a,
    b_id: pair.a_id,
    wins_a: pair.wins_b,
    wins_b: pair.wins_a,
    score_a: less(pair.score_a),
    score_a_low: less(pair.score_a_high),
    score_a_high: less(pair.score_a_low),
  }
}

async function namesOf({ db }: TestDatabase, projectId: string): Promise<Map<string, string>> {
  const models = await db.read
    .selectFrom('model')
    .select(['id', 'label as name'])
    .where('project_id', '=', projectId)
    .execute()
  const criteria = await db.read
    .selectFrom('criterion')
    .select(['id', 'name'])
    .where('project_id', '=', projectId)
    .execute()
  const raters = await db.read
    .selectFrom('rater')
    .select(['id', 'pseudonym as name'])
    .where('project_id', '=', projectId)
    .execute()
  return new Map([...models, ...criteria, ...raters].map(({ id, name }) => [id, name]))
}

/** Sums in another order differ in the last digits; a model's colour is the order it came in. */
function named(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'number') return Number(value.toPrecision(9))
  if (typeof value === 'string') return names.get(value) ?? value
  if (Array.isArray(value)) return value.map((one) => named(one, names))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([name]) => name !== 'color')
  return Object.fromEntries(
    entries.map(([name, one]) => [names.get(name) ?? name, named(one, names)]),
  )
}

const hashOf = async (place: Place, target: TargetName) =>
  (await exportedAs(place, target)).manifest.sha256

const targets = ['trl-preference', 'trl-kto', 'helpsteer', 'ranking'] as const

async function expectSame(from: Place, to: Place): Promise<void> {
  expect(await contentOf(to)).toEqual(await contentOf(from))
  expect(await judgmentRows(to)).toEqual(await judgmentRows(from))
  expect(await figuresOf(to)).toEqual(await figuresOf(from))
  for (const target of ['raw', ...targets] as const) {
    expect([target, await hashOf(to, target)]).toEqual([target, await hashOf(from, target)])
  }
}

/** What must be in the project, so that a round trip without it does not pass for one with it. */
function expectEverything(prompts: readonly JudgedPrompt[]): void {
  const tasks = prompts.flatMap((prompt) => prompt.tasks)
  const judgments = tasks.flatMap((task) => task.judgments)
  const revisions = judgments.flatMap(({ earlier, latest }) => [...earlier, latest])
  const answers = revisions.flatMap(({ scores }) => scores.map(({ answer }) => answer))
  const winners = answers.flatMap((answer) => (answer.kind === 'preference' ? answer.winner : []))
  const all = <Value>(values: readonly Value[]) => [...new Set(values)].sort()
  expect(all(tasks.map(({ purpose }) => purpose))).toEqual([
    'gold',
    'qualification',
    'repeat',
    'training',
    'work',
  ])
  expect(all(winners)).toEqual(['a', 'b', 'both_bad', 'cant_judge', 'tie'])
  expect(all(answers.map(({ kind }) => kind))).toEqual([
    'choice',
    'choices',
    'ideal',
    'preference',
    'ranking',
    'scale',
    'spans',
    'text',
  ])
  expect(all(judgments.map(({ source }) => source))).toEqual(['adjudicator', 'human', 'judge'])
  expect(all(judgments.map(({ guidelinesVersion }) => guidelinesVersion))).toEqual([1, 2, null])
  expect(all(judgments.map(({ shownOrder }) => shownOrder?.length ?? 0))).toEqual([0, 1, 2, 3])
  const withdrawn = judgments.map((one) => one.withdrawn ?? 'stands')
  expect(all(withdrawn)).toEqual(['', 'Too fast', 'asleep', 'stands'])
  const facts = tasks.flatMap((task) => task.facts ?? [])
  expect(facts.map(({ repeats }) => repeats)).toContain('work')
  expect(facts.map(({ decided }) => decided)).toContain('tie')
  expect(facts.map(({ selectionProbability }) => selectionProbability)).toContain(1 / 3)
  expect(facts.map(({ expected }) => expected?.explanation)).toContain('Look again at Question 3?')
  expect(tasks.flatMap(({ skips }) => skips.map(({ reason }) => reason)).sort()).toEqual([
    'No idea',
    'Too long',
    'Too long',
    'no idea',
  ])
  expect(judgments.some(({ isExtra }) => isExtra)).toBe(true)
  expect(Math.max(...revisions.map(({ revision }) => revision))).toBe(3)
}

async function expectRoundTrip(test: TestDatabase, dialect: Dialect): Promise<void> {
  const from = await placeOf(test, await wholeProject(test))
  expectEverything(await contentOf(from))
  const { to, files } = await takenElsewhere(from, dialect)
  await expectSame(from, to)
  const before = await contentOf(to)
  const { counts } = await importFiles(to.test, to.projectId, files)
  expect(counts).toMatchObject({
    created: { prompts: 0, responses: 0, judgments: 0, skips: 0 },
    merged: 0,
    refused: 0,
  })
  expect(await contentOf(to)).toEqual(before)
}

describeEachDialect('Raw judgments imported elsewhere', (open) => {
  it('give the same judgments, figures and snapshots, and nothing the second time', async () => {
    const test = await open()
    await expectRoundTrip(test, test.url.includes('://') ? 'postgres' : 'sqlite')
  })
})

it('Raw judgments give the same on PostgreSQL as on SQLite, where they were', async () => {
  const test = await openTestDatabase('sqlite')
  opened.push(test)
  await expectRoundTrip(test, 'postgres')
})

it('Raw judgments on texts that are not here keep that', async () => {
  const test = await openTestDatabase('sqlite')
  opened.push(test)
  const line = { prompt_id: 'p1', model_a: 'x', model_b: 'y', rater: 'w1', campaign: 'crowd' }
  const lines = jsonLines({ ...line, winner: 'b', shown_first: 'b' }, { ...line, skipped: 'no' })
  const options = { format: 'rubrica', allowMissingText: true }
  const from = await makeProject(test.db)
  await importFiles(test, from.id, { 'a.jsonl': lines }, options)
  const place = await placeOf(test, from.id)
  const { folder, manifest, files } = await exportedAs(place, 'raw')
  expect(files).not.toContain('prompts.jsonl')
  const to = await makeProject(test.db)
  const taken = ['judgments.jsonl', 'campaigns.jsonl']
  const { refusals } = await importFiles(
    test,
    to.id,
    Object.fromEntries(taken.map((name) => [name, readFileSync(path.join(folder, name))])),
    options,
  )
  expect(refusals).toEqual([])
  expect(await hashOf(await placeOf(test, to.id), 'raw')).toBe(manifest.sha256)
})
