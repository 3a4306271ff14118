/** Real public sets, where the folder of RUBRICA_SAMPLES has them. */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { describe, expect, it } from 'vitest'
import type { FieldMapping } from '#app/import/field-mapping.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
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
      const judged = await importFiles(
        test,
        project.id,
        { 'crowd.csv': read('crowd-comparisons.csv') },
        { format: 'mapped', mapping: comparisons, campaign: 'crowd' },
      )
      expect(judged.counts).toMatchObject({ created: { judgments: 8_931 }, refused: 0 })
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
      await test.remove()
    })
  },
)
