/** What a claim costs in a campaign of a thousand tasks and of a million, and after a long day's work. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import { claimTasks } from '#app/assign/assignments.server.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { submitJudgment } from '#app/rate/submit-judgment.server.ts'
import { quantile } from '#app/stats/quantile.ts'
import { migrate } from '#db/migrate.ts'
import { type Db, inTransaction, openDb } from '#db/open.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'
import { submissionOf } from '#tests/support/raters.ts'

const measured = 400
const history = 6_000
const overlap = 3

interface Site {
  db: Db
  projectId: string
  campaignId: string
  criterionId: string
  close: () => Promise<void>
}

/** A campaign of so many tasks. All but the first ask the same questions: a claim does not read them. */
async function siteOf(tasks: number): Promise<Site> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-growth-'))
  const url = path.join(folder, 'rubrica.db')
  const db = openDb({ url })
  await migrate(db)
  const project = await makeProject(db, 'Growth')
  const test = { db, folder, url, schema: undefined, remove: async () => {} }
  await importFiles(test, project.id, { 'a.jsonl': promptLines(1, ['a', 'b']) })
  const campaignId = await openCampaign(db, project.id, { overlap })
  copyTask(url, { campaignId, times: tasks - 1 })
  const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
  const close = async () => {
    await db.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { db, projectId: project.id, campaignId, criterionId: criterion.id, close }
}

/** Makes rows like those of the first task, round after round as tasks are made. */
function copyTask(
  file: string,
  { campaignId, times }: { campaignId: string; times: number },
): void {
  const database = new BetterSqlite3(file)
  database.pragma('synchronous = OFF')
  const first = 'select * from task where campaign_id = ? limit 1'
  const task = database.prepare(first).get(campaignId) as Record<string, unknown>
  const slot = database
    .prepare('select * from assignment where task_id = ? limit 1')
    .get(task.id) as Record<string, unknown>
  const responses = database
    .prepare('select * from task_response where task_id = ?')
    .all(task.id) as Record<string, unknown>[]
  const levels = database
    .prepare('select distinct priority from assignment where task_id = ? order by 1')
    .all(task.id) as { priority: number }[]
  const inserter = (table: string, row: Record<string, unknown>) =>
    database.prepare(
      `insert into ${table} (${Object.keys(row).join(', ')})
       values (${Object.keys(row)
         .map((column) => `@${column}`)
         .join(', ')})`,
    )
  const insertTask = inserter('task', task)
  const insertResponse = inserter('task_response', must(responses[0], 'a response'))
  const insertSlot = inserter('assignment', slot)
  const slots: Record<string, unknown>[] = []
  database.exec('begin')
  for (let place = 0; place < times; place++) {
    const id = newId()
    insertTask.run({ ...task, id, fingerprint: `copy-${place}` })
    for (const response of responses) insertResponse.run({ ...response, task_id: id })
    slots.push({ task_id: id })
    if (slots.length < 100 && place < times - 1) continue
    for (const { priority } of levels) {
      for (const { task_id } of slots) insertSlot.run({ ...slot, id: newId(), task_id, priority })
    }
    slots.length = 0
  }
  database.exec('commit')
  database.exec('analyze')
  database.close()
}

/** Milliseconds of each of so many claims by one rater, who judges what was claimed in between. */
async function claimTimes(site: Site, claims: number): Promise<number[]> {
  const { db, projectId, campaignId, criterionId } = site
  const { raterId } = await makePerson(db, { projectId, roles: ['annotator'] })
  const times: number[] = []
  for (let turn = 0; turn < claims; turn++) {
    const started = performance.now()
    const { held } = await inTransaction(db, (trx) =>
      claimTasks(trx, {
        projectId,
        campaignId,
        raterId,
        holdMs: 60_000,
        now: Date.now(),
        random: Math.random,
        want: 1,
      }),
    )
    times.push(performance.now() - started)
    const task = must(held[0], 'a task')
    const submission = submissionOf(task.assignmentId, criterionId, turn)
    await inTransaction(db, (trx) =>
      submitJudgment(trx, { projectId, raterId, submission, now: Date.now() }),
    )
  }
  return times
}

const median = (times: readonly number[]) =>
  quantile(
    [...times].sort((one, other) => one - other),
    0.5,
  )

interface Growth {
  /** Tasks of the larger campaign. */
  most: number
  say: (words: string) => void
}

/** Prints how the median claim grows with the tasks of a campaign and with a rater's history. */
export async function measureClaimGrowth({ most, say }: Growth): Promise<void> {
  const small = await siteOf(1_000)
  await claimTimes(small, measured)
  const inSmall = median(await claimTimes(small, measured))
  await small.close()
  const large = await siteOf(most)
  await claimTimes(large, measured)
  const inLarge = median(await claimTimes(large, measured))
  const day = await claimTimes(large, history)
  await large.close()
  const morning = median(day.slice(0, measured))
  const evening = median(day.slice(-measured))
  const grown = (before: number, after: number) => `${(100 * (after / before - 1)).toFixed(0)} %`
  say(`Claims on sqlite, median of ${measured}`)
  say(
    `  among 1,000 tasks ${inSmall.toFixed(2)} ms, among ${most.toLocaleString('en')} ${inLarge.toFixed(2)} ms: grows by ${grown(inSmall, inLarge)} (under 20 %)`,
  )
  say(
    `  a rater's first ${measured} ${morning.toFixed(2)} ms, after ${history.toLocaleString('en')} judgments ${evening.toFixed(2)} ms: grows by ${grown(morning, evening)}`,
  )
}
