/** A project that holds a judgment of every kind, made by the product's own functions. */
import { insertGuidelines } from '#app/assign/guidelines.server.ts'
import { decideTask } from '#app/rate/adjudicate.server.ts'
import type { ShownAnswer, ShownWinner } from '#app/rate/judgment.ts'
import { runWeighDoubts } from '#app/rate/weigh-doubts.server.ts'
import { runWithdrawJudgments } from '#app/rate/withdraw-judgments.server.ts'
import { inTransaction } from '#db/open.ts'
import type { TestDatabase } from './database.ts'
import {
  answer,
  type Bureau,
  claim,
  expectAnswer,
  factsOf,
  hire,
  openAnother,
  runNow,
  say,
} from './desk.ts'
import { jsonLines } from './exporting.ts'
import type { Rater } from './judging.ts'
import { taskOf } from './judging.ts'
import { importFiles, makeProject } from './project.ts'
import { recordedLines, textLines } from './whole-project-lines.ts'

/** The answers to a campaign's questions by name; the place of a response is the one on the page. */
type Unasked<Answer> = Answer extends ShownAnswer ? Omit<Answer, 'criterionId'> : never
type Said = Record<string, Unasked<ShownAnswer>>

async function submit(bureau: Bureau, rater: Rater, said: Said, change: object = {}) {
  const { tasks } = await claim(bureau, rater)
  const places = Object.values(said).flatMap((one) =>
    one.kind === 'ranking' ? one.ranking.flat() : [],
  )
  const task = tasks.find(({ responses }) => places.every((place) => place < responses.length))
  if (!task) throw new Error('Nothing is left to judge.')
  await resubmit(bureau, rater, task.assignmentId, said, change)
  return task.assignmentId
}

async function resubmit(
  bureau: Bureau,
  rater: Rater,
  assignmentId: string,
  said: Said,
  change: object = {},
) {
  const { db, campaignId, clock } = bureau
  clock.now += 7_001
  const criteria = await db.read
    .selectFrom('criterion')
    .select(['id', 'name'])
    .where('campaign_id', '=', campaignId)
    .execute()
  const answers = Object.entries(said).map(([name, one]) => {
    const criterionId = criteria.find((criterion) => criterion.name === name)?.id
    return { ...one, criterionId } as ShownAnswer
  })
  const submission = { assignmentId, baseRevision: 0, answers, comment: '', reasons: [] }
  const reply = await say(bureau, rater, {
    intent: 'submit',
    have: [],
    submission: { ...submission, activeMs: 4_321, openedAt: null, ...change },
  })
  if (!reply.saved?.ok) throw new Error(`not saved: ${JSON.stringify(reply.saved)}`)
}

const points = [1, 2, 3].map((value) => ({ value, label: `Step ${value}`, anchor: `is ${value}` }))
const asks = (title: string, definition: object, isRequired = false) => ({
  title,
  isRequired,
  definition,
})
const beside = [
  asks('Which is safer', { kind: 'choice', options: ['The first', 'Neither'], multiple: false }),
  asks('What is wrong', { kind: 'choice', options: ['Facts', 'Tone', 'Form'], multiple: true }),
  asks('Why', { kind: 'text' }),
  asks('Marks', { kind: 'spans', labels: ['error', 'praise'] }),
  asks('Better words', { kind: 'ideal' }),
]
const span = { place: 0, start: 0, end: 4, label: 'error' }
const everything: Said = {
  which_is_safer: { kind: 'choice', choices: ['Neither'] },
  what_is_wrong: { kind: 'choice', choices: ['Facts', 'Form'] },
  why: { kind: 'text', text: 'Because \u2028 so.' },
  marks: { kind: 'spans', spans: [span, { ...span, start: 1, label: 'praise' }] },
  better_words: { kind: 'ideal', text: 'Words that are better.' },
}

