/** Standings of a campaign as the product measures and serves them, from a database of its own. */
import path from 'node:path'
import { completeCounts, storeCounts } from '#app/measure/counts.server.ts'
import { measureStandings, refreshStandings } from '#app/measure/measure.server.ts'
import { quantile } from '#app/stats/quantile.ts'
import { inTransaction } from '#db/open.ts'
import { makeProject, openCampaign } from '#tests/support/project.ts'
import { admin, databaseOf, removeServer, signIn, startServer } from '#tests/support/server.ts'
import { fillWithJudgments, noteChanges } from './bench-export-data.ts'

const visits = 30

/** Milliseconds that something takes, once. */
async function timeOf(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await run()
  return performance.now() - started
}

export async function measureFromDatabase({
  judgments,
  prompts,
  models,
  say,
}: {
  judgments: number
  prompts: number
  models: number
  say: (words: string) => void
}): Promise<void> {
  const server = await startServer({ runsWorker: false })
  const db = databaseOf(server)
  const { id: projectId, slug } = await makeProject(db, 'Bench')
  const campaignId = await openCampaign(db, projectId, { overlap: 3 })
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  fillWithJudgments(path.join(server.dataDir, 'rubrica.db'), {
    projectId,
    campaignId,
    criterionId: criterion.id,
    prompts,
    judgments,
    models: Array.from({ length: models }, (_, place) => `model-${String(place).padStart(3, '0')}`),
  })
  const scope = { projectId, campaignId }
  const started = performance.now()
  const { tally } = await measureStandings(db.read, scope)
  const anew = performance.now() - started
  await storeCounts(db, { ...scope, tally })
  const complete = { ...scope, raterIds: tally.raters, now: Date.now() }
  await inTransaction(db, (trx) => completeCounts(trx, complete))
  const cold = await timeOf(() => refreshStandings(db, scope))
  noteChanges(path.join(server.dataDir, 'rubrica.db'), { ...scope, count: 20 })
  const warm = await timeOf(() => refreshStandings(db, scope))
  const cookie = await signIn(server.url, admin.email, admin.password)
  const page = `${server.url}/p/${slug}/measure/${campaignId}`
  const times: number[] = []
  let bytes = 0
  for (let visit = 0; visit < visits + 5; visit++) {
    const asked = performance.now()
    const response = await fetch(page, { headers: { Cookie: cookie } })
    bytes = (await response.arrayBuffer()).byteLength
    if (response.status !== 200) throw new Error(`The page answered ${response.status}.`)
    if (visit >= 5) times.push(performance.now() - asked)
  }
  times.sort((one, other) => one - other)
  const at = (share: number) => quantile(times, share).toFixed(0)
  say(
    `  ${judgments.toLocaleString('en')} judgments on ${prompts.toLocaleString('en')} prompts: from all judgments ${(anew / 1_000).toFixed(1)} s; from counts read cold ${(cold / 1_000).toFixed(2)} s (under 3); with 20 judgments changed and counts in memory ${(warm / 1_000).toFixed(2)} s`,
  )
  say(
    `    the page, ${visits} visits over HTTP: median ${at(0.5)} ms, p95 ${at(0.95)} ms (under 50), ${(bytes / 1_000).toFixed(0)} kB`,
  )
  await db.close()
  await removeServer(server)
}
