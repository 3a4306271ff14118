/** A project with people, texts and a campaign, made by the product's own functions. */
import { mkdir, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { addRoles } from '#app/access/members.server.ts'
import { insertPerson } from '#app/access/people.server.ts'
import { newCampaignSchema, overallPreference } from '#app/assign/campaign.ts'
import { changeStatus } from '#app/assign/campaign-life.server.ts'
import { findCampaign, insertCampaign } from '#app/assign/campaigns.server.ts'
import { makeTasks } from '#app/assign/make-tasks.server.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { batchFolder, insertBatch, listRefusals } from '#app/import/batches.server.ts'
import {
  type ImportCounts,
  type ImportOptions,
  importOptionsSchema,
  type ReceivedFile,
} from '#app/import/import-options.ts'
import { runImport } from '#app/import/run-import.server.ts'
import { insertHeldJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { insertProject } from '#app/projects/projects.server.ts'
import { ensureMemberRater } from '#app/projects/raters.server.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import type { Role } from '#db/schema.ts'
import type { TestDatabase } from './database.ts'

export const makeProject = (db: Db, name = 'Test project') =>
  inTransaction(db, (trx) => insertProject(trx, { name, now: Date.now() }))

export interface ImportedFiles {
  counts: ImportCounts
  refusals: Awaited<ReturnType<typeof listRefusals>>
  batchId: string
}

/** Imports files given by name and content, as the job does. */
export async function importFiles(
  { db, folder }: TestDatabase,
  projectId: string,
  files: Record<string, string | Buffer>,
  options: Partial<ImportOptions> & { source?: string } = {},
): Promise<ImportedFiles> {
  const batchId = newId()
  const target = batchFolder(folder, batchId)
  await mkdir(target, { recursive: true })
  const received: ReceivedFile[] = []
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(target, `${received.length + 1}-${name}`)
    await writeFile(file, content)
    received.push({ name, path: file, bytes: (await stat(file)).size })
  }
  const { source = 'default', ...rest } = options
  const now = Date.now()
  const job = await inTransaction(db, async (trx) => {
    await insertBatch(trx, {
      projectId,
      id: batchId,
      source,
      options: importOptionsSchema.parse(rest),
      files: received,
      createdBy: 'test',
      now,
    })
    return insertHeldJob(trx, {
      projectId,
      kind: 'import',
      input: { batchId },
      holder: 'test',
      now,
    })
  })
  let counts: ImportCounts | undefined
  let failure: unknown
  await runJob(job, {
    db,
    dataDir: folder,
    handlers: {
      import: async (context) => {
        counts = await runImport(recordJudgments)(context)
        return counts
      },
    },
    holder: 'test',
    signal: new AbortController().signal,
    onError: (error) => {
      failure = error
    },
  })
  if (failure) throw failure
  return {
    counts: must(counts, 'counts of the import'),
    refusals: await listRefusals(db.read, { projectId, batchId }),
    batchId,
  }
}

/** Lines of prompts, each answered by each model with a text of its own. */
export function promptLines(prompts: number, models: readonly string[]): string {
  const lines = Array.from({ length: prompts }, (_, place) =>
    JSON.stringify({
      id: `p${place}`,
      prompt: `Question number ${place}?`,
      tags: [place % 2 === 0 ? 'even' : 'odd'],
      responses: models.map((model) => ({ model, content: `${model} answers question ${place}.` })),
    }),
  )
  return `${lines.join('\n')}\n`
}

let people = 0

export async function makePerson(
  db: Db,
  { projectId, roles, name }: { projectId: string; roles: Role[]; name?: string },
): Promise<{ personId: string; raterId: string }> {
  people += 1
  const now = Date.now()
  return inTransaction(db, async (trx) => {
    const inserted = await insertPerson(trx, {
      name: name ?? `Person ${people}`,
      email: `person-${people}-${newId()}@example.org`,
      passwordHash: 'none',
      isAdmin: false,
      now,
    })
    const personId = must(inserted, 'the person')
    await addRoles(trx, { projectId, personId, roles, now })
    const raterId = await ensureMemberRater(trx, { projectId, personId, now })
    return { personId, raterId }
  })
}

/** Opens a campaign over all prompts of a project and makes its tasks. */
export async function openCampaign(
  db: Db,
  projectId: string,
  campaign: { name?: string; kind?: 'pairwise' | 'rubric' | 'ranking'; overlap?: number } & Record<
    string,
    unknown
  >,
): Promise<string> {
  const now = Date.now()
  const rubric = [
    {
      title: 'Quality',
      definition: {
        kind: 'scale',
        points: [1, 2, 3, 4, 5].map((value) => ({ value, label: String(value), anchor: '' })),
      },
    },
  ]
  const parsed = newCampaignSchema.parse({
    name: 'Campaign',
    kind: 'pairwise',
    overlap: 2,
    settings: {},
    criteria: campaign.kind === 'rubric' ? rubric : [overallPreference()],
    ...campaign,
  })
  return inTransaction(db, async (trx) => {
    const made = { projectId, campaign: parsed, createdBy: 'test', now }
    const campaignId = must(await insertCampaign(trx, made), 'the campaign')
    await changeStatus(trx, { projectId, campaignId, to: 'open', now })
    const prompts = await trx
      .selectFrom('prompt')
      .select('id')
      .where('project_id', '=', projectId)
      .orderBy('id')
      .execute()
    await makeTasks(trx, {
      projectId,
      campaign: must(await findCampaign(trx, projectId, campaignId), 'the campaign'),
      promptIds: prompts.map((prompt) => prompt.id),
      turn: 0,
      now,
    })
    return campaignId
  })
}
