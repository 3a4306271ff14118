/**
 * In: a rater's place in a campaign's open slots. Out: the next slot to take, found through the index
 * alone: a claim reads a few slots from the rater's cursors on, however many tasks there are and
 * however many the rater did.
 */
import { type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { isPostgres, oneOf } from '#db/dialects/portable.ts'
import { keptQuery } from '#db/kept-query.ts'
import type { Queries, Schema, Tx } from '#db/schema.ts'
import type { RaterPlace } from './campaign-rater.server.ts'
import { type Cursors, cursorKey, moveCursor, settledMs } from './cursors.ts'

/** Slots that one search reads at most; what lies beyond is reached by the next one. */
const mostRead = 1_000
/** On PostgreSQL others take slots at the same moment, and theirs are passed over. */
const firstWindow = { sqlite: 4, postgres: 8 }
const laterWindow = 60
/** Once a rater: the more are looked at, the shorter the first task. */
const newcomerWindow = 300

export interface SlotSearch extends RaterPlace {
  /** The lanes of which the rater may take slots. */
  lanes: readonly string[]
  cursors: Cursors
  hasAuthored: boolean
  /** Whether the rater has judged nothing here: what comes first should then be short to read. */
  isNewcomer?: boolean
  /** Open slots of what the rater gave back: of a level they come before others. */
  givenBack?: readonly Slot[]
  now: number
}

export interface Slot {
  id: string
  task_id: string
  lane: string
  priority: number
}

/** How a rater stands to a slot's task: judged, skipped or written in part is done for good. */
const standings = { none: 0, inHand: 1, done: 2 } as const

type SeenSlot = Slot & { created_at: number; standing: number }

interface Lane {
  lane: string
  /** The place after which the next window begins. */
  after: { priority: number; id: string }
  isOver: boolean
  /** What the newest window showed, from a cursor on. */
  window: SeenSlot[]
}

export interface Search extends SlotSearch {
  walks: Lane[]
  /** Levels in which a slot was left that the rater may still want: no cursor passes it. */
  stops: Set<string>
  left: number
}

const start = { priority: -1, id: '' }

export const openSearch = (search: SlotSearch): Search => ({
  ...search,
  walks: search.lanes.map((lane) => ({ lane, after: start, isOver: false, window: [] })),
  stops: new Set(),
  left: mostRead,
})

interface LanePlace extends RaterPlace {
  lane: string
  /** The place after which the slots are. */
  priority: number
  id: string
}

/**
 * The open slots of a lane after a place, each with how the rater stands to its task. How many is part
 * of the statement: PostgreSQL would expect a tenth of all slots, and plan anew at every claim.
 */
const slotsAfter = ({ hasAuthored, limit }: { hasAuthored: boolean; limit: number }) =>
  keptQuery((db, at: LanePlace) =>
    db
      .selectFrom('assignment')
      .select((eb) => [
        'assignment.id',
        'assignment.task_id',
        'assignment.priority',
        'assignment.lane',
        'assignment.created_at',
        eb
          .case()
          .when(
            eb.or([
              eb.exists(
                eb
                  .selectFrom('judgment')
                  .select('judgment.id')
                  .whereRef('judgment.project_id', '=', 'assignment.project_id')
                  .whereRef('judgment.task_id', '=', 'assignment.task_id')
                  .where('judgment.rater_id', '=', at.raterId),
              ),
              ...(hasAuthored ? [hasWritten(eb, at.raterId)] : []),
            ]),
          )
          .then(eb.lit(standings.done))
          .else(
            eb.fn.coalesce(
              eb
                .selectFrom('assignment as mine')
                .select((own) =>
                  own.fn
                    .max(
                      own
                        .case('mine.status')
                        .when(sql.lit('submitted'))
                        .then(own.lit(standings.done))
                        .when(sql.lit('skipped'))
                        .then(own.lit(standings.done))
                        .when(sql.lit('held'))
                        .then(own.lit(standings.inHand))
                        .else(own.lit(standings.none))
                        .end(),
                    )
                    .as('standing'),
                )
                .whereRef('mine.project_id', '=', 'assignment.project_id')
                .whereRef('mine.task_id', '=', 'assignment.task_id')
                .where('mine.rater_id', '=', at.raterId),
              eb.lit(standings.none),
            ),
          )
          .end()
          .as('standing'),
      ])
      .where('assignment.project_id', '=', at.projectId)
      .where('assignment.campaign_id', '=', at.campaignId)
      .where('assignment.lane', '=', at.lane)
      // The status is part of the statement, for the index holds open slots alone.
      .where((eb) => eb('assignment.status', '=', sql.lit<'open'>('open')))
      .where((eb) =>
        eb(eb.refTuple('assignment.priority', 'assignment.id'), '>', eb.tuple(at.priority, at.id)),
      )
      .orderBy('assignment.priority')
      .orderBy('assignment.id')
      .limit(sql.lit(limit)),
  )

const readers = new Map<string, ReturnType<typeof slotsAfter>>()
function readerOf(kind: { hasAuthored: boolean; limit: number }) {
  const key = `${kind.hasAuthored} ${kind.limit}`
  const reader = readers.get(key) ?? slotsAfter(kind)
  readers.set(key, reader)
  return reader
}

/** Whether the rater wrote one of the responses of a slot's task. */
const hasWritten = (eb: ExpressionBuilder<Schema, 'assignment'>, raterId: string) =>
  eb.exists(
    eb
      .selectFrom('task_response')
      .innerJoin('response', (join) =>
        join
          .onRef('response.project_id', '=', 'task_response.project_id')
          .onRef('response.id', '=', 'task_response.response_id'),
      )
      .select('response.id')
      .whereRef('task_response.project_id', '=', 'assignment.project_id')
      .whereRef('task_response.task_id', '=', 'assignment.task_id')
      .where('response.written_by', '=', raterId),
  )

/** Reads on in a lane, jumping to the rater's cursor in each level. False when the lane is over. */
async function readOn(db: Queries, search: Search, walk: Lane): Promise<boolean> {
  while (!walk.isOver && search.left > 0) {
    const first = isPostgres(db) ? firstWindow.postgres : firstWindow.sqlite
    const later = search.isNewcomer ? newcomerWindow : laterWindow
    const limit = walk.after === start && !search.isNewcomer ? first : later
    const { projectId, campaignId, raterId } = search
    const { lane, after } = walk
    const read = readerOf({ hasAuthored: search.hasAuthored, limit })
    const rows = await read(db, { projectId, campaignId, raterId, lane, ...after })
    search.left -= Math.max(rows.length, 1)
    const isJump = (row: SeenSlot) =>
      (search.cursors.get(cursorKey(row.lane, row.priority)) ?? '') >= row.id
    const at = rows.findIndex(isJump)
    walk.window = at < 0 ? rows : rows.slice(0, at)
    const passed = at < 0 ? undefined : rows[at]
    const last = rows.at(-1)
    if (passed) {
      const key = cursorKey(passed.lane, passed.priority)
      walk.after = { priority: passed.priority, id: search.cursors.get(key) ?? passed.id }
    } else if (last && rows.length === limit) walk.after = last
    else walk.isOver = true
    if (walk.window.length > 0) return true
  }
  return false
}

/**
 * Moves the cursors over what a window showed, up to the first slot that the rater may still want: a
 * task in hand may come back when its hold ends.
 */
function pass(search: Search, window: readonly SeenSlot[], takenId: string | undefined): void {
  for (const slot of window) {
    const key = cursorKey(slot.lane, slot.priority)
    if (search.stops.has(key)) continue
    const isDone = slot.standing === standings.done || slot.id === takenId
    if (isDone && slot.created_at <= search.now - settledMs) {
      moveCursor(search.cursors, key, slot.id)
    } else search.stops.add(key)
  }
}

const isWanted = (slot: SeenSlot): boolean => slot.standing === standings.none

/**
 * The first open slot, over the rater's lanes, of a task that the rater has nothing to do with yet;
 * undefined when there is none, or none among those a search reads. On PostgreSQL it stays locked, and
 * slots that another rater is just taking are passed over.
 */
export async function findSlot(trx: Tx, search: Search): Promise<Slot | undefined> {
  for (;;) {
    for (const walk of search.walks) {
      while (!walk.window.some(isWanted)) {
        pass(search, walk.window, undefined)
        walk.window = []
        if (!(await readOn(trx, search, walk))) break
      }
    }
    const wanted = search.walks
      .flatMap((walk) => walk.window.filter(isWanted))
      .sort((one, other) => one.priority - other.priority || (one.id < other.id ? -1 : 1))
    if (wanted.length === 0) return undefined
    const inOrder = search.isNewcomer ? await shortestFirst(trx, search.projectId, wanted) : wanted
    const again = (search.givenBack ?? []).filter(
      ({ priority }) => priority === wanted[0]?.priority,
    )
    const slot = await lockFirst(trx, search.projectId, [...again, ...inOrder])
    for (const walk of search.walks) pass(search, walk.window, slot?.id)
    if (slot) return slot
    for (const walk of search.walks) walk.window = []
  }
}

const lengthsOfTasks = (db: Queries, projectId: string, taskIds: readonly string[]) =>
  db
    .selectFrom('task')
    .innerJoin('prompt', (join) =>
      join
        .onRef('prompt.project_id', '=', 'task.project_id')
        .onRef('prompt.id', '=', 'task.prompt_id'),
    )
    .select((eb) => [
      'task.id',
      'prompt.characters as asked',
      eb
        .selectFrom('task_response')
        .innerJoin('response', (join) =>
          join
            .onRef('response.project_id', '=', 'task_response.project_id')
            .onRef('response.id', '=', 'task_response.response_id'),
        )
        .select((sum) => sum.fn.sum<number | null>('response.characters').as('characters'))
        .whereRef('task_response.project_id', '=', 'task.project_id')
        .whereRef('task_response.task_id', '=', 'task.id')
        .as('answered'),
    ])
    .where('task.project_id', '=', projectId)
    .where(oneOf(db, 'task.id', taskIds))
    .execute()

/** Slots with those of the first one's level by how much there is to read, the least first. */
async function shortestFirst<One extends Slot>(
  db: Queries,
  projectId: string,
  wanted: readonly One[],
): Promise<One[]> {
  const level = wanted.filter(({ priority }) => priority === wanted[0]?.priority)
  const later = wanted.slice(level.length)
  const taskIds = level.map((slot) => slot.task_id)
  const rows = await lengthsOfTasks(db, projectId, taskIds)
  const lengths = new Map(rows.map(({ id, asked, answered }) => [id, asked + (answered ?? 0)]))
  const lengthOf = (slot: Slot) => lengths.get(slot.task_id) ?? 0
  level.sort((one, other) => lengthOf(one) - lengthOf(other) || (one.id < other.id ? -1 : 1))
  return [...level, ...later]
}

/**
 * The first of some slots that is open and that nobody else is just taking; for PostgreSQL. They are
 * ordered by their places, lest a plan walks all open slots in the order of an index instead.
 */
const lockedOf = keptQuery((db, at: { projectId: string; ids: string[] }) =>
  db
    .selectFrom('assignment')
    .select('id')
    .where('project_id', '=', at.projectId)
    .where(sql<SqlBool>`id = any(${at.ids}::text[])`)
    .where((eb) => eb('status', '=', sql.lit<'open'>('open')))
    .orderBy(sql`array_position(${at.ids}::text[], id)`)
    .limit(1)
    .forUpdate()
    .skipLocked(),
)

async function lockFirst(
  trx: Tx,
  projectId: string,
  wanted: readonly Slot[],
): Promise<Slot | undefined> {
  if (!isPostgres<Schema>(trx)) return wanted[0]
  const [free] = await lockedOf(trx, { projectId, ids: wanted.map((slot) => slot.id) })
  return wanted.find((slot) => slot.id === free?.id)
}

/** Tasks given back that are looked at for one that is still open. */
const mostGivenBack = 5

const openSlotsOfGivenBack = keptQuery((db, at: RaterPlace) =>
  db
    .selectFrom(
      db
        .selectFrom('assignment')
        .select(['project_id', 'task_id', 'rater_id', 'ended_at'])
        .where('project_id', '=', at.projectId)
        .where('campaign_id', '=', at.campaignId)
        .where('rater_id', '=', at.raterId)
        .where('status', '=', sql.lit<'released'>('released'))
        .orderBy('ended_at', 'desc')
        .limit(mostGivenBack)
        .as('mine'),
    )
    .innerJoin('assignment as slot', (join) =>
      join
        .onRef('slot.project_id', '=', 'mine.project_id')
        .onRef('slot.task_id', '=', 'mine.task_id')
        .on('slot.status', '=', sql.lit<'open'>('open')),
    )
    .select(['slot.id', 'slot.task_id', 'slot.lane', 'slot.priority'])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('assignment as later')
            .select('later.id')
            .whereRef('later.project_id', '=', 'mine.project_id')
            .whereRef('later.task_id', '=', 'mine.task_id')
            .whereRef('later.rater_id', '=', 'mine.rater_id')
            .where('later.status', 'in', ['held', 'submitted', 'skipped']),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('judgment')
            .select('judgment.id')
            .whereRef('judgment.project_id', '=', 'mine.project_id')
            .whereRef('judgment.task_id', '=', 'mine.task_id')
            .whereRef('judgment.rater_id', '=', 'mine.rater_id'),
        ),
      ),
    )
    .orderBy('mine.ended_at', 'desc')
    .orderBy('slot.id'),
)

