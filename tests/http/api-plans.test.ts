/** What a page of a list costs: it is found by an index, in the order in which it is given. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listMembersAfter } from '#app/access/member-pages.server.ts'
import { listCampaignsAfter } from '#app/assign/campaigns.server.ts'
import { listTasksAfter } from '#app/assign/task-pages.server.ts'
import { listDatasetsAfter } from '#app/export/datasets.server.ts'
import { listSnapshotsAfter } from '#app/export/snapshots.server.ts'
import { listBatchesAfter, listRefusals } from '#app/import/batches.server.ts'
import { listModelsAfter } from '#app/projects/model-pages.server.ts'
import { listJudgmentsAfter } from '#app/rate/judgment-pages.server.ts'
import type { Queries } from '#db/schema.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { judgeAll } from '#tests/support/judging.ts'
import { plansOf } from '#tests/support/plans.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'

describe('A page of a list', () => {
  let test: TestDatabase
  let projectId = ''
  let campaignId = ''

  beforeAll(async () => {
    test = await openTestDatabase('sqlite')
    const { db } = test
    projectId = (await makeProject(db)).id
    await importFiles(test, projectId, { 'a.jsonl': promptLines(8, ['a', 'b']) })
    campaignId = await openCampaign(db, projectId, {})
    const rater = await makePerson(db, { projectId, roles: ['annotator'] })
    await judgeAll({ db, projectId, campaignId }, rater, () => ({ winner: 'a' }))
  })
  afterAll(() => test.remove())

  const page = { after: '0', limit: 5 }
  const kinds = new Set<never>()
  const lists: [string, (queries: Queries) => Promise<unknown>][] = [
    ['members', (queries) => listMembersAfter(queries, projectId, page)],
    ['models', (queries) => listModelsAfter(queries, projectId, page)],
    ['imports', (queries) => listBatchesAfter(queries, projectId, page)],
    ['campaigns', (queries) => listCampaignsAfter(queries, projectId, page)],
    ['datasets', (queries) => listDatasetsAfter(queries, projectId, page)],
    ['tasks', (queries) => listTasksAfter(queries, { projectId, campaignId }, page)],
    ['judgments', (queries) => listJudgmentsAfter(queries, { projectId, kinds }, page)],
    [
      'judgments of a campaign',
      (queries) => listJudgmentsAfter(queries, { projectId, campaignId, kinds }, page),
    ],
    [
      'refusals',
      (queries) => listRefusals(queries, { projectId, batchId: 'none', after: 3, limit: 5 }),
    ],
  ]

  it('of snapshots is read by an index from its number on', async () => {
    const [rows = []] = await plansOf(test.db, (queries) =>
      listSnapshotsAfter(queries, { projectId, datasetId: 'none' }, { after: 3, limit: 5 }),
    )
    expect(rows.join('\n')).not.toMatch(/SCAN|TEMP B-TREE/)
    expect(rows[0]).toMatch(/project_id=\?.*number>\?/)
  })

  it.each(lists)('of %s is read by an index from its key on', async (_, list) => {
    const [rows = [], ...beside] = await plansOf(test.db, list)
    const plan = rows.join('\n')
    expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
    expect(plan.split('\n')[0]).toMatch(/project_id=\?.*(id|ordinal)>\?/)
    // What stands beside a page is found by the page's own ids.
    for (const other of beside) {
      expect(other.join('\n').replace('SCAN json_each', '')).not.toMatch(/SCAN (?!json)/)
    }
  })
})
