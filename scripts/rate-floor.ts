/**
 * The least that saving a judgment and taking the next task can cost: a bare Express handler with the
 * statements that the work needs, prepared, in one durable transaction. Nothing of it is used by the
 * product; `bench-rate.ts` holds the product against it.
 */
import process from 'node:process'
import BetterSqlite3 from 'better-sqlite3'
import express from 'express'
import { Pool, types } from 'pg'
import { sha256 } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'

const holdMs = 30 * 60_000

/** Statements by name, with `?` for what is bound. */
const statements = {
  session: `select s.id, p.id as person_id from session s join person p on p.id = s.person_id
    where s.id = ? and s.expires_at > ? and s.revoked_at is null and p.status = 'active'`,
  project: 'select id, settings from project where slug = ?',
  member: 'select role from member where project_id = ? and person_id = ?',
  campaign: 'select status, settings, hold_ms from campaign where project_id = ? and id = ?',
  rater: 'select id from rater where project_id = ? and person_id = ?',
  assignment: `select id, campaign_id, task_id, rater_id, status, shown_order from assignment
    where project_id = ? and id = ?`,
  criteria: `select id, title, is_required, definition from criterion
    where project_id = ? and campaign_id = ? order by position`,
  text: `select p.messages as prompt, r.messages as response, r.rendered, tr.position
    from task t
    join prompt p on p.project_id = t.project_id and p.id = t.prompt_id
    join task_response tr on tr.project_id = t.project_id and tr.task_id = t.id
    join response r on r.project_id = tr.project_id and r.id = tr.response_id
    where t.project_id = ? and t.id = ?`,
  judged: `select id, revision, answer_hash from judgment
    where project_id = ? and task_id = ? and rater_id = ?`,
  submitted: `update assignment set status = 'submitted', ended_at = ?, active_ms = ?
    where project_id = ? and id = ?`,
  guidelines: `select version from guidelines where project_id = ? and campaign_id = ?
    order by version desc limit 1`,
  judgment: `insert into judgment (project_id, id, campaign_id, task_id, rater_id, assignment_id,
      source, revision, answer_hash, is_extra, shown_order, guidelines_version, shown_hash, comment,
      reasons, active_ms, judged_at, created_at)
    values (?, ?, ?, ?, ?, ?, 'human', 1, ?, 0, ?, ?, ?, '', '[]', ?, ?, ?)`,
  score: `insert into judgment_score (project_id, judgment_id, criterion_id, position, answer, winner)
    values (?, ?, ?, -1, ?, ?)`,
  change: `insert into judgment_change (project_id, id, campaign_id, judgment_id, kind, created_at)
    values (?, ?, ?, ?, 'saved', ?)`,
  line: `select status, side_balance, cursors from campaign_rater
    where project_id = ? and campaign_id = ? and rater_id = ?`,
  over: `select id, task_id from assignment where project_id = ? and campaign_id = ?
    and status = 'held' and held_until < ? order by held_until limit 20`,
  inHand: `select id, task_id, shown_order, held_until from assignment
    where project_id = ? and campaign_id = ? and rater_id = ? and status = 'held'
    order by held_at, id`,
  slot: `select a.id, a.task_id, a.priority from assignment a
    where a.project_id = ? and a.campaign_id = ? and a.lane = '' and a.status = 'open'
      and (a.priority, a.id) > (?, ?)
      and not exists (select 1 from assignment m where m.project_id = a.project_id
        and m.task_id = a.task_id and m.rater_id = ?)
    order by a.priority, a.id limit 1`,
  shown: `select shown_order from assignment
    where project_id = ? and task_id = ? and status in ('held', 'submitted')`,
  held: `update assignment set status = 'held', rater_id = ?, held_at = ?, held_until = ?,
    shown_order = ? where project_id = ? and id = ?`,
  moved: `update campaign_rater set side_balance = side_balance + ?
    where project_id = ? and campaign_id = ? and rater_id = ?`,
} as const

type Name = keyof typeof statements
type Row = Record<string, unknown>
type Run = (name: Name, ...bound: (string | number)[]) => Promise<Row[]> | Row[]

interface Store {
  read: Run
  inTransaction: <T>(work: (run: Run) => Promise<T>) => Promise<T>
}

function openSqlite(file: string): Store {
  const open = (readonly: boolean) => {
    const database = new BetterSqlite3(file, { readonly })
    database.pragma('busy_timeout = 5000')
    if (!readonly) database.pragma('synchronous = FULL')
    const prepared = new Map<Name, BetterSqlite3.Statement>()
    const run: Run = (name, ...bound) => {
      let statement = prepared.get(name)
      if (!statement) {
        statement = database.prepare(statements[name])
        prepared.set(name, statement)
      }
      if (statement.reader) return statement.all(...bound) as Row[]
      statement.run(...bound)
      return []
    }
    return { database, run }
  }
  const writer = open(false)
  let turn: Promise<unknown> = Promise.resolve()
  return {
    read: open(true).run,
    inTransaction: (work) => {
      const next = turn.then(async () => {
        writer.database.exec('begin immediate')
        const result = await work(writer.run)
        writer.database.exec('commit')
        return result
      })
      turn = next.catch(() => {})
      return next
    },
  }
}

