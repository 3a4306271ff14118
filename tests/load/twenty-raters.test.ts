/** Twenty raters at once over HTTP, on both databases, with everything that goes wrong on a working day. */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { seededRandom } from '#app/stats/seeded-random.ts'
import type { Db } from '#db/open.ts'
import { type Dialect, makePostgresDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '#tests/support/project.ts'
import { type RaterLine, sendToDesk, submissionOf } from '#tests/support/raters.ts'
import { databaseOf, makeMember, removeServer, signIn, startServer } from '#tests/support/server.ts'

const raters = 20
const tasks = 1_000
const overlap = 3

interface Told {
  /** Assignments whose judgment was acknowledged as saved. */
  acknowledged: Set<string>
  extra: Set<string>
  skipped: number
  abandoned: number
  changedByRepeat: number
}

async function work(
  line: RaterLine,
  { db, criterionId, seed, told }: { db: Db; criterionId: string; seed: number; told: Told },
): Promise<void> {
  const random = seededRandom(seed)
  let inHand: string[] = []
  const late: string[] = []
  for (let step = 0; ; step++) {
    const claimed = await sendToDesk(line, { intent: 'claim', have: [] })
    inHand = claimed.tasks.map((task) => task.assignmentId)
    const [assignmentId] = inHand
    if (assignmentId === undefined) break
    const chance = random()
    if (chance < 0.03) {
      const message = { intent: 'skip', have: inHand, assignmentId, reason: 'not for me' }
      await sendToDesk(line, message)
      told.skipped += 1
    } else if (chance < 0.06) {
      // The rater walks away: the hold ends, and the judgment may come late.
      await db.write
        .updateTable('assignment')
        .set({ held_until: 0 })
        .where('id', '=', assignmentId)
        .where('status', '=', 'held')
        .execute()
      told.abandoned += 1
      if (chance < 0.045) late.push(assignmentId)
      continue
    } else {
      await submitTwice(line, { assignmentId, criterionId, place: step, told })
    }
    if (late.length > 0 && random() < 0.3) {
      const overdue = late.shift() ?? ''
      await submitTwice(line, { assignmentId: overdue, criterionId, place: step, told })
    }
  }
}

async function submitTwice(
  line: RaterLine,
  {
    assignmentId,
    criterionId,
    place,
    told,
  }: { assignmentId: string; criterionId: string; place: number; told: Told },
) {
  const submission = submissionOf(assignmentId, criterionId, place)
  const message = { intent: 'submit', have: [], submission }
  const [one, other] = await Promise.all([sendToDesk(line, message), sendToDesk(line, message)])
  for (const reply of [one, other]) {
    if (!reply.saved?.ok) continue
    told.acknowledged.add(assignmentId)
    if (reply.saved.isExtra) told.extra.add(assignmentId)
    if (reply.saved.revision !== 1) told.changedByRepeat += 1
  }
}

async function run(dialect: Dialect) {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'rubrica-load-'))
  const postgres = dialect === 'postgres' ? await makePostgresDatabase() : undefined
  const shared = { dataDir, runsWorker: false, ...(postgres && { databaseUrl: postgres.url }) }
  const servers = [await startServer(shared)]
  if (postgres) servers.push(await startServer(shared))
  const [first] = servers
  if (!first) throw new Error('no server')
  const db = databaseOf(first)
  const project = await makeProject(db, 'Load')
  const test = { db, folder: dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(test, project.id, { 'a.jsonl': promptLines(tasks, ['a', 'b']) })
  const campaignId = await openCampaign(db, project.id, { overlap })
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const told: Told = {
    acknowledged: new Set(),
    extra: new Set(),
    skipped: 0,
    abandoned: 0,
    changedByRepeat: 0,
  }
  const urls = servers.map((server) => server.url)
  const lines: RaterLine[] = []
  for (let rater = 0; rater < raters; rater++) {
    const email = `rater-${rater}@example.org`
    await makeMember(db, { projectId: project.id, email, roles: ['annotator'] })
    const cookie = await signIn(first.url, email)
    lines.push({ urls, cookie, place: `/p/${project.slug}/rate/${campaignId}/answers` })
  }
  const scope = { db, criterionId: criterion.id, told }
  await Promise.all(lines.map((line, seed) => work(line, { ...scope, seed })))
  // Holds that were walked away from at the very end are taken up by whoever comes last.
  await Promise.all(lines.map((line, seed) => work(line, { ...scope, seed: 1_000 + seed })))
  const close = async () => {
    await db.close()
    for (const server of servers) await removeServer(server)
    await postgres?.drop()
  }
  return { db, campaignId, told, servers, close }
}

it.each(['sqlite', 'postgres'] as const)(
  'nothing is over, under, doubled or lost on %s',
  async (dialect) => {
    const { db, campaignId, told, servers, close } = await run(dialect)
    const counted = await sql<{ needed: number; counted: number }>`
      select t.needed as needed,
        (select count(*) from judgment j
         where j.project_id = t.project_id and j.task_id = t.id and j.is_extra = 0) as counted
      from task t where t.campaign_id = ${campaignId}`.execute(db.read)
    expect(counted.rows).toHaveLength(tasks)
    expect(counted.rows.filter((row) => row.counted !== row.needed)).toEqual([])
    const doubled = await sql`
      select task_id, rater_id from judgment group by task_id, rater_id having count(*) > 1`.execute(
      db.read,
    )
    expect(doubled.rows).toEqual([])
    const left = await db.read
      .selectFrom('assignment')
      .select('id')
      .where('status', 'in', ['open', 'held'])
      .execute()
    expect(left).toEqual([])
    const judgments = await db.read
      .selectFrom('judgment')
      .select(['task_id', 'rater_id', 'is_extra', 'revision'])
      .execute()
    // A rater who walked away may be given the task again: two assignments, one judgment.
    const assignments = await db.read
      .selectFrom('assignment')
      .select(['id', 'task_id', 'rater_id'])
      .execute()
    const subjectOf = new Map(assignments.map((row) => [row.id, `${row.task_id}|${row.rater_id}`]))
    const subjects = (ids: Iterable<string>) => new Set([...ids].map((id) => subjectOf.get(id)))
    const keysOf = (rows: typeof judgments) =>
      new Set(rows.map((row) => `${row.task_id}|${row.rater_id}`))
    const extra = judgments.filter((row) => row.is_extra === 1)
    expect(keysOf(judgments)).toEqual(subjects(told.acknowledged))
    expect(keysOf(extra)).toEqual(subjects(told.extra))
    expect(judgments.length - extra.length).toBe(tasks * overlap)
    expect(told.changedByRepeat).toBe(0)
    expect(judgments.every((row) => row.revision === 1)).toBe(true)
    expect(told.skipped).toBeGreaterThan(20)
    expect(told.abandoned).toBeGreaterThan(20)
    const sides = await sql<{ shown: string; count: number }>`
      select shown_order as shown, count(*) as count from judgment group by shown_order`.execute(
      db.read,
    )
    for (const side of sides.rows) expect(side.count).toBeGreaterThan(tasks * overlap * 0.45)
    for (const server of servers) expect(server.complaints()).toBe('')
    await close()
  },
  300_000,
)
