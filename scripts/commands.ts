/** Each command: its options, and the one function it calls. JSON goes to standard output alone. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import type { ParseArgsConfig } from 'node:util'
import { type Campaign, findCampaignByName, listCampaigns } from '#app/assign/campaigns.server.ts'
import { newId } from '#app/base/ids.ts'
import { readConfiguration } from '#app/configuration.server.ts'
import { findDatasetByName } from '#app/export/datasets.server.ts'
import { type DatasetRecipe, recipeSchema } from '#app/export/recipe.ts'
import { targetNames } from '#app/export/targets/all.ts'
import { writeDataset } from '#app/export/write-dataset.server.ts'
import { BlockedDataset } from '#app/export/write-rows.server.ts'
import { batchFolder, discardBatch, insertBatch, listRefusals } from '#app/import/batches.server.ts'
import { type FieldMapping, fieldMappingSchema, missingFields } from '#app/import/field-mapping.ts'
import {
  type ImportCounts,
  type ImportOptions,
  importCountsSchema,
  importOptionsSchema,
  type ReceivedFile,
} from '#app/import/import-options.ts'
import { problemOf } from '#app/import/import-record.ts'
import { findReader, readers } from '#app/import/readers.ts'
import { listRefusedFiles } from '#app/import/refused-file.server.ts'
import { rehearseImport } from '#app/import/rehearse-import.server.ts'
import { runImport } from '#app/import/run-import.server.ts'
import { findJob, insertHeldJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import { askGate, GateProblem } from '#app/measure/gate.server.ts'
import type { GateVerdict } from '#app/measure/gate.ts'
import { gateQuestionSchema } from '#app/measure/gate-question.ts'
import { askForBatchMeasurement, measureCampaign } from '#app/measure/measure.server.ts'
import { type MeasureOptions, measureOptionsSchema } from '#app/measure/method.ts'
import {
  findProject,
  insertProject,
  listProjects,
  type Project,
} from '#app/projects/projects.server.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { migrate } from '#db/migrate.ts'
import { type Db, inTransaction, openDb } from '#db/open.ts'

export class UsageError extends Error {}

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

interface Call {
  values: Values
  positionals: string[]
  holder: string
}

interface Command {
  options: NonNullable<ParseArgsConfig['options']>
  run: (call: Call) => Promise<number>
  /** The exit code where it could not be done; 2 where none is named. */
  failure?: number
}

const text = { type: 'string' } as const
const flag = { type: 'boolean' } as const

const say = (words: string) => process.stderr.write(`${words}\n`)
const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

