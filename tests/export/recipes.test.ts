import { expect, it } from 'vitest'
import type { TargetName } from '#app/export/targets/all.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { exportedFolder, judgedProject } from '#tests/support/exporting.ts'

const prompt = (id: string, models: readonly string[], change: object = {}) => ({
  id,
  prompt: `Question ${id}?`,
  responses: models.map((model) => ({ model, content: `${model} answers ${id}` })),
  ...change,
})
const verdict = (prompt_id: string, winner: string, rater: string, change: object = {}) => ({
  prompt_id,
  model_a: 'x',
  model_b: 'y',
  winner,
  rater,
  campaign: 'pairs',
  ...change,
})
const grade = (
  prompt_id: string,
  model: string,
  score: number,
  rater: string,
  criterion = 'help',
) => ({
  prompt_id,
  model,
  criterion,
  score,
  rater,
  campaign: 'grades',
})
const ranking = (prompt_id: string, order: string[][], rater: string) => ({
  prompt_id,
  ranking: order,
  rater,
  campaign: 'orders',
})

const lines = [
  prompt('p1', ['x', 'y'], { tags: ['maths'] }),
  prompt('p2', ['x', 'y'], { tags: ['code'] }),
  prompt('p3', ['x', 'y']),
  prompt('p4', ['x', 'y', 'z']),
  verdict('p1', 'a', 'w1', { strength: 3 }),
  verdict('p1', 'a', 'w2', { strength: 1 }),
  verdict('p1', 'b', 'w3', { strength: 1 }),
  verdict('p2', 'tie', 'w1'),
  verdict('p2', 'tie', 'w2'),
  verdict('p3', 'both_bad', 'w1', { ideal: 'As it should be.' }),
  verdict('p3', 'both_bad', 'w2'),
]
const graded = [
  prompt('g1', ['x', 'y', 'z']),
  prompt('g2', ['x']),
  grade('g1', 'x', 5, 'w1'),
  grade('g1', 'y', 1, 'w1'),
  grade('g1', 'z', 3, 'w1'),
  grade('g1', 'x', 3, 'w2'),
  grade('g1', 'y', 1, 'w2'),
  grade('g1', 'x', 4, 'w1', 'tone'),
  grade('g2', 'x', 2, 'w1'),
]

async function rowsFor(
  test: TestDatabase,
  given: readonly unknown[],
  target: TargetName,
  policy: object = {},
) {
  const scope = await judgedProject(test, given)
  const { manifest, linesOf } = await exportedFolder(test, scope, { target, policy })
  const [config = ''] = manifest.rows.flatMap((one) => (one.config === 'ties' ? [] : [one.config]))
  return { manifest, rows: linesOf(`${config}/train.jsonl`), ties: linesOf('ties/train.jsonl') }
}

