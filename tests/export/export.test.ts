import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { policySchema } from '#app/export/policy.ts'
import type { TargetName } from '#app/export/targets/all.ts'
import { writeDataset } from '#app/export/write-dataset.server.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import type { Winner } from '#db/schema.ts'
import {
  describeEachDialect,
  openTestDatabase,
  type TestDatabase,
} from '#tests/support/database.ts'
import { problemsOfFolder } from '#tests/support/dataset-format.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

const prompts = [
  ...Array.from({ length: 6 }, (_, place) => ({
    id: `p${place}`,
    prompt: `Question ${place}? \u2028 “ünïcode”`,
    tags: ['t'],
    responses: ['x', 'y'].map((model) => ({ model, content: `${model} says ${place}` })),
  })),
  {
    id: 'empty',
    prompt: 'Empty?',
    responses: [
      { model: 'x', content: ' ' },
      { model: 'y', content: 'words' },
    ],
  },
  {
    id: 'same',
    prompt: 'Same?',
    responses: [
      { model: 'x', content: 'alike' },
      { model: 'y', content: 'alike ' },
    ],
  },
  {
    id: 'open',
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello' },
    ],
    responses: ['x', 'y'].map((model) => ({ model, content: `${model}!` })),
  },
]

const verdict = (prompt_id: string, winner: Winner, rater: string, change: object = {}) => ({
  prompt_id,
  model_a: 'x',
  model_b: 'y',
  winner,
  rater,
  campaign: 'crowd',
  ...change,
})

const verdicts = [
  verdict('p0', 'a', 'w1', {
    strength: 2,
    comment: 'clear',
    reasons: ['Correct'],
    active_ms: 1200,
  }),
  verdict('p0', 'a', 'w2', { shown_first: 'b' }),
  verdict('p0', 'tie', 'w3'),
  verdict('p1', 'b', 'w1', { created_at: '2026-01-01T00:00:00.000Z' }),
  verdict('p1', 'cant_judge', 'w2'),
  verdict('p2', 'a', 'w1'),
  verdict('p2', 'b', 'w2'),
  verdict('p3', 'tie', 'w1'),
  verdict('p4', 'both_bad', 'w1'),
  verdict('p5', 'cant_judge', 'w1'),
  verdict('empty', 'a', 'w1'),
  verdict('same', 'a', 'w1'),
  verdict('open', 'a', 'w1'),
  verdict('p1', 'tie', 'w9', { is_extra: true }),
  {
    prompt_id: 'p1',
    model_a: 'x',
    model_b: 'y',
    skipped: 'no idea',
    rater: 'w4',
    campaign: 'crowd',
  },
  verdict('p2', 'tie', 'w5', { created_at: '2026-01-01T00:00:00.000Z' }),
  verdict('p2', 'b', 'w5', { created_at: '2026-01-02T00:00:00.000Z', ideal: 'Better words.' }),
]

async function imported(test: TestDatabase) {
  const project = await makeProject(test.db)
  await importFiles(test, project.id, { 'a.jsonl': jsonl(...prompts, ...verdicts) })
  const { id } = await test.db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
  return { projectId: project.id, campaignId: id }
}

async function exported(
  test: TestDatabase,
  scope: { projectId: string; campaignId: string },
  target: TargetName,
  policy: object = {},
) {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'rubrica-export-')), 'out')
  const manifest = await writeDataset(test.db, {
    projectId: scope.projectId,
    campaignIds: [scope.campaignId],
    projectName: 'Test',
    name: 'A dataset: with "quotes"',
    target,
    policy: policySchema.parse(policy),
    folder,
  })
  const rowsOf = (file: string) =>
    existsSync(path.join(folder, file))
      ? readFileSync(path.join(folder, file), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line))
      : []
  return { folder, manifest, rowsOf }
}