function needed(values: Values, name: string): string {
  const value = values[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is needed.`)
  return value
}

const optional = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

async function withDb<T>(run: (open: { db: Db; dataDir: string }) => Promise<T>): Promise<T> {
  const { databaseUrl, dataDir } = readConfiguration(process.env)
  const db = openDb({ url: databaseUrl })
  try {
    await migrate(db)
    return await run({ db, dataDir })
  } finally {
    await db.close()
  }
}

async function ensureProject(db: Db, name: string): Promise<Project> {
  const known = await findProject(db.read, name)
  return known ?? inTransaction(db, (trx) => insertProject(trx, { name, now: Date.now() }))
}

async function knownProject(db: Db, values: Values): Promise<Project> {
  const name = needed(values, 'project')
  const project = await findProject(db.read, name)
  if (!project) throw new UsageError(`There is no project "${name}".`)
  return project
}

async function knownCampaign(
  db: Db,
  values: Values,
): Promise<{ project: Project; campaign: Campaign }> {
  const project = await knownProject(db, values)
  const wanted = needed(values, 'campaign')
  const campaign = await findCampaignByName(db.read, project.id, wanted)
  if (campaign) return { project, campaign }
  const names = (await listCampaigns(db.read, project.id)).map((one) => `"${one.name}"`)
  throw new UsageError(
    `The project "${project.name}" has no campaign "${wanted}"; it has ${names.join(', ') || 'none'}.`,
  )
}

// ---- import -----------------------------------------------------------------------------------

async function runImportCommand({ values, positionals, holder }: Call): Promise<number> {
  if (positionals.length === 0) throw new UsageError('Name at least one file to import.')
  for (const file of positionals) {
    if (!existsSync(file)) throw new UsageError(`There is no file "${file}".`)
  }
  const options = await optionsOf(values)
  return withDb(async ({ db, dataDir }) => {
    const project = await ensureProject(db, needed(values, 'project'))
    const batchId = newId()
    const files = await receive(positionals, options.mapping, {
      values,
      folder: batchFolder(dataDir, batchId),
    })
    const projectId = project.id
    const source = optional(values, 'source') ?? 'default'
    await inTransaction(db, (trx) =>
      insertBatch(trx, {
        projectId,
        id: batchId,
        source,
        options,
        files,
        createdBy: 'command line',
        now: Date.now(),
      }),
    )
    const scope = { db, dataDir, projectId, batchId }
    const told = values['dry-run'] ? await rehearse(scope) : await importNow({ ...scope, holder })
    const refusedFiles = await listRefusedFiles(dataDir, batchId)
    print({
      created: told.counts.created,
      merged: told.counts.merged,
      unchanged: told.counts.unchanged,
      refused: told.counts.refused,
      refusals: told.refusals.map(({ file, line, field, reason }) => ({
        file,
        line,
        field,
        reason,
      })),
      refused_file: refusedFiles[0] ?? null,
      refused_files: refusedFiles,
      ...(values['dry-run'] ? { dry_run: true } : {}),
    })
    return told.counts.refused > 0 ? 1 : 0
  })
}

async function optionsOf(values: Values): Promise<ImportOptions> {
  const mapFile = optional(values, 'map')
  const format = optional(values, 'format') ?? 'auto'
  const result = importOptionsSchema.safeParse({
    format: mapFile === undefined ? format : 'mapped',
    mapping: mapFile === undefined ? undefined : await readMapping(mapFile),
    encoding: optional(values, 'encoding'),
    rate: optional(values, 'rate'),
    campaign: optional(values, 'campaign'),
    allowMissingText: values['allow-missing-text'] === true,
  })
  if (!result.success) {
    const { field, reason } = problemOf(result.error)
    throw new UsageError(`--${field} is not valid: ${reason}`)
  }
  if (!['auto', 'mapped'].includes(format) && !findReader(format)) {
    const known = readers.map((reader) => reader.format).join(', ')
    throw new UsageError(`--format is auto, mapped or one of ${known}; "${format}" is not.`)
  }
  if (result.data.format === 'mapped' && !result.data.mapping) {
    throw new UsageError('--format mapped needs --map FILE.')
  }
  return result.data
}

async function readMapping(file: string): Promise<FieldMapping> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`The mapping "${file}" cannot be read: ${(error as Error).message}`)
  }
  const result = fieldMappingSchema.safeParse(value)
  if (!result.success) {
    const { field, reason } = problemOf(result.error)
    throw new UsageError(`The mapping "${file}" is not valid at "${field}": ${reason}`)
  }
  const missing = missingFields(result.data)
  if (missing.length > 0) {
    throw new UsageError(`The mapping "${file}" has no column for ${missing.join(', ')}.`)
  }
  return result.data
}

/** Copies the files beside the batch, so that a killed import can go on though they move. */
async function receive(
  given: readonly string[],
  mapping: FieldMapping | undefined,
  { values, folder }: { values: Values; folder: string },
): Promise<ReceivedFile[]> {
  await mkdir(folder, { recursive: true })
  const names = new Set(given.map((file) => path.basename(file)))
  const joined = (mapping?.join ?? [])
    .map((join) => join.file)
    .filter((file) => !names.has(path.basename(file)))
    .map((file) => findBeside(file, [given[0] ?? '.', optional(values, 'map') ?? '.']))
  const received: ReceivedFile[] = []
  for (const file of [...given, ...new Set(joined)]) {
    const name = path.basename(file)
    const target = path.join(folder, `${received.length + 1}-${name}`)
    await copyFile(file, target)
    received.push({ name, path: target, bytes: (await stat(target)).size })
  }
  return received
}

/** A joined file is looked for where it says, beside the data and beside the mapping. */
function findBeside(file: string, neighbours: readonly string[]): string {
  const places = [file, ...neighbours.map((one) => path.join(path.dirname(one), file))]
  const found = places.find((place) => existsSync(place))
  if (found === undefined) throw new UsageError(`The mapping joins "${file}", which is not there.`)
  return found
}

interface BatchScope {
  db: Db
  dataDir: string
  projectId: string
  batchId: string
}

async function rehearse(scope: BatchScope) {
  const told = await rehearseImport({ ...scope, recordJudgments })
  await discardBatch(scope.db, scope)
  return { counts: told.counts, refusals: told.refusals.slice(0, 100) }
}

async function importNow({
  db,
  dataDir,
  projectId,
  batchId,
  holder,
}: BatchScope & { holder: string }) {
  const job = await inTransaction(db, (trx) =>
    insertHeldJob(trx, { projectId, kind: 'import', input: { batchId }, holder, now: Date.now() }),
  )
  const bar = showProgress(db, projectId, job.id)
  const stop = new AbortController()
  await runJob(job, {
    db,
    dataDir,
    handlers: { import: runImport(recordJudgments) },
    holder,
    signal: stop.signal,
    onError: (error) => {
      if (process.env.DEBUG) console.error(error)
    },
  })
  bar.stop()
  const ended = await findJob(db.read, projectId, job.id)
  if (ended?.status !== 'done') throw new Error(ended?.error ?? 'The import did not end.')
  const counts: ImportCounts = importCountsSchema.parse(JSON.parse(ended.result ?? 'null'))
  // Campaigns that gained judgments are measured by the next worker that runs.
  await inTransaction(db, (trx) =>
    askForBatchMeasurement(trx, { projectId, batchId, now: Date.now() }),
  )
  const refusals = await listRefusals(db.read, { projectId, batchId, limit: 100 })
  await removeReceived(dataDir, batchId)
  return { counts, refusals }
}

/** The copies have served; the refused records stay. */
async function removeReceived(dataDir: string, batchId: string): Promise<void> {
  const folder = batchFolder(dataDir, batchId)
  if ((await listRefusedFiles(dataDir, batchId)).length === 0) {
    await rm(folder, { recursive: true, force: true })
  }
}

function showProgress(db: Db, projectId: string, jobId: string) {
  if (!process.stderr.isTTY) return { stop: () => {} }
  const timer = setInterval(async () => {
    const job = await findJob(db.read, projectId, jobId).catch(() => undefined)
    if (!job || job.total === 0) return
    const share = Math.min(1, job.done / job.total)
    const filled = Math.round(share * 30)
    const line = `${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${Math.round(share * 100)} % ${job.note}`
    process.stderr.write(`\r${line}  `)
  }, 500)
  return {
    stop: () => {
      clearInterval(timer)
      process.stderr.write('\r\u001b[K')
    },
  }
}

// ---- measure ----------------------------------------------------------------------------------

const measureFlags = {
  project: text,
  campaign: text,
  json: flag,
  ties: text,
  'both-bad': text,
  interval: text,
  control: text,
  sources: text,
  tag: text,
  'prompt-version': text,
  'rater-group': text,
  from: text,
  to: text,
  seed: text,
}

function measureOptions(values: Values): MeasureOptions {
  const sources = optional(values, 'sources')
  const seed = optional(values, 'seed')
  const result = measureOptionsSchema.safeParse({
    ties: optional(values, 'ties'),
    bothBad: optional(values, 'both-bad'),
    interval: optional(values, 'interval'),
    control: optional(values, 'control'),
    sources: sources?.split(',').map((source) => source.trim()),
    tag: optional(values, 'tag'),
    promptVersion: optional(values, 'prompt-version'),
    raterGroup: optional(values, 'rater-group'),
    from: optional(values, 'from'),
    to: optional(values, 'to'),
    seed: seed === undefined ? undefined : Number(seed),
  })
  if (result.success) return result.data
  const { field, reason } = problemOf(result.error)
  const flagged = field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${flagged}: ${reason}`)
}

const share = (value: number | null) => (value === null ? '–' : `${(100 * value).toFixed(1)} %`)
const number = (value: number | null, digits = 0) => (value === null ? '–' : value.toFixed(digits))

async function runStandings({ values }: Call): Promise<number> {
  const options = measureOptions(values)
  return withDb(async ({ db }) => {
    const { project, campaign } = await knownCampaign(db, values)
    const { standings } = await measureCampaign(db.read, {
      projectId: project.id,
      campaignId: campaign.id,
      options,
    })
    if (values.json) {
      print(standings)
      return 0
    }
    for (const row of standings.models) {
      const rank = row.rank_low === null ? '–' : `${row.rank_low}–${row.rank_high}`
      const interval = `${share(row.win_rate_low)}–${share(row.win_rate_high)}`
      say(
        `${rank.padEnd(7)} ${row.model.padEnd(36)} ${share(row.win_rate).padStart(7)}  ${interval.padEnd(17)} rating ${number(row.rating)}  n ${row.judgments}${row.reason ? `  (${row.reason})` : ''}`,
      )
    }
    for (const row of standings.scores) {
      say(
        `${row.criterion.padEnd(16)} ${row.model.padEnd(30)} ${number(row.mean, 2)}  ${number(row.low, 2)}–${number(row.high, 2)}  n ${row.judgments}`,
      )
    }
    for (const warning of standings.method.warnings) say(warning)
    return 0
  })
}

async function runAgreement({ values }: Call): Promise<number> {
  const options = measureOptions(values)
  return withDb(async ({ db }) => {
    const { project, campaign } = await knownCampaign(db, values)
    const { agreement } = await measureCampaign(db.read, {
      projectId: project.id,
      campaignId: campaign.id,
      options,
    })
    if (values.json) {
      print(agreement)
      return 0
    }
    for (const row of agreement.criteria) {
      const interval = `${number(row.alpha_low, 3)}–${number(row.alpha_high, 3)}`
      say(
        `${row.criterion.padEnd(20)} alpha ${number(row.alpha, 3)} (${interval}, ${row.level})  ${row.units} units, ${row.raters} raters, ${row.judgments} judgments${row.reason ? `  (${row.reason})` : ''}`,
      )
    }
    return 0
  })
}

/** What the shell is told of each answer; 3 is for a question that could not be answered. */
const gateExitCodes: Record<GateVerdict, number> = { pass: 0, fail: 1, 'not enough evidence': 2 }

const gateFlags = {
  project: text,
  campaign: text,
  candidate: text,
  baseline: text,
  'min-win-rate': text,
  confidence: text,
  tag: text,
  sources: text,
  ties: text,
  'both-bad': text,
  anytime: flag,
  json: flag,
}

async function runGate({ values }: Call): Promise<number> {
  const asked = gateQuestionSchema.safeParse({
    candidate: optional(values, 'candidate'),
    baseline: optional(values, 'baseline'),
    min_win_rate: optional(values, 'min-win-rate'),
    confidence: optional(values, 'confidence'),
    tag: optional(values, 'tag'),
    campaign: optional(values, 'campaign'),
    sources: optional(values, 'sources'),
    ties: optional(values, 'ties'),
    both_bad: optional(values, 'both-bad'),
    anytime: String(values.anytime === true),
  })
  if (!asked.success) {
    const { field, reason } = problemOf(asked.error)
    throw new UsageError(`--${field.replaceAll('_', '-')}: ${reason}`)
  }
  return withDb(async ({ db }) => {
    const { id: projectId } = await knownProject(db, values)
    const answer = await askGate(db.read, { projectId, ...asked.data }).catch((error: unknown) => {
      throw error instanceof GateProblem ? new UsageError(error.message) : error
    })
    if (values.json) print(answer)
    else say(answer.summary)
    return gateExitCodes[answer.verdict]
  })
}

// ---- export -----------------------------------------------------------------------------------

async function runExport({ values }: Call): Promise<number> {
  const folder = await emptyFolder(values)
  return withDb(async ({ db }) => {
    const project = await knownProject(db, values)
    const { name, ...recipe } = await askedRecipe(db, project, values)
    const manifest = await writeDataset(db.read, {
      ...recipe,
      projectId: project.id,
      projectName: project.name,
      name,
      folder,
    }).catch((error: unknown) => {
      throw error instanceof BlockedDataset
        ? new UsageError(`Not written: ${error.message}`)
        : error
    })
    print({ out: folder, ...manifest })
    return 0
  })
}

/** Where a dataset may be written: nothing there, or an older one. */
async function emptyFolder(values: Values): Promise<string> {
  const folder = path.resolve(needed(values, 'out'))
  const isForeign =
    existsSync(folder) &&
    !existsSync(path.join(folder, '.meta', 'manifest.json')) &&
    (await readdir(folder)).length > 0
  if (isForeign) {
    throw new UsageError(`"${folder}" holds other files; name a folder that is empty or absent.`)
  }
  return folder
}

/** The recipe of a dataset that the project has, or one from the options. */
async function askedRecipe(
  db: Db,
  project: Project,
  values: Values,
): Promise<DatasetRecipe & { name: string }> {
  const stored = optional(values, 'dataset')
  if (stored !== undefined) {
    const dataset = await findDatasetByName(db.read, project.id, stored)
    if (!dataset) throw new UsageError(`There is no dataset "${stored}".`)
    return { ...recipeSchema.parse(dataset), name: dataset.name }
  }
  const target = needed(values, 'target')
  const campaigns = await listCampaigns(db.read, project.id)
  const wanted = [values.campaign].flat().filter((name) => typeof name === 'string')
  const chosen = campaigns.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  const missing = wanted.find((name) => !campaigns.some((campaign) => campaign.name === name))
  if (missing !== undefined) {
    const names = campaigns.map(({ name }) => `"${name}"`).join(', ') || 'none'
    throw new UsageError(
      `The project "${project.name}" has no campaign "${missing}"; it has ${names}.`,
    )
  }
  const recipe = recipeSchema.safeParse({
    campaignIds: chosen.map(({ id }) => id),
    target,
    container: optional(values, 'container') ?? null,
    policy: { ...(await policyFile(values)), ...policyOptions(values) },
  })
  if (!recipe.success) {
    const { field, reason } = problemOf(recipe.error)
    throw new UsageError(`${field}: ${reason}`)
  }
  const name = `${chosen.map((campaign) => campaign.name).join(', ')}, ${target}`
  return { ...recipe.data, name }
}

async function policyFile(values: Values): Promise<Record<string, unknown>> {
  const file = optional(values, 'policy')
  if (file === undefined) return {}
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new UsageError(`The policy "${file}" cannot be read: ${(error as Error).message}`)
  }
}

