/** In: the demo's texts. Out: a project that went the whole way, by the same functions as any other. */
import { copyFile, mkdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { addRoles } from '#app/access/members.server.ts'
import { claimTasks } from '#app/assign/assignments.server.ts'
import { type NewCampaign, newCampaignSchema, overallPreference } from '#app/assign/campaign.ts'
import { changeStatus } from '#app/assign/campaign-life.server.ts'
import {
  findCampaign,
  findCampaignByName,
  insertCampaign,
  listCriteria,
} from '#app/assign/campaigns.server.ts'
import { makeTasks } from '#app/assign/make-tasks.server.ts'
import { must } from '#app/base/must.ts'
import { batchFolder, insertBatch } from '#app/import/batches.server.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { textOf } from '#app/import/message.ts'
import { askForPreparation } from '#app/import/preparation.server.ts'
import { runImport } from '#app/import/run-import.server.ts'
import { enqueueJob } from '#app/jobs/jobs.server.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { runMeasure } from '#app/measure/measure.server.ts'
import { insertProject, type Project } from '#app/projects/projects.server.ts'
import { ensureNamedRater } from '#app/projects/raters.server.ts'
import type { ShownAnswer } from '#app/rate/judgment.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { skipTask, submitJudgment } from '#app/rate/submit-judgment.server.ts'
import { inTransaction } from '#db/open.ts'
import type { Queries, Tx } from '#db/schema.ts'
import {
  chanceOf,
  type SeenResponse,
  type SimulatedRater,
  simulatedRaters,
  simulateScore,
  simulateTime,
  simulateVerdict,
} from './simulated-rater.ts'

export const demoName = 'Demo: a support assistant'

const source = 'demo'
const day = 24 * 60 * 60_000
const files = ['prompts-a.jsonl', 'prompts-b.jsonl']
const demoFolder = path.resolve('app/demo')

/** Makes the demo's project and queues what fills it. */
export async function askForDemo(
  trx: Tx,
  { personId, now }: { personId: string; now: number },
): Promise<Project> {
  const project = await insertProject(trx, { name: demoName, isSimulated: true, now })
  const projectId = project.id
  await addRoles(trx, { projectId, personId, roles: ['lead', 'engineer', 'annotator'], now })
  await enqueueJob(trx, { projectId, kind: 'load-demo', input: {}, dedupeKey: 'demo', now })
  return project
}

/** What takes a trade or a language to judge. */
const specialistTags = ['code', 'maths', 'data', 'translation', 'pt-br', 'es', 'multi-turn']

const guidelines = `# How to judge

Read the prompt, then both responses.

- **A wrong answer loses** to a plain right one.
- **What was asked counts:** the format, the language, a limit of words.
- **If both help equally,** the shorter is better.
- **If both are wrong,** take the less wrong; if neither helps, both are bad.`

const rubricGuidelines = `# How to judge

Read the prompt first, then the response to the end.

- **Correctness** asks whether what it says is right and does what was asked.
- **Clarity** asks whether the person who asked would understand it at once.
- Judge the one without the other: a wrong answer may be clear.`

const fivePoints = (low: string, middle: string, high: string) => [
  { value: 1, label: '1', anchor: low },
  { value: 2, label: '2', anchor: '' },
  { value: 3, label: '3', anchor: middle },
  { value: 4, label: '4', anchor: '' },
  { value: 5, label: '5', anchor: high },
]

const campaigns: { campaign: NewCampaign; share: number; closes: boolean }[] = [
  {
    campaign: newCampaignSchema.parse({
      name: 'Which answer is better?',
      kind: 'pairwise',
      overlap: 3,
      criteria: [overallPreference(5)],
      guidelines,
      settings: { reasons: ['More correct', 'Does what was asked', 'Clearer', 'Safer'] },
    }),
    share: 0.88,
    closes: false,
  },
  {
    campaign: newCampaignSchema.parse({
      name: 'How good is each answer?',
      kind: 'rubric',
      overlap: 2,
      guidelines: rubricGuidelines,
      criteria: [
        {
          title: 'Correctness',
          definition: {
            kind: 'scale',
            points: fivePoints(
              'wrong in what matters',
              'right with small errors',
              'right throughout',
            ),
          },
        },
        {
          title: 'Clarity',
          definition: {
            kind: 'scale',
            points: fivePoints('hard to follow', 'clear after a second reading', 'clear at once'),
          },
        },
      ],
      settings: {},
    }),
    share: 1,
    closes: true,
  },
]

/** The job: imports the texts, opens the campaigns and lets the simulated raters work. */
export async function runLoadDemo(context: JobContext): Promise<{ judgments: number }> {
  await context.report({ note: 'texts', total: 100 })
  await importTexts(context)
  const qualities = await readQualities()
  let judgments = 0
  for (const [place, one] of campaigns.entries()) {
    const campaignId = await openCampaign(context, one.campaign)
    judgments += await simulate(context, { campaignId, share: one.share, qualities, place })
    await inTransaction(context.db, async (trx) => {
      const scope = { projectId: context.job.project_id, campaignId, now: Date.now() }
      if (one.closes) await changeStatus(trx, { ...scope, to: 'closed' })
    })
    await runMeasure(asPart(context, 'measure', { campaignId }))
  }
  return { judgments }
}

async function importTexts(context: JobContext): Promise<void> {
  const { db, dataDir, job } = context
  const batchId = `demo-${job.id}`
  const folder = batchFolder(dataDir, batchId)
  await mkdir(folder, { recursive: true })
  const received = await Promise.all(
    files.map(async (name) => {
      const target = path.join(folder, name)
      await copyFile(path.join(demoFolder, name), target)
      return { name, path: target, bytes: (await stat(target)).size }
    }),
  )
  await inTransaction(db, async (trx) => {
    const known = await trx
      .selectFrom('import_batch')
      .select('id')
      .where('project_id', '=', job.project_id)
      .where('id', '=', batchId)
      .executeTakeFirst()
    if (known) return
    await insertBatch(trx, {
      projectId: job.project_id,
      id: batchId,
      source,
      options: importOptionsSchema.parse({ format: 'rubrica' }),
      files: received,
      createdBy: 'system',
      now: Date.now(),
    })
  })
  await runImport(recordJudgments)(asPart(context, 'import', { batchId }))
  await askForPreparation(context.db, job.project_id, Date.now())
}

/** Another kind of job run as a part of this one, which alone reports progress. */
const asPart = (context: JobContext, kind: string, input: unknown): JobContext => ({
  ...context,
  job: { ...context.job, kind, input: JSON.stringify(input), cursor: null },
  report: async () => {},
  reportWithin: async () => {},
})

const qualitiesSchema = z.record(z.string(), z.array(z.number()))
const lineSchema = z.object({
  id: z.string(),
  responses: z.array(z.object({ content: z.string() })),
})

/** The appraised quality of each response, by its words. */
async function readQualities(): Promise<Map<string, number>> {
  const qualities = new Map<string, number>()
  for (const name of files) {
    const appraised = qualitiesSchema.parse(
      JSON.parse(
        await readFile(
          path.join(demoFolder, name.replace('prompts', 'quality').replace('jsonl', 'json')),
          'utf8',
        ),
      ),
    )
    const lines = (await readFile(path.join(demoFolder, name), 'utf8')).split('\n').filter(Boolean)
    for (const text of lines) {
      const line = lineSchema.parse(JSON.parse(text))
      line.responses.forEach((response, place) => {
        qualities.set(response.content, appraised[line.id]?.[place] ?? 0)
      })
    }
  }
  return qualities
}

async function openCampaign({ db, job }: JobContext, campaign: NewCampaign): Promise<string> {
  const projectId = job.project_id
  return inTransaction(db, async (trx) => {
    const known = await findCampaignByName(trx, projectId, campaign.name)
    if (known) return known.id
    const now = Date.now()
    const inserted = await insertCampaign(trx, {
      projectId,
      campaign,
      isSimulated: true,
      createdBy: 'system',
      now: now - 21 * day,
    })
    const campaignId = must(inserted, 'the campaign of the demo')
    await changeStatus(trx, { projectId, campaignId, to: 'open', now: now - 21 * day })
    const made = must(await findCampaign(trx, projectId, campaignId), 'the campaign of the demo')
    // What the simulated raters leave to people is then short to read, and anybody can judge it.
    const prompts = await trx
      .selectFrom('prompt')
      .select('id')
      .where('project_id', '=', projectId)
      .orderBy(
        (eb) =>
          eb.exists(
            eb
              .selectFrom('prompt_tag')
              .select('prompt_tag.tag')
              .whereRef('prompt_tag.project_id', '=', 'prompt.project_id')
              .whereRef('prompt_tag.prompt_id', '=', 'prompt.id')
              .where('prompt_tag.tag', 'in', specialistTags),
          ),
        'desc',
      )
      .orderBy('characters', 'desc')
      .orderBy('id')
      .execute()
    const promptIds = prompts.map((prompt) => prompt.id)
    await makeTasks(trx, { projectId, campaign: made, promptIds, turn: 0, now: now - 21 * day })
    return campaignId
  })
}

interface Simulation {
  campaignId: string
  /** How much of the wanted work gets done. */
  share: number
  qualities: ReadonlyMap<string, number>
  place: number
}

async function simulate(context: JobContext, simulation: Simulation): Promise<number> {
  const { db, job } = context
  const { campaignId, share, place } = simulation
  const projectId = job.project_id
  const scope = { projectId, campaignId }
  const { wanted } = await db.read
    .selectFrom('task')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('needed'), eb.lit(0)).as('wanted'))
    .where('project_id', '=', projectId)
    .where('campaign_id', '=', campaignId)
    .executeTakeFirstOrThrow()
  const goal = Math.floor(wanted * share)
  const raterIds = await inTransaction(db, async (trx) => {
    const ids: string[] = []
    for (const { pseudonym } of simulatedRaters) {
      const named = { projectId, name: pseudonym, kind: 'imported' as const, isSimulated: true }
      ids.push(await ensureNamedRater(trx, { ...named, now: Date.now() }))
    }
    return ids
  })
  let done = await judgedSoFar(db.read, scope)
  const before = done
  const start = Date.now() - 20 * day
  for (let turn = done; done < goal; turn++) {
    if (context.signal.aborted) throw context.signal.reason
    const rater = must(simulatedRaters[turn % simulatedRaters.length], 'a rater')
    const raterId = must(raterIds[turn % raterIds.length], 'a rater')
    const now = Math.round(start + (turn / goal) * 19 * day)
    const worked = await inTransaction(db, (trx) =>
      work(trx, { ...scope, turn, rater, raterId, now, qualities: simulation.qualities }),
    )
    if (worked === 'judged') done += 1
    if (turn > goal * 3) break
    if (turn % 100 === 0) {
      const part = (place + done / goal) / campaigns.length
      await context.report({ done: Math.round(10 + 90 * part), total: 100, note: 'judgments' })
    }
  }
  return done - before
}