/** A pairwise campaign with gold, training, hidden repeats, a skip, revisions and a decision. */
async function judgePairs(test: TestDatabase, projectId: string): Promise<void> {
  let draw = 0
  const models = await test.db.read
    .selectFrom('model')
    .select('id')
    .where('project_id', '=', projectId)
    .where('name', '=', 'aurora')
    .orderBy('id')
    .execute()
  const bureau = await openAnother(test, {
    projectId,
    name: 'Pairs',
    overlap: 2,
    guidelines: 'Read both.',
    criteria: [asks('Which is better?', { kind: 'preference', points: 7 }, true), ...beside],
    settings: {
      modelIds: models.map(({ id }) => id),
      repeatRate: 0.5,
      goldRate: 0.3,
      reasons: ['Correct', 'Clear'],
    },
    random: () => {
      draw = (draw + 0.37) % 1
      return draw
    },
  })
  for (const purpose of ['gold', 'training', 'qualification'] as const) {
    await expectAnswer(bureau, 'Question 3?', purpose, 'b')
  }
  const [ann, ben] = [await hire(bureau), await hire(bureau)]
  const verdict = (winner: ShownWinner, strength?: number): Said => ({
    preference: { kind: 'preference', winner, ...(strength && { strength }) },
  })
  const first = await submit(
    bureau,
    ann,
    { ...verdict('first', 3), ...everything },
    { comment: 'Clear.', reasons: ['Correct'] },
  )
  await resubmit(bureau, ann, first, verdict('second', 1), { baseRevision: 1, comment: '' })
  await resubmit(
    bureau,
    ann,
    first,
    { ...verdict('first', 3), why: { kind: 'text', text: 'Back again' } },
    { baseRevision: 2, activeMs: null },
  )
  await inTransaction(test.db, (trx) =>
    insertGuidelines(trx, {
      projectId,
      campaignId: bureau.campaignId,
      text: 'Read both twice.',
      baseVersion: 1,
      createdBy: 'test',
      now: bureau.clock.now,
    }),
  )
  for (const winner of ['tie', 'both_bad', 'cant_judge'] as const) {
    await submit(bureau, ann, { ...verdict(winner), ...everything })
  }
  const [task] = (await claim(bureau, ann)).tasks
  if (!task) throw new Error('Nothing to skip.')
  await say(bureau, ann, {
    intent: 'skip',
    have: [],
    assignmentId: task.assignmentId,
    reason: 'No idea',
    activeMs: 900,
  })
  await judgeRest(bureau, ann, 'a')
  await judgeRest(bureau, ben, 'b')
  await runNow(bureau, runWeighDoubts)
  await decideTask(test.db, {
    projectId,
    campaignId: bureau.campaignId,
    taskId: await taskOf(bureau, 'Question 5?'),
    personId: bureau.lead.personId,
    given: {
      baseRevision: 0,
      answers: [{ kind: 'preference', criterionId: bureau.criterionId, winner: 'first' }],
      reason: 'The second one is wrong',
      reasons: ['Correct'],
      activeMs: 1_000,
    },
    now: bureau.clock.now,
  })
  await withdraw(bureau, ben, bureau.clock.now - 60_000)
}

async function judgeRest(bureau: Bureau, rater: Rater, winner: 'a' | 'b'): Promise<void> {
  for (let at = 0; at < 60; at++) {
    const [task] = (await claim(bureau, rater)).tasks
    if (!task) return
    bureau.clock.now += 9_000
    await answer(bureau, rater, task, at % 3 === 2 ? 'tie' : winner)
  }
}

/** Takes a rater's judgments since a time out of the figures. */
async function withdraw(bureau: Bureau, { raterId }: Rater, since: number): Promise<void> {
  const at = bureau.clock.now
  const input = { act: 'withdraw', raterId, since, reason: 'Too fast', at, judgments: 1 }
  await runNow(bureau, runWithdrawJudgments, input)
}

/** Rankings of three responses, some left out, with questions beside them. */
async function judgeRankings(test: TestDatabase, projectId: string): Promise<void> {
  const ranking = asks('Order them', { kind: 'ranking', ties: true, partial: true }, true)
  const criteria = [ranking, ...beside]
  const bureau = await openAnother(test, {
    projectId,
    name: 'Ranked',
    kind: 'ranking',
    overlap: 2,
    criteria,
  })
  for (const orders of [
    [[[2], [0, 1]], [[1]]],
    [[[0], [1], [2]], [[2, 0]]],
  ]) {
    const rater = await hire(bureau)
    for (const order of orders) {
      await submit(bureau, rater, {
        order_them: { kind: 'ranking', ranking: order },
        ...everything,
      })
    }
    const task = (await claim(bureau, rater)).tasks.find((one) => one.responses.length === 3)
    const { order } = await factsOf(bureau, task?.assignmentId ?? '')
    if (order.length !== 3) throw new Error('A ranking shows three responses.')
    await say(bureau, rater, {
      intent: 'skip',
      have: [],
      assignmentId: task?.assignmentId ?? '',
      reason: 'Too long',
      activeMs: null,
    })
  }
}

/** Scores of single responses on two criteria, with answers beside them. */
async function judgeRubric(test: TestDatabase, projectId: string): Promise<void> {
  const scales = ['Accuracy', 'Tone'].map((title) => asks(title, { kind: 'scale', points }, true))
  const bureau = await openAnother(test, {
    projectId,
    name: 'Rubric',
    kind: 'rubric',
    overlap: 2,
    guidelines: 'Score each.',
    criteria: [...scales, ...beside],
  })
  const score = (accuracy: number, tone: number): Said => ({
    accuracy: { kind: 'scale', score: accuracy },
    tone: { kind: 'scale', score: tone },
  })
  for (const [at, rater] of [await hire(bureau), await hire(bureau)].entries()) {
    const id = await submit(bureau, rater, { ...score(1 + at, 3), ...everything })
    await resubmit(bureau, rater, id, score(1 + at, 2), { baseRevision: 1, reasons: ['Tone'] })
    for (const one of [1, 2, 3]) await submit(bureau, rater, score(one, 4 - one))
  }
}

/** Everything at once: campaigns made here, and judgments recorded elsewhere. */
export async function wholeProject(test: TestDatabase): Promise<string> {
  const { id: projectId } = await makeProject(test.db)
  const texts = await importFiles(test, projectId, { 'texts.jsonl': jsonLines(...textLines()) })
  if (texts.counts.refused > 0) throw new Error(JSON.stringify(texts.refusals))
  await judgePairs(test, projectId)
  await judgeRankings(test, projectId)
  await judgeRubric(test, projectId)
  const recorded = jsonLines(...recordedLines())
  const { counts, refusals } = await importFiles(test, projectId, { 'recorded.jsonl': recorded })
  if (counts.refused > 0) throw new Error(JSON.stringify(refusals))
  return projectId
}