/** What may be said of a policy without a file. */
function policyOptions(values: Values): Record<string, unknown> {
  const number = (name: string) => {
    const given = optional(values, name)
    return given === undefined ? undefined : Number(given)
  }
  const [validation, test, seed] = [number('validation'), number('test'), optional(values, 'seed')]
  const isSplit = [validation, test, seed].some((given) => given !== undefined)
  const options = {
    minimumRaters: number('min-raters'),
    minimumAgreement: number('min-agreement'),
    sources: optional(values, 'sources')?.split(','),
    aggregation: optional(values, 'aggregation'),
    criterion: optional(values, 'criterion'),
    margin: optional(values, 'margin'),
    ...(isSplit ? { splits: { validation, test, seed } } : {}),
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

// ---- push -------------------------------------------------------------------------------------

async function runPush({ values }: Call): Promise<number> {
  const folder = path.resolve(needed(values, 'folder'))
  const repo = needed(values, 'repo')
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) throw new UsageError('--repo is written owner/name.')
  const token = process.env.HF_TOKEN
  if (!token) throw new UsageError('Set HF_TOKEN to a token that may write.')
  // Loaded here: it is large, and of use to no other command.
  const { pushFolder } = await import('#app/export/push-folder.server.ts')
  const isPrivate = values.private === true
  const endpoint = process.env.HF_ENDPOINT || undefined
  print(await pushFolder({ folder, repo, isPrivate, token, endpoint }))
  return 0
}

async function runProjects(): Promise<number> {
  return withDb(async ({ db }) => {
    const projects = await listProjects(db.read)
    const named = await Promise.all(
      projects.map(async ({ id, slug, name }) => {
        const campaigns = await listCampaigns(db.read, id)
        return {
          slug,
          name,
          campaigns: campaigns.map(({ name, kind, status }) => ({ name, kind, status })),
        }
      }),
    )
    print({ projects: named })
    return 0
  })
}

const help = `Rubrica on the command line. JSON goes to standard output, words to standard error.

  import FILE… --project P [--format auto|NAME] [--map FILE] [--campaign C] [--source NAME]
         [--encoding utf-8|utf-16le|utf-16be|latin1] [--rate steps|final]
         [--allow-missing-text] [--dry-run]
  standings --project P --campaign C [--json]   [--ties half|drop|own] [--both-bad half|drop]
  agreement --project P --campaign C [--json]   [--interval prompt|both|judgment] [--sources human,judge,adjudicator]
                                                [--control none|length|raters] [--tag T] [--prompt-version V]
                                                [--rater-group G] [--from 2026-01-31] [--to 2026-02-28]
  gate      --project P --candidate X --baseline Y [--min-win-rate 0.5] [--confidence 0.95]
         [--tag T] [--campaign C] [--anytime] [--json] [--ties …] [--both-bad …] [--sources …]
         Exit code 0: pass. 1: fail. 2: not enough evidence. 3: not answered.
  export    --project P [--campaign C …] --target T --out DIR [--container jsonl|jsonl.gz|json|parquet|csv]
         [--min-raters N] [--min-agreement 0.6] [--aggregation majority|adjudicated|posterior|'every rater']
         [--sources …] [--criterion NAME] [--margin none|required] [--validation 0.1] [--test 0.1] [--seed WORD]
         [--policy FILE.json]   or   --project P --dataset NAME --out DIR
         T is one of ${targetNames.join(', ')}.
  push      --folder DIR --repo owner/name [--private]
         Sends an exported dataset to the Hugging Face Hub, with the token of HF_TOKEN; HF_ENDPOINT is another Hub.
  projects
  help

The database is the one of DATABASE_URL, or rubrica.db in the data folder (RUBRICA_DATA, ./data).
Exit code 0: done. 1: done, but records were refused. 2: not done. The gate has its own.
`

export const commands: Record<string, Command> = {
  import: {
    options: {
      project: text,
      format: text,
      map: text,
      campaign: text,
      source: text,
      encoding: text,
      rate: text,
      'allow-missing-text': flag,
      'dry-run': flag,
    },
    run: runImportCommand,
  },
  standings: { options: measureFlags, run: runStandings },
  agreement: { options: measureFlags, run: runAgreement },
  gate: { options: gateFlags, run: runGate, failure: 3 },
  export: {
    options: {
      project: text,
      campaign: { type: 'string', multiple: true },
      dataset: text,
      target: text,
      container: text,
      out: text,
      policy: text,
      'min-raters': text,
      'min-agreement': text,
      aggregation: text,
      criterion: text,
      margin: text,
      validation: text,
      test: text,
      seed: text,
      sources: text,
    },
    run: runExport,
  },
  push: { options: { folder: text, repo: text, private: flag }, run: runPush },
  projects: { options: {}, run: runProjects },
  help: {
    options: {},
    run: async () => {
      process.stderr.write(help)
      return 0
    },
  },
}