async function judgedSoFar(db: Queries, scope: { projectId: string; campaignId: string }) {
  const { count } = await db
    .selectFrom('judgment')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('project_id', '=', scope.projectId)
    .where('campaign_id', '=', scope.campaignId)
    .executeTakeFirstOrThrow()
  return count
}

interface Turn {
  /** Which turn of the simulation this is: with the rater's name it decides the side. */
  turn: number
  projectId: string
  campaignId: string
  rater: SimulatedRater
  raterId: string
  now: number
  qualities: ReadonlyMap<string, number>
}

/** One simulated rater takes one task and answers it. */
async function work(trx: Tx, turn: Turn): Promise<'judged' | 'skipped' | 'idle'> {
  const { projectId, campaignId, rater, raterId, now } = turn
  const claim = { projectId, campaignId, raterId, holdMs: 30 * 60_000, now, want: 1 }
  const { held } = await claimTasks(trx, { ...claim, random: chanceOf(rater, `side ${turn.turn}`) })
  const [task] = held
  if (!task) return 'idle'
  const responses = await seenResponses(trx, projectId, task.taskId, turn.qualities)
  const shown = task.shownOrder.map((position) => must(responses[position], 'a shown response'))
  const random = chanceOf(rater, responses.map((response) => response.words).join('|'))
  const activeMs = simulateTime(rater, random)
  const { assignmentId } = task
  if (random() < 0.008) {
    const reason = 'Too long to judge fairly now'
    await skipTask(trx, { projectId, raterId, assignmentId, reason, activeMs, now: now + activeMs })
    return 'skipped'
  }
  await submitJudgment(trx, {
    projectId,
    raterId,
    now: now + activeMs,
    submission: {
      assignmentId,
      baseRevision: 0,
      answers: await answersOf(trx, turn, shown, random),
      comment: '',
      reasons: [],
      activeMs,
      openedAt: now,
    },
  })
  return 'judged'
}

