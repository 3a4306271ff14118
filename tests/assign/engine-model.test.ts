/** Random histories of everything that raters and leads do, held against plain rules after each step. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, it } from 'vitest'
import { changeOverlap as askForOverlap, changeStatus } from '#app/assign/campaign-life.server.ts'
import { pauseRater, resumeRater } from '#app/assign/campaign-raters.server.ts'
import { runFitTasks } from '#app/assign/fit-tasks.server.ts'
import { readOrder } from '#app/assign/shown-order.ts'
import { withdrawTask } from '#app/assign/task-slots.server.ts'
import { must } from '#app/base/must.ts'
import type { DeskMessage, DeskReply, Saved } from '#app/rate/desk-message.ts'
import { canonicalWinner, type ShownWinner } from '#app/rate/judgment.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { type Db, inTransaction, openDb } from '#db/open.ts'
import { dialects, openTestDatabase } from '#tests/support/database.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'
import * as rules from './engine-model.ts'

const raters = 3
const prompts = 4
const most = { sqlite: 4_000, postgres: 1_500 }
const timeMs = 60_000

const winners = ['first', 'second', 'tie', 'both_bad', 'cant_judge'] as const
const rater = fc.nat(raters - 1)
/** A place in a list of unknown length. */
const place = fc.nat(40)

const message = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('claim' as const), rater }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      rater,
      place,
      winner: fc.constantFrom(...winners),
      /** Sent twice at once, as by a double press of a key. */
      twice: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('revise' as const),
      rater,
      place,
      winner: fc.constantFrom(...winners),
      isStale: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('untouched' as const), rater, place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('skip' as const), rater, place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), rater, place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('alive' as const), rater }) },
)
type Message = typeof message extends fc.Arbitrary<infer M> ? M : never