describeEachDialect('A recipe', (open) => {
  it('gives pairs with how much better raters called the better one', async () => {
    const { rows, manifest } = await rowsFor(await open(), lines, 'trl-preference', {
      margin: 'required',
    })
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      prompt_id: 'p1',
      chosen_model: 'x',
      rejected_model: 'y',
      n_raters: 3,
      raters: ['w1', 'w2', 'w3'],
      agreement: 2 / 3,
      margin: (1 + 1 / 3) / 2,
      campaign: 'pairs',
    })
    expect(manifest.dropped).toEqual({ tie: 1, 'both-bad': 1 })
    expect(manifest.considered).toBe(3)
  })

  it('leaves pairs out that are hardly different, or of which nobody said how much', async () => {
    const more = [...lines, prompt('p5', ['x', 'y']), verdict('p5', 'a', 'w1')]
    const { rows, manifest } = await rowsFor(await open(), more, 'trl-preference', {
      minimumMargin: 0.7,
    })
    expect(rows).toEqual([])
    expect(manifest.dropped).toMatchObject({ 'low-margin': 1, 'no-margin': 1 })
  })

  it('puts ties and both bad in a file of their own, never among the pairs', async () => {
    const { rows, ties, manifest } = await rowsFor(await open(), lines, 'trl-preference', {
      ties: 'own file',
      bothBad: 'own file',
    })
    expect(rows).toHaveLength(1)
    expect(ties.map((row) => [row.prompt_id, row.verdict]).sort()).toEqual([
      ['p2', 'tie'],
      ['p3', 'both_bad'],
    ])
    const dropped = Object.values(manifest.dropped).reduce((sum, count) => sum + count, 0)
    expect(manifest.considered - dropped).toBe(rows.length)
  })

  it('labels each response once, and both bad as bad where the policy says so', async () => {
    const test = await open()
    const { rows } = await rowsFor(test, lines, 'trl-kto', { bothBad: 'labels' })
    const labels = rows.map((row) => [row.prompt_id, row.model, row.label]).sort()
    expect(labels).toEqual([
      ['p1', 'x', true],
      ['p1', 'y', false],
      ['p3', 'x', false],
      ['p3', 'y', false],
    ])
  })

  it('labels by grades where there are grades', async () => {
    const { rows } = await rowsFor(await open(), graded, 'trl-kto')
    expect(rows.map((row) => [row.prompt_id, row.model, row.label]).sort()).toEqual([
      ['g1', 'x', true],
      ['g1', 'y', false],
      ['g1', 'z', true],
      ['g2', 'x', false],
    ])
  })

  it('gives what a person wrote as ideal before the best response', async () => {
    const { rows } = await rowsFor(await open(), lines, 'trl-sft')
    const p3 = rows.find((row) => row.prompt_id === 'p3')
    expect(p3?.completion).toEqual([{ role: 'assistant', content: 'As it should be.' }])
    expect(rows.find((row) => row.prompt_id === 'p1')?.model).toBe('x')
  })

  it('gives an order of all judged responses, equal ones sharing a rank', async () => {
    const given = [
      prompt('r1', ['x', 'y', 'z']),
      ranking('r1', [['x'], ['y', 'z']], 'w1'),
      ranking('r1', [['x'], ['z', 'y']], 'w2'),
    ]
    const { rows } = await rowsFor(await open(), given, 'ranking')
    expect(rows[0]?.answers).toMatchObject([
      { model: 'x', rank: 1, score: 1 },
      { rank: 2, score: 0.25 },
      { rank: 2, score: 0.25 },
    ])
  })

  it('gives pairs of rankings too, of those whom a rater ranked', async () => {
    const given = [prompt('r1', ['x', 'y', 'z']), ranking('r1', [['x'], ['y']], 'w1')]
    const { rows } = await rowsFor(await open(), given, 'trl-preference')
    expect(rows.map((row) => [row.chosen_model, row.rejected_model])).toEqual([['x', 'y']])
  })

  it('gives pairs of grades by one rater, and scores with what each rater gave', async () => {
    const test = await open()
    const pairs = await rowsFor(test, graded, 'trl-preference')
    expect(
      pairs.rows.map((row) => [row.chosen_model, row.rejected_model, row.n_raters]).sort(),
    ).toEqual([
      ['x', 'y', 2],
      ['x', 'z', 1],
      ['z', 'y', 1],
    ])
    const other = await open()
    const { rows } = await rowsFor(other, graded, 'helpsteer')
    expect(rows.find((row) => row.response === 'x answers g1')).toMatchObject({
      help: 4,
      tone: 4,
      disagreements: { help: [5, 3], tone: [4] },
    })
  })

  it('gives prompts, with a reference where there is a good answer', async () => {
    const test = await open()
    const { rows } = await rowsFor(test, lines, 'trl-prompts')
    expect(rows.map((row) => [row.prompt_id, row.reference ?? null]).sort()).toEqual([
      ['p1', 'x answers p1'],
      ['p2', null],
      ['p3', 'As it should be.'],
    ])
    const other = await open()
    const evals = await rowsFor(other, lines, 'openai-evals')
    expect(evals.rows).toHaveLength(2)
    expect(evals.manifest.dropped).toEqual({ 'no-reference': 1 })
  })

  it('hears an adjudicator first where it is asked to, and not otherwise', async () => {
    const given = [
      prompt('p1', ['x', 'y']),
      ...['w1', 'w2'].map((rater) => verdict('p1', 'a', rater)),
      verdict('p1', 'b', 'lead', { source: 'adjudicator' }),
    ]
    const first = await rowsFor(await open(), given, 'trl-preference', {
      aggregation: 'adjudicated',
    })
    expect(first.rows[0]).toMatchObject({ chosen_model: 'y', n_raters: 3 })
    const majority = await rowsFor(await open(), given, 'trl-preference')
    expect(majority.rows[0]).toMatchObject({ chosen_model: 'x', n_raters: 2 })
  })

  it('tells of the judgments on the prompts that were asked for, and of no others', async () => {
    const { manifest } = await rowsFor(await open(), lines, 'trl-preference', { tags: ['maths'] })
    expect(manifest).toMatchObject({ judgments: 3, raters: 3, dropped: { 'other-prompt': 2 } })
  })

  it('counts a rater once whom two campaigns asked the same', async () => {
    const given = [
      prompt('p1', ['x', 'y']),
      verdict('p1', 'a', 'w1', { created_at: '2026-01-01T00:00:00Z' }),
      verdict('p1', 'b', 'w1', { campaign: 'again', created_at: '2026-02-01T00:00:00Z' }),
      verdict('p1', 'b', 'w2', { campaign: 'again' }),
    ]
    const { rows } = await rowsFor(await open(), given, 'trl-preference')
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({
      chosen_model: 'y',
      n_raters: 2,
      agreement: 1,
      campaign: 'again, pairs',
    })
  })
})