describeEachDialect('Exporting', (open) => {
  it('writes exactly the preference rows that the policy says', async () => {
    const test = await open()
    const scope = await imported(test)
    const { folder, manifest, rowsOf } = await exported(test, scope, 'trl-preference')
    const rows = rowsOf('preference/train.jsonl')
    const seen = rows.map((row) => [row.prompt_id, row.chosen_model, row.n_raters]).sort()
    expect(seen).toEqual([
      ['p0', 'x', 3],
      ['p1', 'y', 1],
      ['p2', 'y', 3],
    ])
    const p0 = rows.find((row) => row.prompt_id === 'p0')
    expect(p0).toMatchObject({
      prompt: [{ role: 'user', content: 'Question 0? \u2028 “ünïcode”' }],
      chosen: [{ role: 'assistant', content: 'x says 0' }],
      rejected: [{ role: 'assistant', content: 'y says 0' }],
    })
    expect(manifest).toMatchObject({
      considered: 9,
      dropped: {
        tie: 1,
        'both-bad': 1,
        'cant-judge': 1,
        empty: 1,
        identical: 1,
        'prompt-end': 1,
      },
    })
    expect(problemsOfFolder(folder)).toEqual([])
  })

  it('asks for more raters where the policy does', async () => {
    const test = await open()
    const scope = await imported(test)
    const { rowsOf, manifest } = await exported(test, scope, 'trl-preference', { minimumRaters: 3 })
    expect(
      rowsOf('preference/train.jsonl')
        .map((row) => row.prompt_id)
        .sort(),
    ).toEqual(['p0', 'p2'])
    expect(manifest.dropped['too-few-raters']).toBeGreaterThan(0)
  })

  it('writes the best response of each prompt for fine-tuning', async () => {
    const test = await open()
    const scope = await imported(test)
    const { folder, rowsOf } = await exported(test, scope, 'trl-sft')
    const rows = rowsOf('sft/train.jsonl')
    const best = rows.map((row) => [row.prompt_id, row.model]).sort()
    expect(best).toEqual([
      ['p0', 'x'],
      ['p1', 'y'],
      ['p2', 'a person'],
      ['same', 'x'],
    ])
    expect(rows[0].completion.at(-1).role).toBe('assistant')
    expect(problemsOfFolder(folder)).toEqual([])
  })

  it('writes raw judgments without loss: imported elsewhere they are the same', async () => {
    const test = await open()
    const scope = await imported(test)
    const one = await exported(test, scope, 'raw')
    expect(problemsOfFolder(one.folder)).toEqual([])
    const other = await openTestDatabase('sqlite')
    const project = await makeProject(other.db)
    const { counts } = await importFiles(other, project.id, {
      'judgments.jsonl': readFileSync(path.join(one.folder, 'judgments.jsonl')),
      'prompts.jsonl': readFileSync(path.join(one.folder, 'prompts.jsonl')),
    })
    expect(counts.refused).toBe(0)
    expect(counts.created.judgments).toBe(15)
    const { id } = await other.db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const there = { projectId: project.id, campaignId: id }
    const two = await exported(other, there, 'raw')
    expect(two.rowsOf('judgments.jsonl')).toEqual(one.rowsOf('judgments.jsonl'))
    expect(two.manifest.sha256).toBe(one.manifest.sha256)
    const before = await measureCampaign(test.db.read, scope)
    const after = await measureCampaign(other.db.read, there)
    expect(after.agreement.criteria).toEqual(before.agreement.criteria)
    await other.remove()
  })

  it('gives the same bytes for the same data and policy', async () => {
    const test = await open()
    const scope = await imported(test)
    const one = await exported(test, scope, 'trl-preference')
    const other = await exported(test, scope, 'trl-preference')
    expect(other.manifest).toEqual(one.manifest)
    const again = await openTestDatabase('sqlite')
    const elsewhere = await exported(again, await imported(again), 'trl-preference')
    expect(elsewhere.manifest.sha256).toBe(one.manifest.sha256)
    await again.remove()
  })

  it('leaves an empty file out, and its card loads nothing', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    await importFiles(test, project.id, {
      'a.jsonl': jsonl(prompts[0], verdict('p0', 'tie', 'w1')),
    })
    const { id } = await test.db.read.selectFrom('campaign').select('id').executeTakeFirstOrThrow()
    const scope = { projectId: project.id, campaignId: id }
    const { folder, manifest } = await exported(test, scope, 'trl-preference')
    expect(existsSync(path.join(folder, 'preference/train.jsonl'))).toBe(false)
    expect(manifest.files).toEqual([])
    expect(readFileSync(path.join(folder, 'README.md'), 'utf8')).not.toContain('configs:')
  })
})