type SeenText = SeenResponse & { words: string }

async function answersOf(
  trx: Tx,
  { projectId, campaignId, rater }: Turn,
  shown: readonly SeenText[],
  random: () => number,
): Promise<ShownAnswer[]> {
  const criteria = await listCriteria(trx, projectId, campaignId)
  const [first, second] = shown
  return criteria.map(({ id, definition }): ShownAnswer => {
    const criterionId = id
    if (definition.kind === 'preference' && first && second) {
      return { kind: 'preference', criterionId, ...simulateVerdict(rater, [first, second], random) }
    }
    return {
      kind: 'scale',
      criterionId,
      score: simulateScore(rater, must(first, 'a response'), random),
    }
  })
}

async function seenResponses(
  trx: Tx,
  projectId: string,
  taskId: string,
  qualities: ReadonlyMap<string, number>,
): Promise<SeenText[]> {
  const rows = await trx
    .selectFrom('task_response')
    .innerJoin('response', (join) =>
      join
        .onRef('response.project_id', '=', 'task_response.project_id')
        .onRef('response.id', '=', 'task_response.response_id'),
    )
    .select(['response.messages', 'response.characters'])
    .where('task_response.project_id', '=', projectId)
    .where('task_response.task_id', '=', taskId)
    .orderBy('task_response.position')
    .execute()
  return rows.map((row) => {
    const words = textOf(JSON.parse(row.messages))
    return { words, characters: row.characters, quality: qualities.get(words) ?? 0 }
  })
}