/**
 * The open slots of what a rater gave back and never answered, the last first. Who leaves the room and
 * comes back goes on where he or she was, and cannot choose by leaving.
 */
export async function slotsGivenBack(
  trx: Tx,
  { projectId, campaignId, raterId, lanes }: RaterPlace & { lanes: readonly string[] },
): Promise<Slot[]> {
  const slots = await openSlotsOfGivenBack(trx, { projectId, campaignId, raterId })
  return slots.filter(({ lane }) => lanes.includes(lane))
}

/** Tasks that a rater could still take, counted up to `most` among the next open slots. */
export async function countOpenFor(db: Queries, slots: SlotSearch, most: number): Promise<number> {
  const search = openSearch(slots)
  const tasks = new Set<string>()
  for (const walk of search.walks) {
    while (tasks.size < most && (await readOn(db, search, walk))) {
      for (const slot of walk.window.filter(isWanted)) tasks.add(slot.task_id)
    }
  }
  return Math.min(tasks.size, most)
}

const ratersCounted = 100
/** Open slots for each rater below which nobody gets more than one task at a time. */
const slotsARater = 3

const waitingAndWorking = keptQuery((db, at: { projectId: string; campaignId: string }) =>
  db.selectNoFrom((eb) => [
    eb
      .selectFrom(
        eb
          .selectFrom('campaign_rater')
          .select('rater_id')
          .where('project_id', '=', at.projectId)
          .where('campaign_id', '=', at.campaignId)
          .where('status', '=', 'active')
          .limit(sql.lit(ratersCounted))
          .as('working'),
      )
      .select((count) => count.fn.countAll<number>().as('count'))
      .as('raters'),
    eb
      .selectFrom(
        eb
          .selectFrom('assignment')
          .select('id')
          .where('project_id', '=', at.projectId)
          .where('campaign_id', '=', at.campaignId)
          .where((slot) => slot('status', '=', sql.lit<'open'>('open')))
          .limit(sql.lit(ratersCounted * slotsARater))
          .as('waiting'),
      )
      .select((count) => count.fn.countAll<number>().as('count'))
      .as('open'),
  ]),
)

/** How long a campaign that was counted as full of open slots is not counted again. */
const plentyMs = 1_000
const mostPlenty = 1_000
/** When each campaign was last seen with as many open slots as are counted at most. */
const plentyAt = new Map<string, number>()

/** Whether so few slots are open that nobody should hold more than one. Counts only so far. */
export async function isScarce(
  trx: Tx,
  { projectId, campaignId, now }: { projectId: string; campaignId: string; now: number },
): Promise<boolean> {
  const age = now - (plentyAt.get(campaignId) ?? Number.NEGATIVE_INFINITY)
  if (age >= 0 && age < plentyMs) return false
  const [row] = await waitingAndWorking(trx, { projectId, campaignId })
  const open = row?.open ?? 0
  if (open === ratersCounted * slotsARater) {
    if (plentyAt.size >= mostPlenty) plentyAt.clear()
    plentyAt.set(campaignId, now)
  }
  return open < (row?.raters ?? 0) * slotsARater
}
