/** Real public sets, where the folder of RUBRICA_SAMPLES has them. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import type { FieldMapping } from '#app/import/field-mapping.ts'
import { savingSentence } from '#app/measure/judge-finding.ts'
import { measureCampaign, measureJudges } from '#app/measure/measure.server.ts'
import type { PairRow } from '#app/measure/standings.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Db } from '#db/open.ts'
import { openTestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const folder = path.join(process.env.RUBRICA_SAMPLES ?? '', 'data', 'llmfao')
const read = (name: string) => readFileSync(path.join(folder, name))

const responses: FieldMapping = {
  format: 'jsonl',
  record: 'response',
  columns: { id: 'id', prompt_id: 'prompt', content: 'result', latency_ms: 'duration' },
  values: {},
  join: [
    {
      file: 'prompts.jsonl',
      on: { theirs: 'id', here: 'prompt' },
      columns: { prompt: 'text', tags: 'type' },
    },
    { file: 'models.jsonl', on: { theirs: 'id', here: 'model' }, columns: { model: 'name' } },
  ],
}

const comparisons: FieldMapping = {
  format: 'csv',
  record: 'pairwise',
  columns: {
    prompt_id: 'prompt',
    model_a: 'left',
    model_b: 'right',
    winner: 'winner',
    rater: 'worker',
  },
  values: { winner: { left: 'a', right: 'b' } },
  join: [],
}

/** The verdicts of one judging model on pairs of the same crowd. */
const judged: FieldMapping = {
  format: 'csv',
  record: 'pairwise',
  columns: { prompt_id: 'prompt', model_a: 'left', model_b: 'right', winner: 'winner' },
  values: { winner: { left: 'a', right: 'b' } },
  constants: { source: 'judge', rater: 'gpt-4' },
  join: [],
}

/**
 * Bradley–Terry by Zermelo's fixed point (Mathematische Zeitschrift 29, 1929): each worth is its points
 * over the sum of meetings by worths, again and again. Slow, and nothing like the product's own way.
 */
function textbookStrengths(pairs: readonly PairRow[]): Map<string, number> {
  const met = pairs.map((pair) => {
    const even = pair.ties + pair.both_bad
    const count = pair.wins_a + pair.wins_b + even
    return { a: pair.a_id, b: pair.b_id, count, points: pair.wins_a + even / 2 }
  })
  const ids = [...new Set(met.flatMap(({ a, b }) => [a, b]))]
  let worths = new Map(ids.map((id) => [id, 1]))
  for (let turn = 0; turn < 20_000; turn++) {
    const points = new Map<string, number>()
    const meetings = new Map<string, number>()
    const add = (to: Map<string, number>, id: string, value: number) =>
      to.set(id, (to.get(id) ?? 0) + value)
    for (const { a, b, count, points: own } of met) {
      const share = count / ((worths.get(a) ?? 1) + (worths.get(b) ?? 1))
      add(points, a, own)
      add(points, b, count - own)
      add(meetings, a, share)
      add(meetings, b, share)
    }
    const next = new Map(ids.map((id) => [id, (points.get(id) ?? 0) / (meetings.get(id) ?? 1)]))
    const logs = ids.map((id) => Math.log(next.get(id) ?? 1))
    const mean = logs.reduce((sum, log) => sum + log, 0) / ids.length
    const centred = new Map(ids.map((id, at) => [id, Math.exp((logs[at] ?? 0) - mean)]))
    const change = ids.reduce(
      (most, id) => Math.max(most, Math.abs((centred.get(id) ?? 0) - (worths.get(id) ?? 0))),
      0,
    )
    worths = centred
    if (change < 1e-12) break
  }
  return new Map(ids.map((id) => [id, Math.log(worths.get(id) ?? 1)]))
}

/** Leaves people's verdicts on half of the pairs alone, by chance. */
async function forgetMostOfTheCrowd(db: Db): Promise<void> {
  const tasks = await db.read.selectFrom('task').select('id').orderBy('id').execute()
  const random = seededRandom(4)
  const forgotten = tasks.filter(() => random() > 0.5).map(({ id }) => id)
  await db.write
    .updateTable('judgment')
    .set({ withdrawn_at: 1, withdrawn_reason: 'held out' })
    .where(oneOf(db.write, 'task_id', forgotten))
    .where('source', '=', 'human')
    .execute()
}

