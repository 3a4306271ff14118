/** Importing and what it leaves, from the command line. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readFile, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { newId } from '#app/base/ids.ts'
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
import { askForBatchMeasurement } from '#app/measure/measure.server.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { type Db, inTransaction } from '#db/open.ts'
import {
  type Call,
  ensureProject,
  needed,
  optional,
  print,
  UsageError,
  type Values,
  withDb,
} from './command-call.ts'

export async function runImportCommand({ values, positionals, holder }: Call): Promise<number> {
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