const step = fc.oneof(
  { weight: 12, arbitrary: message },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('at-once' as const),
      messages: fc.array(message, { minLength: 2, maxLength: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(5_000, 61_000, 31 * 60_000, 90 * 60_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), place }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('overlap' as const),
      overlap: fc.integer({ min: 1, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause-rater' as const), rater }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('resume-rater' as const), rater }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      to: fc.constantFrom('open' as const, 'open' as const, 'paused' as const, 'closed' as const),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

const history = fc.record({
  seed: fc.nat(),
  overlap: fc.integer({ min: 1, max: 3 }),
  steps: fc.array(step, { minLength: 4, maxLength: 30 }),
})

interface Site {
  db: Db
  projectId: string
  people: { personId: string; raterId: string }[]
}

interface Play extends Site {
  campaignId: string
  criterionId: string
  model: rules.Model
  random: () => number
  /** What acknowledged answers were, by task and rater. */
  told: Map<string, Extract<Saved, { ok: true }>>
}

let campaigns = 0

async function begin(site: Site, { overlap, seed }: { overlap: number; seed: number }) {
  campaigns += 1
  const { db, projectId } = site
  const name = `Campaign ${campaigns}`
  const campaignId = await openCampaign(db, projectId, { name, overlap })
  const criterion = await db.read
    .selectFrom('criterion')
    .select('id')
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const play: Play = {
    ...site,
    campaignId,
    criterionId: criterion.id,
    random: seededRandom(seed),
    told: new Map(),
    model: {
      now: Date.now(),
      overlap,
      status: 'open',
      closedAt: null,
      tasks: new Map(),
      assignments: new Map(),
      judgments: new Map(),
      joined: new Set(),
      pausedRaters: new Set(),
    },
  }
  play.model = { ...play.model, ...(await look(play)).state }
  return play
}

/** The campaign as it stands in the database. */
async function look({ db, projectId, campaignId }: Play) {
  const tasks = await db.read
    .selectFrom('task')
    .select(['id', 'needed', 'withdrawn_at'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  const rows = await db.read
    .selectFrom('assignment')
    .select(['id', 'task_id', 'rater_id', 'status', 'held_until', 'shown_order', 'priority'])
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .execute()
  const judged = await db.read
    .selectFrom('judgment')
    .innerJoin('judgment_score', (join) =>
      join
        .onRef('judgment_score.project_id', '=', 'judgment.project_id')
        .onRef('judgment_score.judgment_id', '=', 'judgment.id'),
    )
    .select((eb) => [
      'judgment.id',
      'judgment.task_id',
      'judgment.rater_id',
      'judgment.assignment_id',
      'judgment.revision',
      'judgment.is_extra',
      'judgment.shown_order',
      'judgment_score.winner',
      eb
        .selectFrom('judgment_revision')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('judgment_revision.judgment_id', '=', 'judgment.id')
        .as('earlier'),
    ])
    .where('judgment.project_id', '=', projectId)
    .where('judgment.campaign_id', '=', campaignId)
    .execute()
  const campaign = await db.read
    .selectFrom('campaign')
    .select('slots_made')
    .where('id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const state: Pick<rules.Model, 'tasks' | 'assignments' | 'judgments'> = {
    tasks: new Map(
      tasks.map((task) => [
        task.id,
        {
          needed: task.needed,
          isWithdrawn: task.withdrawn_at !== null,
          open: rows.filter((row) => row.task_id === task.id && row.status === 'open').length,
        },
      ]),
    ),
    assignments: new Map(
      rows.flatMap((row): [string, rules.ModelAssignment][] =>
        row.status === 'open'
          ? []
          : [
              [
                row.id,
                {
                  taskId: row.task_id,
                  raterId: row.rater_id ?? '',
                  status: row.status,
                  until: row.held_until ?? 0,
                },
              ],
            ],
      ),
    ),
    judgments: new Map(
      judged.map((row) => {
        const { revision, winner } = row
        const key = rules.pairOf(row.task_id, row.rater_id)
        return [key, { revision, isExtra: row.is_extra === 1, winner: winner ?? '' }]
      }),
    ),
  }
  return { state, rows, judged, slotsMade: campaign.slots_made }
}

type Look = Awaited<ReturnType<typeof look>>

/** What must hold after every step, whatever happened. */
function checkInvariants(play: Play, before: Look, after: Look): void {
  const { model } = play
  for (const [id, task] of after.state.tasks) {
    const live = rules.liveOf({ ...model, ...after.state }, id)
    // Overlap is exact: as many rows as needed, and none open once a task was withdrawn.
    if (task.isWithdrawn) expect(task.open).toBe(0)
    else expect(live).toBe(task.needed)
    expect(live).toBeLessThanOrEqual(task.needed)
    const hands = after.rows.filter(
      (row) => row.task_id === id && (row.status === 'held' || row.status === 'submitted'),
    )
    expect(new Set(hands.map((row) => row.rater_id)).size).toBe(hands.length)
  }
  const needed = [...after.state.tasks.values()].reduce((sum, task) => sum + task.needed, 0)
  expect(after.slotsMade).toBe(needed)
  // One judgment for each task and rater, none ever gone, every earlier answer kept.
  expect(after.state.judgments.size).toBe(after.judged.length)
  const ids = new Set(after.judged.map((row) => row.id))
  for (const row of before.judged) expect(ids.has(row.id)).toBe(true)
  for (const row of after.judged) {
    expect(row.earlier).toBe(row.revision - 1)
    const assignment = must(
      after.rows.find((one) => one.id === row.assignment_id),
      'the assignment of a judgment',
    )
    expect(row.shown_order).toBe(assignment.shown_order)
    expect(row.is_extra === 0).toBe(assignment.status === 'submitted')
  }
  for (const [key, saved] of play.told) {
    const kept = must(after.state.judgments.get(key), 'an acknowledged judgment')
    expect(kept.revision).toBeGreaterThanOrEqual(saved.revision)
    expect(kept.isExtra).toBe(saved.isExtra)
  }
  // The order shown is drawn once.
  const orders = new Map(after.rows.map((row) => [row.id, row.shown_order]))
  for (const row of before.rows) {
    if (row.shown_order !== null) expect(orders.get(row.id)).toBe(row.shown_order)
  }
  const submitted = after.rows.filter((row) => row.status === 'submitted')
  expect(submitted).toHaveLength(after.judged.filter((row) => row.is_extra === 0).length)
}

const send = (play: Play, who: number, sent: DeskMessage): Promise<DeskReply> =>
  answerDesk(
    {
      db: play.db,
      projectId: play.projectId,
      campaignId: play.campaignId,
      personId: must(play.people[who], 'a person').personId,
      now: play.model.now,
      random: play.random,
    },
    sent,
  ).then((reply) => must(reply, 'a reply'))

interface Prepared {
  raterId: string
  sent: DeskMessage
  winner?: ShownWinner | undefined
  assignmentId?: string
}

/** A message made of what the rater was ever given; undefined where there is nothing to speak of. */
function prepare(play: Play, asked: Message): Prepared | undefined {
  const { raterId } = must(play.people[asked.rater], 'a person')
  if (asked.kind === 'claim') return { raterId, sent: { intent: 'claim', have: [] } }
  if (asked.kind === 'alive') return { raterId, sent: { intent: 'alive' } }
  const own = [...play.model.assignments].filter(([, one]) => one.raterId === raterId)
  const held = own.filter(([, one]) => one.status === 'held')
  // Mostly what is in hand, now and then what was once.
  const among = held.length > 0 && asked.place % 4 > 0 ? held : own
  const [assignmentId, assignment] = among[asked.place % Math.max(1, among.length)] ?? []
  if (assignmentId === undefined || !assignment) return undefined
  if (asked.kind === 'release') {
    return { raterId, assignmentId, sent: { intent: 'release', assignmentIds: [assignmentId] } }
  }
  if (asked.kind === 'skip') {
    const reason = 'not for me'
    return {
      raterId,
      assignmentId,
      sent: { intent: 'skip', have: [], assignmentId, reason, activeMs: 5 },
    }
  }
  const judgment = play.model.judgments.get(rules.pairOf(assignment.taskId, raterId))
  const revision = judgment?.revision ?? 0
  const baseRevision = asked.kind === 'revise' ? Math.max(0, revision - (asked.isStale ? 1 : 0)) : 0
  const winner = asked.kind === 'untouched' ? undefined : asked.winner
  const answer = { kind: 'preference' as const, criterionId: play.criterionId }
  return {
    raterId,
    assignmentId,
    winner,
    sent: {
      intent: 'submit',
      have: [],
      submission: {
        assignmentId,
        baseRevision,
        // An untouched page sends an answer to nothing that was asked.
        answers: winner
          ? [{ ...answer, winner }]
          : [{ kind: 'text', criterionId: play.criterionId, text: ' ' }],
        comment: '',
        reasons: [],
        activeMs: 10,
        openedAt: null,
      },
    },
  }
}

/** Plays a message against the rules, which must come to the same answer. */
function follow(
  model: rules.Model,
  { raterId, sent, winner }: Prepared,
  reply: DeskReply,
  rowOf: (assignmentId: string) => { task_id: string; shown_order: string | null },
): void {
  const given = reply.tasks.map(({ assignmentId }) => ({
    assignmentId,
    taskId: rowOf(assignmentId).task_id,
  }))
  model.joined.add(raterId)
  if (sent.intent === 'alive') {
    rules.stayAlive(model, raterId)
    return
  }
  if (sent.intent === 'release') {
    for (const assignmentId of sent.assignmentIds) {
      rules.giveBack(model, { raterId, assignmentId, as: 'released' })
    }
    return
  }
  if (sent.intent === 'skip') {
    rules.giveBack(model, { raterId, assignmentId: sent.assignmentId, as: 'skipped' })
  }
  if (sent.intent === 'submit') {
    const { assignmentId, baseRevision } = sent.submission
    // The same task in hand twice may stand with its sides turned: what counts is what is meant.
    const order = readOrder(rowOf(assignmentId).shown_order)
    const meant = winner && canonicalWinner(winner, order)
    const outcome = rules.submit(model, { raterId, assignmentId, baseRevision, winner: meant })
    expect(reply.saved).toMatchObject(outcome)
  }
  expect(rules.claim(model, raterId, given)).toBeUndefined()
}

function remember(play: Play, { raterId, assignmentId }: Prepared, reply: DeskReply): void {
  if (!reply.saved?.ok || assignmentId === undefined) return
  const { taskId } = must(play.model.assignments.get(assignmentId), 'the assignment')
  play.told.set(rules.pairOf(taskId, raterId), reply.saved)
}

/** What a rater was given is the rater's own for ever, whoever else asked at that moment. */
function checkOwn({ raterId }: Prepared, reply: DeskReply, after: Look): void {
  for (const { assignmentId } of reply.tasks) {
    expect(after.rows.find((row) => row.id === assignmentId)?.rater_id).toBe(raterId)
  }
}

/** The first task given is of the soonest level there was for the rater. */
function checkLevel(play: Play, { raterId }: Prepared, before: Look, reply: DeskReply): void {
  const { model } = play
  const hands = rules.heldBy(model, raterId)
  const isQuiet =
    hands.every(([, one]) => one.until >= model.now) &&
    [...model.assignments.values()].every((one) => one.status !== 'held' || one.until >= model.now)
  const known = new Set(hands.map(([id]) => id))
  const first = reply.tasks.find(({ assignmentId }) => !known.has(assignmentId))
  if (!isQuiet || !first) return
  const open = before.rows.filter(
    (row) => row.status === 'open' && rules.isEligible(model, raterId, row.task_id),
  )
  const soonest = Math.min(...open.map((row) => row.priority))
  const taken = open.find((row) => row.id === first.assignmentId)
  expect(taken?.priority).toBe(soonest)
}

async function lead(play: Play, asked: Exclude<Step, Message | { kind: 'at-once' }>) {
  const { db, projectId, campaignId, model } = play
  const one = { projectId, campaignId, now: model.now }
  if (asked.kind === 'wait') model.now += asked.ms
  if (asked.kind === 'withdraw') {
    const ids = [...model.tasks.keys()]
    const taskId = must(ids[asked.place % ids.length], 'a task')
    await inTransaction(db, (trx) => withdrawTask(trx, { ...one, taskId, reason: 'wrong text' }))
    rules.withdraw(model, taskId)
  }
  if (asked.kind === 'overlap') {
    const { overlap } = asked
    await inTransaction(db, (trx) => askForOverlap(trx, { ...one, overlap }))
    await runFitTasks({
      db,
      dataDir: '',
      job: {
        project_id: projectId,
        id: 'fit',
        kind: 'fit-tasks',
        input: JSON.stringify({ campaignId }),
        cursor: null,
        attempts: 1,
      },
      signal: new AbortController().signal,
      report: async () => {},
      reportWithin: async () => {},
    })
    rules.changeOverlap(model, overlap)
  }
  if (asked.kind === 'pause-rater' || asked.kind === 'resume-rater') {
    const { raterId } = must(play.people[asked.rater], 'a person')
    const place = { projectId, campaignId, raterId }
    if (!model.joined.has(raterId)) return
    if (asked.kind === 'resume-rater') {
      await inTransaction(db, (trx) => resumeRater(trx, place))
      model.pausedRaters.delete(raterId)
      return
    }
    await inTransaction(db, (trx) => pauseRater(trx, { ...place, reason: 'talk', now: model.now }))
    model.pausedRaters.add(raterId)
    for (const [assignmentId] of rules.heldBy(model, raterId)) {
      rules.giveBack(model, { raterId, assignmentId, as: 'released' })
    }
  }
  if (asked.kind === 'status') {
    const { ok } = await inTransaction(db, (trx) => changeStatus(trx, { ...one, to: asked.to }))
    if (!ok) return
    model.status = asked.to
    model.closedAt = asked.to === 'closed' ? model.now : null
  }
}

async function carryOut(play: Play, asked: Step, before: Look): Promise<Look> {
  const { model } = play
  if (asked.kind === 'at-once') {
    const prepared = asked.messages.flatMap((one) => {
      const made = prepare(play, one)
      return made ? [{ who: one.rater, ...made }] : []
    })
    const replies = await Promise.all(prepared.map((one) => send(play, one.who, one.sent)))
    const after = await look(play)
    // Together there are many right outcomes: the invariants decide, and the rules go on from there.
    Object.assign(model, after.state)
    for (const one of prepared) model.joined.add(one.raterId)
    prepared.forEach((one, place) => {
      const reply = must(replies[place], 'a reply')
      checkOwn(one, reply, after)
      remember(play, one, reply)
    })
    return after
  }
  const isMessage =
    'rater' in asked && asked.kind !== 'pause-rater' && asked.kind !== 'resume-rater'
  if (!isMessage) {
    await lead(play, asked as Exclude<Step, Message | { kind: 'at-once' }>)
  } else {
    const prepared = prepare(play, asked as Message)
    if (!prepared) return before
    const reply = await send(play, asked.rater, prepared.sent)
    const again =
      asked.kind === 'submit' && asked.twice
        ? await send(play, asked.rater, prepared.sent)
        : undefined
    const after = await look(play)
    const rowOf = (id: string) =>
      must(
        after.rows.find((row) => row.id === id),
        'a task that was given',
      )
    checkOwn(prepared, reply, after)
    if (prepared.sent.intent === 'claim') checkLevel(play, prepared, before, reply)
    follow(model, prepared, reply, rowOf)
    if (again) {
      follow(model, prepared, again, rowOf)
      expect(again.saved).toEqual(reply.saved)
    }
    remember(play, prepared, reply)
  }
  const after = await look(play)
  const { tasks, assignments, judgments } = model
  expect(after.state).toEqual({ tasks, assignments, judgments })
  return after
}

it.each(dialects)(
  'the engine does what the rules say, in any history, on %s',
  async (dialect) => {
    const test = await openTestDatabase(dialect)
    // What is tried here is what the transactions do, not how safe the disk is.
    if (dialect === 'postgres') {
      const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(
        test.db.read,
      )
      const name = sql.id(must(rows[0], 'the name').name)
      await sql`alter database ${name} set synchronous_commit = off`.execute(test.db.write)
    }
    const db = openDb({ url: test.url, durability: 'off', connections: 6 })
    const { id: projectId } = await makeProject(db)
    await importFiles({ ...test, db }, projectId, {
      'a.jsonl': promptLines(prompts, ['a', 'b']),
    })
    const people = await Promise.all(
      Array.from({ length: raters }, () => makePerson(db, { projectId, roles: ['annotator'] })),
    )
    let histories = 0
    let steps = 0
    await fc.assert(
      fc.asyncProperty(history, async (asked) => {
        const play = await begin({ db, projectId, people }, asked)
        let before = await look(play)
        for (const one of asked.steps) {
          const after = await carryOut(play, one, before)
          checkInvariants(play, before, after)
          before = after
          steps += 1
        }
        histories += 1
      }),
      {
        numRuns: most[dialect],
        interruptAfterTimeLimit: timeMs,
        markInterruptAsFailure: false,
        endOnFailure: false,
      },
    )
    process.stdout.write(`${dialect}: ${histories} histories, ${steps} steps\n`)
    expect(histories).toBeGreaterThan(20)
    await db.close()
    await test.remove()
  },
  timeMs * 3,
)
