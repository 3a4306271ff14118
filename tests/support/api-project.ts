/** A project that is reached through the API: a server, tokens of every role, and people who rate. */
import { insertApiToken } from '#app/access/api-tokens.server.ts'
import { must } from '#app/base/must.ts'
import type { Project } from '#app/projects/projects.server.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Role } from '#db/schema.ts'
import { type Api, openApi } from './api.ts'
import { type Dialect, makePostgresDatabase } from './database.ts'
import { judgeAll, type Rater } from './judging.ts'
import { makePerson, makeProject } from './project.ts'
import { databaseOf, removeServer, startServer, type TestServer } from './server.ts'

export interface ApiProject {
  server: TestServer
  db: Db
  project: Project
  tokens: Record<Role | 'foreign', string>
  /** Asks as an engineer. */
  api: Api
  remove: () => Promise<void>
}

/** Starts a server on a fresh database and opens the API of a project. */
export async function openApiProject(
  dialect: Dialect,
  environment: Record<string, string> = {},
): Promise<ApiProject> {
  const postgres = dialect === 'postgres' ? await makePostgresDatabase() : undefined
  const server = await startServer({
    environment,
    ...(postgres ? { databaseUrl: postgres.url } : {}),
  })
  const db = databaseOf(server)
  const project = await makeProject(db, 'Support')
  const foreign = await makeProject(db, 'Foreign')
  const tokens = {
    lead: await tokenOf(db, project.id, 'lead'),
    engineer: await tokenOf(db, project.id, 'engineer'),
    annotator: await tokenOf(db, project.id, 'annotator'),
    foreign: await tokenOf(db, foreign.id, 'lead'),
  }
  const api = await openApi(server.url, tokens.engineer)
  const remove = async () => {
    await db.close()
    await removeServer(server)
    await postgres?.drop()
  }
  return { server, db, project, tokens, api, remove }
}

async function tokenOf(db: Db, projectId: string, role: Role): Promise<string> {
  const person = await db.read.selectFrom('person').select('id').executeTakeFirstOrThrow()
  return inTransaction(db, (trx) =>
    insertApiToken(trx, { projectId, name: role, role, createdBy: person.id, now: Date.now() }),
  )
}

/** Waits until a job of the project is done; throws where it failed. */
export async function untilDone({ api }: ApiProject, job: unknown): Promise<unknown> {
  for (let look = 0; look < 300; look++) {
    const { body } = await api.ask(`/projects/support/jobs/${job}`)
    if (body.status === 'done') return body.result
    if (body.status === 'failed') throw new Error(`The job failed: ${body.error}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('The job is not done after half a minute.')
}

/** Has two annotators judge everything, and one of them change a first answer. */
export async function judgeEverything(
  { db, project }: ApiProject,
  campaignId: string,
): Promise<void> {
  const raters: Rater[] = []
  for (const name of ['Ana Lima', 'Ben Kraus']) {
    raters.push(await makePerson(db, { projectId: project.id, roles: ['annotator'], name }))
  }
  const work = { db, projectId: project.id, campaignId }
  for (const rater of raters) {
    await judgeAll(work, rater, () => ({ winner: 'a', comment: 'I wrote to ana@acme.io.' }))
  }
  await reviseOne(work, must(raters[0], 'a rater'))
}

async function reviseOne(
  { db, projectId, campaignId }: { db: Db; projectId: string; campaignId: string },
  { personId, raterId }: Rater,
): Promise<void> {
  const judged = await db.read
    .selectFrom('judgment')
    .innerJoin('judgment_score', 'judgment_score.judgment_id', 'judgment.id')
    .select(['judgment.assignment_id', 'judgment_score.criterion_id'])
    .where('judgment.rater_id', '=', raterId)
    .executeTakeFirstOrThrow()
  const desk = { db, projectId, campaignId, personId, now: Date.now(), random: Math.random }
  const sent = await answerDesk(desk, {
    intent: 'submit',
    have: [],
    submission: {
      assignmentId: must(judged.assignment_id, 'the assignment'),
      baseRevision: 1,
      answers: [{ kind: 'preference', criterionId: judged.criterion_id, winner: 'tie' }],
      comment: 'On second thoughts.',
      reasons: [],
      activeMs: 5_000,
      openedAt: null,
    },
  })
  if (!sent?.saved?.ok) throw new Error(`not changed: ${JSON.stringify(sent?.saved)}`)
}
