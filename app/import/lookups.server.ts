/** In: files that others look things up in. Out: what they hold, by key, on the disk. */
import { existsSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { JobProblem } from '#app/jobs/run-jobs.server.ts'
import { type KeyTextFile, openKeyTextFile } from '#db/key-text-file.ts'
import type { Batch } from './batches.server.ts'
import { valueAt } from './field-mapping.ts'
import { containerOf, readRecords } from './read-file.server.ts'
import type { Source } from './sources.server.ts'

export interface Lookups {
  /** What readers noted of other rows. */
  find: (key: string) => string | undefined
  list: (prefix: string) => string[]
  joins: Join[]
  close: () => void
}

export interface Join {
  file: string
  theirs: string
  here: string
  get: (key: string) => string | undefined
}

const entriesAtOnce = 500

/** Lookups of nothing: for rows that come one by one. */
export const noLookups: Lookups = {
  find: () => undefined,
  list: () => [],
  joins: [],
  close: () => {},
}

interface OpenLookups {
  batch: Batch
  sources: readonly Source[]
  folder: string
  signal: AbortSignal
}

/** Reads what will be looked up; a gathering that an earlier run finished is used again. */
export async function openLookups(options: OpenLookups): Promise<Lookups> {
  const { batch, folder } = options
  const joins = await openJoins(batch, folder)
  const gathered = await openGathered(options)
  return {
    find: (key) => gathered?.get(key),
    list: (prefix) => gathered?.list(prefix) ?? [],
    joins,
    close: () => {
      gathered?.remove()
      for (const join of joins) join.close()
    },
  }
}

async function openGathered({
  sources,
  folder,
  signal,
}: OpenLookups): Promise<KeyTextFile | undefined> {
  const gathering = sources.filter(({ reader, problem }) => reader?.gather && !problem)
  if (gathering.length === 0) return undefined
  const file = path.join(folder, 'gathered.db')
  const marker = `${file}.whole`
  const isWhole = existsSync(marker) && existsSync(file)
  const index = openKeyTextFile(file, { keeps: isWhole })
  if (isWhole) return index
  for (const source of gathering) await gather(source, index, signal)
  await writeFile(marker, '')
  return {
    ...index,
    remove: () => {
      index.remove()
      rm(marker, { force: true }).catch(() => {})
    },
  }
}

async function gather(source: Source, index: KeyTextFile, signal: AbortSignal): Promise<void> {
  let entries: (readonly [string, string])[] = []
  for await (const record of readRecords(source)) {
    if (signal.aborted) throw signal.reason
    if (record.value) entries.push(...(source.reader?.gather?.(record.value) ?? []))
    if (entries.length < entriesAtOnce) continue
    index.put(entries)
    entries = []
    await nextTurn()
  }
  index.put(entries)
}

/** Reads each file that a mapping only looks up into an index on disk. */
async function openJoins(batch: Batch, folder: string): Promise<(Join & { close: () => void })[]> {
  const joins: (Join & { close: () => void })[] = []
  for (const [place, { file, on }] of (batch.options.mapping?.join ?? []).entries()) {
    const received = batch.files.find((candidate) => candidate.name === path.basename(file))
    if (!received) {
      throw new JobProblem(`The mapping joins "${file}", which is not among the files received.`)
    }
    const index = openKeyTextFile(path.join(folder, `join-${place}.db`))
    const container = await containerOf(received.path)
    let rows: [string, string][] = []
    for await (const record of readRecords({ path: received.path, container })) {
      const key = record.value && valueAt(record.value, on.theirs)
      if (key === undefined || key === null) continue
      rows.push([String(key), JSON.stringify(record.value)])
      if (rows.length < entriesAtOnce) continue
      index.put(rows)
      rows = []
    }
    index.put(rows)
    joins.push({ file, theirs: on.theirs, here: on.here, get: index.get, close: index.remove })
  }
  return joins
}