function openPostgres(url: string): Store {
  types.setTypeParser(20, Number)
  const pool = new Pool({ connectionString: url, max: 10 })
  const texts = new Map<Name, string>()
  const textOf = (name: Name) => {
    const known = texts.get(name)
    if (known !== undefined) return known
    let place = 0
    const locking = name === 'assignment' || name === 'line' ? ' for update' : ''
    const passing = name === 'slot' ? ' for update of a skip locked' : locking
    const text = statements[name].replaceAll('?', () => `$${++place}`) + passing
    texts.set(name, text)
    return text
  }
  return {
    read: async (name, ...bound) =>
      (await pool.query({ name, text: textOf(name), values: bound })).rows,
    inTransaction: async (work) => {
      const client = await pool.connect()
      try {
        await client.query('begin')
        const result = await work(
          async (name, ...bound) =>
            (await client.query({ name, text: textOf(name), values: bound })).rows,
        )
        await client.query('commit')
        return result
      } finally {
        client.release()
      }
    },
  }
}

const url = process.env.DATABASE_URL ?? ''
const store = url.startsWith('postgres') ? openPostgres(url) : openSqlite(url)

interface Asked {
  project: string
  campaign: string
  assignmentId?: string
  criterionId: string
}

const text = (value: unknown): string => String(value ?? '')

async function submit(
  run: Run,
  at: { projectId: string; raterId: string; now: number },
  asked: Asked,
) {
  const { projectId, raterId, now } = at
  const [assignment] = await run('assignment', projectId, asked.assignmentId ?? '')
  if (assignment?.status !== 'held' || assignment.rater_id !== raterId) return
  const taskId = text(assignment.task_id)
  await run('criteria', projectId, asked.campaign)
  const shown = await run('text', projectId, taskId)
  const known = await run('judged', projectId, taskId, raterId)
  if (known.length > 0) return
  await run('submitted', now, 1_000, projectId, text(assignment.id))
  const [guidelines] = await run('guidelines', projectId, asked.campaign)
  const judgmentId = newId()
  const answer = '{"kind":"preference","winner":"a"}'
  const about = [projectId, judgmentId, asked.campaign, taskId, raterId, text(assignment.id)]
  const order = text(assignment.shown_order)
  const version = Number(guidelines?.version ?? 1)
  const hash = sha256(JSON.stringify(shown))
  await run('judgment', ...about, sha256(answer), order, version, hash, 1_000, now, now)
  await run('score', projectId, judgmentId, asked.criterionId, answer, 'a')
  await run('change', projectId, newId(), asked.campaign, judgmentId, now)
}

async function claim(
  run: Run,
  at: { projectId: string; raterId: string; now: number },
  asked: Asked,
) {
  const { projectId, raterId, now } = at
  await run('line', projectId, asked.campaign, raterId)
  await run('over', projectId, asked.campaign, now)
  const inHand = await run('inHand', projectId, asked.campaign, raterId)
  const taken: Row[] = []
  while (inHand.length + taken.length < 3) {
    const passed = passedBy.get(raterId) ?? { priority: -1, id: '' }
    const bound = [projectId, asked.campaign, passed.priority, passed.id, raterId]
    const [slot] = await run('slot', ...bound)
    if (!slot) break
    passedBy.set(raterId, { priority: Number(slot.priority), id: text(slot.id) })
    await run('shown', projectId, text(slot.task_id))
    const order = Math.random() < 0.5 ? '[0,1]' : '[1,0]'
    await run('held', raterId, now, now + holdMs, order, projectId, text(slot.id))
    await run('moved', order === '[0,1]' ? 1 : -1, projectId, asked.campaign, raterId)
    taken.push({ ...slot, shown_order: order })
  }
  return { inHand, taken }
}

/** How far each rater has come, as the product keeps in a row: kept here it costs the floor nothing. */
const passedBy = new Map<string, { priority: number; id: string }>()

const app = express()
app.use(express.json())
app.post('/answers', async (request, response) => {
  const asked = request.body as Asked
  const token = /rubrica_session=([^;]+)/.exec(request.headers.cookie ?? '')?.[1] ?? ''
  const now = Date.now()
  const [session] = await store.read('session', sha256(token), now)
  const [project] = await store.read('project', asked.project)
  if (!session || !project) return void response.status(401).end()
  const projectId = text(project.id)
  const personId = text(session.person_id)
  await store.read('member', projectId, personId)
  await store.read('campaign', projectId, asked.campaign)
  const { inHand, taken } = await store.inTransaction(async (run) => {
    const [rater] = await run('rater', projectId, personId)
    const at = { projectId, raterId: text(rater?.id), now }
    if (asked.assignmentId !== undefined) await submit(run, at, asked)
    return claim(run, at, asked)
  })
  const tasks = []
  for (const row of taken) {
    tasks.push({
      assignmentId: row.id,
      text: await store.read('text', projectId, text(row.task_id)),
    })
  }
  response.json({ held: inHand.map((row) => row.id), tasks })
})

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  process.stdout.write(`ready: http://127.0.0.1:${port}\n`)
})
