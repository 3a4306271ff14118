import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { listComparisons } from '#app/measure/comparisons.server.ts'
import { storeCounts } from '#app/measure/counts.server.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import { saveRedaction } from '#app/projects/project-settings.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

describeEachDialect('The comparisons of two models', (makeDatabase) => {
  it('are told prompt by prompt, from either side, a page at a time', async () => {
    const test = await makeDatabase()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const lines = Array.from({ length: 5 }, (_, place) => [
      {
        id: `p${place}`,
        prompt: place === 4 ? 'Q4 of ann@firma.de?' : `Q${place}?`,
        responses: ['x', 'y', 'z'].map((model) => ({ model, content: `${model} ${place}` })),
      },
      ...(['a', 'tie', place === 0 ? 'both_bad' : 'a'] as const).map((winner, rater) => ({
        prompt_id: `p${place}`,
        model_a: 'y',
        model_b: 'x',
        winner,
        rater: `w${rater}`,
        campaign: 'c',
      })),
      {
        prompt_id: `p${place}`,
        model_a: 'z',
        model_b: 'x',
        winner: 'a',
        rater: 'w',
        campaign: 'c',
      },
    ]).flat()
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    await importFiles(test, projectId, { 'a.jsonl': `${text}\n` })
    const { id: campaignId } = await db.read
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    const scope = { projectId, campaignId }
    const { tally } = await measureCampaign(db.read, scope)
    await storeCounts(db, { ...scope, tally })
    const models = await listModels(db.read, projectId)
    const idOf = (name: string) => must(models.find((model) => model.name === name)?.id, name)
    const asked = { ...scope, one: idOf('y'), other: idOf('x'), after: '', limit: 3 }
    const first = await listComparisons(db.read, asked)
    expect(first.hasMore).toBe(true)
    expect(
      first.comparisons.map(({ wins, losses, ties, bothBad }) => [wins, losses, ties, bothBad]),
    ).toEqual([
      [1, 0, 1, 1],
      [2, 0, 1, 0],
      [2, 0, 1, 0],
    ])
    const after = must(first.comparisons.at(-1), 'the last').promptId
    const rest = await listComparisons(db.read, { ...asked, after })
    expect(rest).toMatchObject({ hasMore: false })
    expect(rest.comparisons.map(({ preview }) => preview)).toEqual(['Q3?', 'Q4 of ann@firma.de?'])
    await inTransaction(db, (trx) => saveRedaction(trx, projectId, { kinds: ['email'] }))
    const hidden = await listComparisons(db.read, { ...asked, after })
    expect(hidden.comparisons[1]?.preview).not.toContain('ann@firma.de')
    const turned = await listComparisons(db.read, { ...asked, one: idOf('x'), other: idOf('y') })
    expect(turned.comparisons[1]).toMatchObject({ wins: 0, losses: 2, ties: 1 })
    const none = await listComparisons(db.read, { ...asked, one: idOf('z'), other: idOf('y') })
    expect(none).toEqual({ comparisons: [], hasMore: false })
  })
})
