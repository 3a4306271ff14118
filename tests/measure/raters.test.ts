import { describe, expect, it } from 'vitest'
import { claimTasks } from '#app/assign/assignments.server.ts'
import { pauseRater, resumeRater } from '#app/assign/campaign-raters.server.ts'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { must } from '#app/base/must.ts'
import { localStore } from '#app/export/files/local-store.server.ts'
import { jobHandlersWith } from '#app/job-handlers.server.ts'
import { claimJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { csvCell } from '#app/measure/csv-cell.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import { latestRaters } from '#app/measure/measure-raters.server.ts'
import { ratersResult } from '#app/measure/rater-figures.ts'
import { lastJudgments, ratersOfCampaign } from '#app/measure/rater-page.server.ts'
import { addPrompt, emptyRatersTally, type SeenTask } from '#app/measure/rater-tally.ts'
import { actOnRater } from '#app/rate/act-on-rater.server.ts'
import type { RaterAct } from '#app/rate/rater-act.ts'
import { submitJudgment } from '#app/rate/submit-judgment.server.ts'
import { countWithdrawable, listWithdrawals } from '#app/rate/withdraw-judgments.server.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'

interface Simulated {
  id: string
  kind: 'honest' | 'left' | 'random' | 'fast'
}

const criterionId = 'c'
const asked = { criterionId, goldTolerance: 0 }

/** A rater's verdict on a pair of which `a` is better with probability `truth`. */
function verdictOf(
  { kind }: Simulated,
  { truth, order, random }: { truth: number; order: readonly number[]; random: () => number },
): 'a' | 'b' | 'tie' {
  if (kind === 'left') return order[0] === 0 ? 'a' : 'b'
  if (kind === 'random') return (['a', 'b', 'tie'] as const)[Math.floor(3 * random())] ?? 'tie'
  if (random() < 0.12) return 'tie'
  return random() < truth ? 'a' : 'b'
}

interface Crowd {
  raters: readonly Simulated[]
  prompts: number
  overlap: number
  seed: number
  random?: () => number
}

/** A whole campaign judged by simulated raters, straight into the tally. */
function simulate({ raters, prompts, overlap, seed, random = seededRandom(seed) }: Crowd) {
  const tally = emptyRatersTally()
  for (let prompt = 0; prompt < prompts; prompt++) {
    // What makes one prompt harder than another is shared by all who judge it.
    const truth = 0.5 + 0.45 * Math.sign(random() - 0.5) * random()
    const tasks = [0, 1].map((place): SeenTask => {
      const chosen = [...raters].sort(() => random() - 0.5).slice(0, overlap)
      return {
        id: `${prompt}-${place}`,
        purpose: 'work',
        repeatOf: null,
        expected: null,
        characters: 1_200,
        responses: [
          { id: 'x', characters: 400 + Math.floor(200 * random()) },
          { id: 'y', characters: 400 + Math.floor(200 * random()) },
        ],
        judgments: chosen.map((rater) => {
          const shownOrder = random() < 0.5 ? [0, 1] : [1, 0]
          const winner = verdictOf(rater, { truth, order: shownOrder, random })
          return {
            raterId: rater.id,
            source: 'human',
            scores: [{ criterionId, position: -1, answer: { kind: 'preference', winner } }],
            shownOrder,
            activeMs: rater.kind === 'fast' ? 900 : 30_000 + 60_000 * random(),
            judgedAt: 1_700_000_000_000 + prompt * 60_000,
          }
        }),
      }
    })
    addPrompt(tally, tasks, asked)
  }
  return ratersResult({ tally, counts: new Map(), question: 'Which?', kind: 'pairwise' })
}

const honest = (count: number): Simulated[] =>
  Array.from({ length: count }, (_, place) => ({ id: `honest-${place}`, kind: 'honest' }))

const planted: Simulated[] = [
  { id: 'always-left', kind: 'left' },
  { id: 'at-random', kind: 'random' },
  { id: 'too-fast', kind: 'fast' },
]

describe('Signals', () => {
  it.each([
    [2, 600],
    [3, 250],
  ])(
    'find a rater who always takes the left, one who guesses and one who is too fast, with %i raters a task and %i prompts',
    (overlap, prompts) => {
      const found = { left: 0, random: 0, fast: 0 }
      const seeds = 20
      for (let seed = 0; seed < seeds; seed++) {
        const { raters } = simulate({
          raters: [...honest(7), ...planted],
          prompts,
          overlap,
          seed,
        })
        const kindsOf = (id: string) =>
          raters.find(({ rater_id }) => rater_id === id)?.signals.map(({ kind }) => kind) ?? []
        if (kindsOf('always-left').includes('first')) found.left += 1
        if (kindsOf('at-random').includes('consensus')) found.random += 1
        if (kindsOf('too-fast').includes('fast')) found.fast += 1
      }
      expect(found.left).toBe(seeds)
      expect(found.fast).toBe(seeds)
      expect(found.random).toBeGreaterThanOrEqual(seeds * 0.75)
    },
  )

  it.each([2, 3])(
    'are false about honest raters at most as often as they promise, with %i raters a task',
    (overlap) => {
      const seeds = 150
      let campaignsWithAlarm = 0
      for (let seed = 0; seed < seeds; seed++) {
        const { raters } = simulate({ raters: honest(8), prompts: 80, overlap, seed: 1_000 + seed })
        if (raters.some(({ signals }) => signals.length > 0)) campaignsWithAlarm += 1
      }
      // Five in a hundred, and what chance adds to it in so many campaigns (99 % of a binomial).
      expect(campaignsWithAlarm / seeds).toBeLessThanOrEqual(0.1)
    },
  )

  it('stay true for the most part where some raters are not honest', () => {
    const seeds = 60
    let shares = 0
    for (let seed = 0; seed < seeds; seed++) {
      const { raters } = simulate({
        raters: [...honest(7), ...planted],
        prompts: 150,
        overlap: 3,
        seed: 2_000 + seed,
      })
      const all = raters.flatMap(({ rater_id, signals }) => signals.map(() => rater_id))
      const wrong = all.filter((id) => id.startsWith('honest'))
      if (all.length > 0) shares += wrong.length / all.length
    }
    expect(shares / seeds).toBeLessThanOrEqual(0.05)
  })

  it('say how many cases they rest on, and between what the figure lies', () => {
    const { raters } = simulate({
      raters: [...honest(5), ...planted],
      prompts: 100,
      overlap: 3,
      seed: 5,
    })
    const left = must(
      raters.find(({ rater_id }) => rater_id === 'always-left'),
      'the rater',
    )
    const signal = must(
      left.signals.find(({ kind }) => kind === 'first'),
      'the signal',
    )
    expect(signal.words).toMatch(
      /^Decided for the response shown first in (\d+) of \1 \(100 %, 95 % interval \d+ % to 100 %\)/,
    )
    expect(signal.n).toBe(left.figures.first.n)
    expect(left.side_p).toBeLessThan(1e-6)
  })
})

const preference = (winner: 'a' | 'b' | 'tie' | 'both_bad' | 'cant_judge') => [
  { criterionId, position: -1, answer: { kind: 'preference' as const, winner } },
]
const judged = (
  raterId: string,
  winner: 'a' | 'b' | 'tie' | 'both_bad' | 'cant_judge',
  more: Partial<SeenTask['judgments'][number]> = {},
): SeenTask['judgments'][number] => ({
  raterId,
  source: 'human',
  scores: preference(winner),
  shownOrder: [0, 1],
  activeMs: null,
  judgedAt: null,
  ...more,
})
const task = (change: Partial<SeenTask>): SeenTask => ({
  id: 't',
  purpose: 'work',
  repeatOf: null,
  expected: null,
  characters: 100,
  responses: [
    { id: 'x', characters: 50 },
    { id: 'y', characters: 80 },
  ],
  judgments: [],
  ...change,
})
const rowsOf = (prompts: SeenTask[][]) => {
  const tally = emptyRatersTally()
  for (const tasks of prompts) addPrompt(tally, tasks, asked)
  const { raters } = ratersResult({ tally, counts: new Map(), question: 'Q', kind: 'pairwise' })
  return (id: string) =>
    must(
      raters.find(({ rater_id }) => rater_id === id),
      id,
    )
}

describe('The figures of a rater', () => {
  it('are absent with a reason where there is nothing to go by, never zero', () => {
    const row = rowsOf([[task({ judgments: [judged('r', 'cant_judge')] })]])('r')
    for (const [name, figure] of Object.entries(row.figures)) {
      if (['tie', 'both_bad', 'cant_judge', 'skips'].includes(name)) continue
      expect(figure.value, name).toBeNull()
      expect(figure.reason, name).toBeTruthy()
    }
    expect(row.figures.cant_judge).toMatchObject({ value: 1, low: null, n: 1 })
    expect(row.signals).toEqual([])
  })

  it('hold gold to what was expected', () => {
    const expected = { scores: [{ ...must(preference('a')[0], 'it') }], explanation: '' }
    const gold = (winner: 'a' | 'b') => [
      task({ purpose: 'gold', expected, judgments: [judged('r', winner)] }),
    ]
    const { gold: figure } = rowsOf([gold('a'), gold('a'), gold('b'), gold('a')])('r').figures
    expect(figure).toMatchObject({ value: 0.75, n: 4 })
    expect(figure.low).toBeCloseTo(0.3006, 3)
  })

  it('know the same answer again though sides are swapped, and which side a change kept to', () => {
    const repeated = (before: 'a' | 'b', again: 'a' | 'b') => [
      task({ id: 't', judgments: [judged('r', before)] }),
      task({
        id: 'again',
        purpose: 'repeat',
        repeatOf: 't',
        judgments: [judged('r', again, { shownOrder: [1, 0] })],
      }),
    ]
    const row = rowsOf([
      repeated('a', 'a'),
      repeated('a', 'b'),
      repeated('b', 'a'),
      repeated('b', 'b'),
    ])('r')
    expect(row.figures.consistency).toMatchObject({ value: 0.5, n: 4 })
    expect(row.flips).toEqual({ keptFirst: 1, keptSecond: 1, other: 0 })
    expect(row.judgments).toBe(4)
  })

  it('know the same answer where a repeat has its responses the other way round', () => {
    const responses = [
      { id: 'y', characters: 80 },
      { id: 'x', characters: 50 },
    ]
    const row = rowsOf([
      [
        task({ id: 't', judgments: [judged('r', 'a')] }),
        task({ purpose: 'repeat', repeatOf: 't', responses, judgments: [judged('r', 'b')] }),
      ],
    ])('r')
    expect(row.figures.consistency).toMatchObject({ value: 1, n: 1 })
  })

  it('leave the rater out of the majority that he or she is held to', () => {
    const one = [task({ judgments: [judged('r', 'a'), judged('s', 'b'), judged('t', 'b')] })]
    const other = [task({ judgments: [judged('r', 'a'), judged('s', 'b')] })]
    const rows = rowsOf([one, other])
    // Both others say b; then the only other one says b.
    expect(rows('r').figures.consensus).toMatchObject({ value: 0, n: 2 })
    // One other says a and one b, which is no majority; then the only other one says a.
    expect(rows('s').figures.consensus).toMatchObject({ value: 0, n: 1 })
    expect(rows('t').figures.consensus.value).toBeNull()
  })

  it('tell a liking for length by what others say of the same tasks', () => {
    const long = Array.from({ length: 12 }, () => [
      task({ judgments: [judged('r', 'b'), judged('s', 'b'), judged('t', 'a')] }),
    ])
    const { longer, longer_than_others } = rowsOf(long)('r').figures
    expect(longer).toMatchObject({ value: 1, n: 12 })
    expect(longer_than_others).toMatchObject({ value: 0.5, n: 12 })
    expect(longer_than_others.reason).toContain('no spread')
  })

  it('give the time on a task by its middle, and judgments an hour by sittings', () => {
    const hour = 3_600_000
    const at = (sitting: number, activeMs: number) => [
      task({ judgments: [judged('r', 'a', { activeMs, judgedAt: sitting * 5 * hour + 1 })] }),
    ]
    const row = rowsOf([
      ...[10, 20, 30].map((seconds) => at(1, seconds * 1_000)),
      ...[10, 20, 30, 40].map((seconds) => at(2, seconds * 1_000)),
    ])('r')
    expect(row.figures.seconds).toMatchObject({ value: 20, low: 10, high: 40, n: 7 })
    expect(row.sittings).toBe(2)
    expect(row.figures.pace.value).toBeCloseTo((7 / 160) * 3_600, 6)
    expect(row.figures.pace.low).not.toBeNull()
  })

  it('say how often a rater decided as the adjudicator did', () => {
    const decided = [
      task({
        judgments: [
          judged('r', 'a'),
          judged('s', 'b'),
          judged('lead', 'b', { source: 'adjudicator' }),
        ],
      }),
    ]
    const rows = rowsOf([decided, decided])
    expect(rows('r').figures.adjudicated).toMatchObject({ value: 0, n: 2 })
    expect(rows('s').figures.adjudicated).toMatchObject({ value: 1, n: 2 })
  })
})

describe('The table as a file', () => {
  it('keeps what a spreadsheet would run from being a formula', () => {
    expect(csvCell('=1+1')).toBe("'=1+1")
    expect(csvCell('@sum')).toBe("'@sum")
    expect(csvCell('a "b", c')).toBe('"a ""b"", c"')
    expect(csvCell(-0.5)).toBe('-0.5')
    expect(csvCell(null)).toBe('')
  })
})

describeEachDialect('Raters of a campaign', (open) => {
  async function room({ prompts = 8, overlap = 2, raters = 3 } = {}) {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    await importFiles(test, projectId, { 'a.jsonl': promptLines(prompts, ['a', 'b']) })
    const campaignId = await openCampaign(db, projectId, { overlap })
    const people = []
    for (let place = 0; place < raters; place++) {
      people.push(await makePerson(db, { projectId, roles: ['annotator'] }))
    }
    const criterion = await db.read.selectFrom('criterion').select('id').executeTakeFirstOrThrow()
    const claim = (raterId: string) =>
      inTransaction(db, (trx) =>
        claimTasks(trx, {
          projectId,
          campaignId,
          raterId,
          holdMs: 60_000,
          now: Date.now(),
          random: Math.random,
        }),
      )
    const judge = async (raterId: string) => {
      const { held } = await claim(raterId)
      for (const { assignmentId } of held) {
        await inTransaction(db, (trx) =>
          submitJudgment(trx, {
            projectId,
            raterId,
            submission: {
              assignmentId,
              baseRevision: 0,
              answers: [{ kind: 'preference', criterionId: criterion.id, winner: 'first' }],
              comment: '',
              reasons: [],
              activeMs: 60_000,
              openedAt: null,
            },
            now: Date.now(),
          }),
        )
      }
      return held.length
    }
    /** Judges until nothing is left for the rater. */
    const judgeAll = async (raterId: string) => {
      while ((await judge(raterId)) > 0);
    }
    const act = (raterId: string, what: RaterAct) =>
      inTransaction(db, (trx) =>
        actOnRater(trx, {
          projectId,
          campaignId,
          raterId,
          actor: 'lead',
          now: Date.now(),
          act: what,
        }),
      )
    const work = async () => {
      for (;;) {
        const job = await inTransaction(db, (trx) =>
          claimJob(trx, { holder: 't', now: Date.now() }),
        )
        if (!job) return
        await runJob(job, {
          db,
          dataDir: test.folder,
          handlers: jobHandlersWith(localStore('')),
          holder: 't',
          signal: new AbortController().signal,
          onError: (error) => {
            throw error
          },
        })
      }
    }
    /** For each task: rows that hold a place, judgments that count, and what it needs. */
    const overlapOf = async () => {
      const tasks = await db.read.selectFrom('task').select(['id', 'needed']).execute()
      const rows = await db.read.selectFrom('assignment').select(['task_id', 'status']).execute()
      const judgments = await db.read
        .selectFrom('judgment')
        .select('task_id')
        .where('is_extra', '=', 0)
        .where('withdrawn_at', 'is', null)
        .execute()
      return tasks.map(({ id, needed }) => {
        const count = (...statuses: string[]) =>
          rows.filter((row) => row.task_id === id && statuses.includes(row.status)).length
        return {
          needed,
          live: count('open', 'held', 'submitted'),
          submitted: count('submitted'),
          counted: judgments.filter(({ task_id }) => task_id === id).length,
        }
      })
    }
    const isExact = async () => {
      for (const { needed, live, submitted, counted } of await overlapOf()) {
        expect(live).toBe(needed)
        expect(counted).toBe(submitted)
      }
    }
    const raterIds = people.map(({ raterId }) => raterId)
    return {
      db,
      projectId,
      campaignId,
      raterIds,
      claim,
      judge,
      judgeAll,
      act,
      work,
      isExact,
      overlapOf,
    }
  }

  it('are measured by the job, and the page knows their state', async () => {
    const { db, projectId, campaignId, raterIds, judgeAll, work, claim } = await room({
      prompts: 12,
    })
    const [one, two, three] = raterIds as [string, string, string]
    await judgeAll(one)
    await claim(three)
    await judgeAll(two)
    const campaign = must(await findCampaign(db.read, projectId, campaignId), 'the campaign')
    const look = () =>
      ratersOfCampaign(db, { projectId, campaign, withNames: false, now: Date.now() })
    expect((await look()).freshness.newer).toBeGreaterThan(0)
    await work()
    const page = await look()
    expect(page.freshness.newer).toBe(0)
    expect(page.setUp).toEqual({ hasGold: false, hasRepeats: false })
    const row = must(
      page.raters.find(({ id }) => id === one),
      'the rater',
    )
    expect(row.name).toBeNull()
    expect(row.row).toMatchObject({ judgments: 12 })
    expect(row.row?.figures.first).toMatchObject({ value: 1, n: 12 })
    expect(page.raters.find(({ id }) => id === three)?.inHand).toBeGreaterThan(0)
    const measured = must(await latestRaters(db.read, { projectId, campaignId }), 'figures')
    expect(measured.result.method.question).toBe('Which response is better?')
    const [last] = await lastJudgments(db.read, { projectId, campaignId, raterId: one })
    expect(last).toMatchObject({ verdict: 'the one shown first', purpose: 'work' })
  })

  it('are paused with a reason: nothing new, and what is in hand goes to others', async () => {
    const { db, projectId, campaignId, raterIds, claim, act, isExact } = await room()
    const raterId = must(raterIds[0], 'a rater')
    const { held } = await claim(raterId)
    expect(held.length).toBeGreaterThan(0)
    expect(await act(raterId, { intent: 'pause', reason: 'to talk first' })).toMatchObject({
      ok: true,
    })
    expect(await claim(raterId)).toMatchObject({ held: [], isPaused: true })
    await isExact()
    const audit = await db.read
      .selectFrom('audit')
      .select(['actor', 'action', 'detail'])
      .where('action', '=', 'rater paused')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(audit.detail)).toEqual({ raterId, reason: 'to talk first' })
    expect(await act(raterId, { intent: 'resume', reason: 'talked' })).toMatchObject({ ok: true })
    expect(await act(raterId, { intent: 'resume', reason: 'again' })).toMatchObject({ ok: false })
    expect((await claim(raterId)).held.length).toBeGreaterThan(0)
    const strange = { projectId, campaignId, raterId: 'nobody' }
    const paused = await inTransaction(db, (trx) =>
      pauseRater(trx, { ...strange, reason: 'x', now: 0 }),
    )
    expect(paused).toBeUndefined()
    expect(await inTransaction(db, (trx) => resumeRater(trx, strange))).toBe(false)
  })

  it('have judgments withdrawn: kept, out of every figure, and their tasks ask for somebody else', async () => {
    const { db, projectId, campaignId, raterIds, judgeAll, act, work, isExact } = await room({
      prompts: 30,
    })
    const [bad, good, third] = raterIds as [string, string, string]
    await judgeAll(bad)
    await judgeAll(good)
    const scope = { projectId, campaignId, raterId: bad }
    expect(await countWithdrawable(db.read, scope, null)).toEqual({ judgments: 30, tasks: 30 })
    expect(await countWithdrawable(db.read, scope, Date.now() + 60_000)).toEqual({
      judgments: 0,
      tasks: 0,
    })
    const withdraw = (confirmed: number) =>
      act(bad, { intent: 'withdraw', reason: 'clicked through', since: null, confirmed })
    expect(await withdraw(29)).toMatchObject({ ok: false })
    expect(await withdraw(30)).toMatchObject({ ok: true })
    expect(await withdraw(30)).toMatchObject({ ok: false })
    await work()
    expect(await listWithdrawals(db.read, scope)).toMatchObject([
      { judgments: 30, tasks: 30, reason: 'clicked through' },
    ])
    await isExact()
    const measured = await measureCampaign(db.read, { projectId, campaignId })
    expect(measured.standings.method).toMatchObject({ judgments: 30, raters: 1 })
    const changes = await db.read.selectFrom('judgment').select('id').execute()
    expect(changes).toHaveLength(60)
    await judgeAll(bad)
    await judgeAll(third)
    await isExact()
    const again = await measureCampaign(db.read, { projectId, campaignId })
    expect(again.standings.method).toMatchObject({ judgments: 60, raters: 2 })
  })

  it('have them restored: in their place where it is free, as extra where it was taken', async () => {
    const { db, projectId, campaignId, raterIds, judge, judgeAll, act, work, isExact } = await room(
      {
        prompts: 10,
      },
    )
    const [bad, good, third] = raterIds as [string, string, string]
    await judgeAll(bad)
    await judgeAll(good)
    const scope = { projectId, campaignId, raterId: bad }
    await act(bad, { intent: 'withdraw', reason: 'by mistake', since: null, confirmed: 10 })
    await work()
    const taken = await judge(third)
    expect(taken).toBeGreaterThan(0)
    const withdrawal = must((await listWithdrawals(db.read, scope))[0], 'the withdrawal')
    const restored = await act(bad, {
      intent: 'restore',
      reason: 'they were fine',
      withdrawnAt: withdrawal.at,
      withdrawnReason: withdrawal.reason,
      confirmed: withdrawal.judgments,
    })
    expect(restored).toMatchObject({ ok: true })
    await work()
    await isExact()
    const rows = await db.read
      .selectFrom('judgment')
      .select(['is_extra', 'withdrawn_at'])
      .where('rater_id', '=', bad)
      .execute()
    expect(rows.filter((row) => row.is_extra === 1)).toHaveLength(taken)
    expect(rows.every((row) => row.withdrawn_at === null)).toBe(true)
    expect(await listWithdrawals(db.read, scope)).toEqual([])
    const audit = await db.read
      .selectFrom('audit')
      .select('action')
      .where('subject', '=', campaignId)
      .orderBy('id')
      .execute()
    expect(audit.map(({ action }) => action)).toEqual(['judgments withdrawn', 'judgments restored'])
    expect(await judge(third)).toBe(0)
  })

  it('have no task asked for again in a campaign that is closed', async () => {
    const { db, projectId, campaignId, raterIds, judgeAll, act, work, overlapOf } = await room({
      prompts: 4,
      overlap: 1,
    })
    const raterId = must(raterIds[0], 'a rater')
    await judgeAll(raterId)
    await db.write
      .updateTable('campaign')
      .set({ status: 'closed' })
      .where('project_id', '=', projectId)
      .where('id', '=', campaignId)
      .execute()
    await act(raterId, { intent: 'withdraw', reason: 'late', since: null, confirmed: 4 })
    await work()
    for (const { live, counted } of await overlapOf())
      expect({ live, counted }).toEqual({ live: 0, counted: 0 })
    const [withdrawal] = await listWithdrawals(db.read, { projectId, campaignId, raterId })
    await act(raterId, {
      intent: 'restore',
      reason: 'not late',
      withdrawnAt: must(withdrawal, 'it').at,
      withdrawnReason: 'late',
      confirmed: 4,
    })
    await work()
    for (const { live, counted } of await overlapOf())
      expect({ live, counted }).toEqual({ live: 1, counted: 1 })
  })
})