describe.runIf(process.env.RUBRICA_SAMPLES !== undefined && existsSync(folder))(
  'A crowd’s 8,931 comparisons of 70 models',
  () => {
    it('go through with nothing refused, and give standings', async () => {
      const test = await openTestDatabase('sqlite')
      const project = await makeProject(test.db)
      const texts = await importFiles(
        test,
        project.id,
        {
          'results.jsonl': read('results.jsonl'),
          'prompts.jsonl': read('prompts.jsonl'),
          'models.jsonl': read('models.jsonl'),
        },
        { format: 'mapped', mapping: responses },
      )
      expect(texts.counts).toMatchObject({ created: { prompts: 19, responses: 1_133 }, refused: 0 })
      const models = await test.db.read.selectFrom('model').select('id').execute()
      expect(models).toHaveLength(70)
      const crowd = await importFiles(
        test,
        project.id,
        { 'crowd.csv': read('crowd-comparisons.csv') },
        { format: 'mapped', mapping: comparisons, campaign: 'crowd' },
      )
      expect(crowd.counts).toMatchObject({ created: { judgments: 8_931 }, refused: 0 })
      const raters = await test.db.read.selectFrom('rater').select('id').execute()
      expect(raters).toHaveLength(124)
      const campaign = await test.db.read
        .selectFrom('campaign')
        .select('id')
        .executeTakeFirstOrThrow()
      const { standings } = await measureCampaign(test.db.read, {
        projectId: project.id,
        campaignId: campaign.id,
      })
      expect(standings.models).toHaveLength(59)
      expect(standings.models.every((row) => row.strength !== null)).toBe(true)
      expect(standings.models[0]?.model).toBe('GPT 4')
      const wins = standings.pairs.reduce((sum, pair) => sum + pair.wins_a + pair.wins_b, 0)
      expect(wins).toBe(2_911 + 2_549)
      const slow = textbookStrengths(standings.pairs)
      for (const row of standings.models) {
        expect(Math.abs((slow.get(row.model_id) ?? 0) - (row.strength ?? 9))).toBeLessThan(1e-6)
      }
      const judges = await importFiles(
        test,
        project.id,
        { 'gpt4.csv': read('gpt4-crowd-comparisons.csv') },
        { format: 'mapped', mapping: judged, campaign: 'crowd' },
      )
      expect(judges.counts.refused).toBe(0)
      const report = must(
        await measureJudges(test.db.read, { projectId: project.id, campaignId: campaign.id }),
        'the report on judges',
      )
      expect(report.judges).toHaveLength(1)
      const [gpt4] = report.judges
      expect(gpt4?.shared_pairs).toBeGreaterThan(1_000)
      expect(gpt4?.agreement.value).toBeGreaterThan(0.4)
      expect(gpt4?.kappa.value).toBeGreaterThan(0.2)
      expect(report.combined).toHaveLength(59)
      // The crowd judged every pair that the model judged, so that nothing is left to predict.
      expect(savingSentence(report)).toContain('could not be joined')
      const whole = new Map(standings.models.map((row) => [row.model, row]))
      await forgetMostOfTheCrowd(test.db)
      const some = must(
        await measureJudges(test.db.read, { projectId: project.id, campaignId: campaign.id }),
        'the report on judges',
      )
      const combined = some.combined.flatMap((row) =>
        row.combined ? [{ ...row, ...row.combined }] : [],
      )
      expect(combined.length).toBeGreaterThan(30)
      const held = combined.filter((row) => {
        const truth = whole.get(row.model)?.win_rate ?? Number.NaN
        return row.low <= truth && truth <= row.high
      })
      // Not all: the win rate of all judgments has opponents in other proportions than pairs have.
      expect(held.length / combined.length).toBeGreaterThan(0.85)
      await test.remove()
    })
  },
)
