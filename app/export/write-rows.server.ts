/** In: judged prompts and a policy. Out: files of rows by split, an index of them, and what was counted. */
import path from 'node:path'
import { sha256 } from '#app/base/hash.server.ts'
import { isBalanced, planBalance } from './balance.server.ts'
import type { Recipe } from './canonical-row.ts'
import { type ChooseRows, type Chosen, chooseRows } from './choose-rows.server.ts'
import { datasetChecker } from './dataset-checker.server.ts'
import { datasetChecks } from './dataset-report.ts'
import { packFile } from './files/container-file.server.ts'
import { type LineFile, openLineFile } from './files/line-file.server.ts'
import type { WrittenFile } from './files/written-file.ts'
import { alphaOf, emptyFunnel } from './funnel-counts.ts'
import type { JudgedPrompt } from './judged-task.ts'
import type { Manifest } from './manifest.ts'
import { pacedProgress } from './paced-progress.ts'
import type { Policy } from './policy.ts'
import { fitPosteriors } from './posteriors.server.ts'
import { printUndecided } from './print-undecided.ts'
import { type IndexEntry, indexPath } from './row-index.ts'
import { needsTokens } from './row-lengths.ts'
import { type Shape, widened } from './row-shape.ts'
import { type PlacedPrompt, planSplits } from './split-groups.server.ts'
import { type Split, splitNames } from './splits.ts'
import type { Container, PrintedRow, Target } from './targets/target.ts'

export interface WriteRows {
  folder: string
  /** The prompts without their tasks, which are dealt into splits before any row is made. */
  placed: () => AsyncIterable<PlacedPrompt>
  policy: Policy
  target: Target
  container: Container
  onProgress?: (prompts: number) => Promise<void>
}

type Counted = Omit<
  Manifest,
  'format' | 'target' | 'container' | 'policy' | 'campaigns' | 'redacted' | 'files' | 'sha256'
>

export interface RowsTold extends Counted {
  files: WrittenFile[]
  /** The columns of each config. */
  fields: ReadonlyMap<string, ReadonlyMap<string, Shape>>
}

/** The folder in which the rows of each recipe lie, and the name loaders ask for. */
export const configOf: Record<Recipe, string> = {
  preference: 'preference',
  unpaired: 'kto',
  demonstration: 'sft',
  ranking: 'ranking',
  scores: 'scores',
  prompt: 'prompts',
}

/** Thrown where a check of the whole forbids the snapshot; its words are for people. */
export class BlockedDataset extends Error {}

/** What a policy needs to know of all prompts before it can choose among them. */
export async function planChoice(
  prompts: () => AsyncIterable<JudgedPrompt>,
  { policy, target }: Pick<ChooseRows, 'policy' | 'target'>,
): Promise<ChooseRows> {
  const choice: ChooseRows = {
    policy,
    target,
    ...(policy.aggregation === 'posterior'
      ? { posteriorOf: await fitPosteriors(prompts(), policy) }
      : {}),
    ...(needsTokens(policy, target.limits) ? { countTokens: await tokenCounter() } : {}),
  }
  if (!isBalanced(policy)) return choice
  const all = chooseRows(prompts(), choice, emptyFunnel())
  return { ...choice, balance: await planBalance(all, policy) }
}

/** The tokenizer's vocabulary takes 70 MB: it is read only where tokens are counted. */
const tokenCounter = async () => (await import('#app/import/prepare/count-tokens.ts')).countTokens

export async function writeRows(
  prompts: () => AsyncIterable<JudgedPrompt>,
  options: WriteRows,
): Promise<RowsTold> {
  const { folder, policy, target, container } = options
  const choice = await planChoice(prompts, { policy, target })
  const splitOf = await planSplits(options.placed, policy.splits)
  const funnel = emptyFunnel()
  const checker = datasetChecker(target.limits)
  const index = await openLineFile(path.join(folder, indexPath))
  const tables = new Tables(folder)
  for await (const one of chooseRows(reported(prompts(), options), choice, funnel)) {
    const { prompt } = one.kind === 'row' ? one.chosen : one
    const split = splitOf(prompt)
    const { config, printed } = print(one, target)
    const content = await tables.write(config, split, printed)
    await index.write(entryOf(one, { config, split, content }))
    if (one.kind === 'row') {
      const { row, lineage, characters, tokens } = one.chosen
      checker.add({ row, split, betterFirst: lineage.betterFirst, characters, tokens })
    }
  }
  await index.close()
  const report = checker.report()
  refuseWhereBlocked(report.found)
  const { rows, files, fields } = await tables.pack(container)
  const { mostBytes } = target.limits ?? {}
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  if (mostBytes !== undefined && bytes > mostBytes) report.found['too-large'] = bytes - mostBytes
  return {
    prompts: funnel.prompts,
    judgments: funnel.judgments,
    judgmentsBySource: { ...funnel.judgmentsBySource },
    raters: funnel.raters.size,
    alpha: alphaOf(funnel),
    considered: funnel.considered,
    dropped: funnel.dropped,
    warned: funnel.warned,
    examples: funnel.examples,
    personal: funnel.personal,
    unprepared: funnel.unprepared,
    report,
    rows,
    files,
    fields,
  }
}

function refuseWhereBlocked(
  found: ReturnType<ReturnType<typeof datasetChecker>['report']>['found'],
) {
  for (const [check, { blocks, words }] of Object.entries(datasetChecks)) {
    const times = found[check as keyof typeof datasetChecks] ?? 0
    if (blocks && times > 0) throw new BlockedDataset(`${words} (${times} times).`)
  }
}

async function* reported(
  prompts: AsyncIterable<JudgedPrompt>,
  { onProgress }: WriteRows,
): AsyncGenerator<JudgedPrompt> {
  const noteDone = pacedProgress(onProgress)
  for await (const prompt of prompts) {
    yield prompt
    await noteDone()
  }
}

function print(one: Chosen, target: Target): { config: string; printed: PrintedRow } {
  if (one.kind === 'undecided') return { config: 'ties', printed: printUndecided(one.pair) }
  // The recipe that made the row is the target's own.
  const printed = target.print(one.chosen.row as Parameters<typeof target.print>[0])
  return { config: configOf[target.recipe], printed }
}

function entryOf(
  one: Chosen,
  { config, split, content }: { config: string; split: Split; content: string },
): IndexEntry {
  const { origin } = one.kind === 'row' ? one.chosen.row : one.pair
  const { lineage } = one.kind === 'row' ? one.chosen : one.pair
  return {
    config,
    content,
    id: origin.id,
    prompt: origin.promptId,
    raters: [...(origin.raterNames ?? [])],
    split,
    tasks: [...lineage.tasks],
    verdict: lineage.verdict,
  }
}

interface Table {
  config: string
  split: Split
  file: LineFile
}

/** A file of lines for each config and split that has rows, and the shape of each config's rows. */
class Tables {
  #folder: string
  #tables = new Map<string, Table>()
  #shapes = new Map<string, Shape>()

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Gives a hash of the row as it was written. */
  async write(config: string, split: Split, row: PrintedRow): Promise<string> {
    const name = `${config}.${split}`
    let table = this.#tables.get(name)
    if (!table) {
      const file = await openLineFile(path.join(this.#folder, '.meta', `${name}.lines`))
      table = { config, split, file }
      this.#tables.set(name, table)
    }
    this.#shapes.set(config, widened(this.#shapes.get(config) ?? { kind: 'unknown' }, row))
    const line = await table.file.write(row)
    return sha256(line).slice(0, 16)
  }

  async pack(container: Container): Promise<Pick<RowsTold, 'rows' | 'files' | 'fields'>> {
    const told: { rows: RowsTold['rows']; files: WrittenFile[] } = { rows: [], files: [] }
    const fields = new Map<string, ReadonlyMap<string, Shape>>()
    for (const [config, shape] of this.#shapes) {
      fields.set(config, shape.kind === 'struct' ? shape.fields : new Map())
    }
    const inOrder = [...this.#tables.values()].sort(
      (one, other) =>
        Number(one.config > other.config) - Number(one.config < other.config) ||
        splitNames.indexOf(one.split) - splitNames.indexOf(other.split),
    )
    for (const { config, split, file } of inOrder) {
      const lines = await file.close()
      told.rows.push({ config, split, rows: lines.rows, sha256: lines.sha256 })
      const columns = fields.get(config) ?? new Map()
      const packed = { folder: this.#folder, config, split, container, lines, fields: columns }
      told.files.push(...(await packFile(packed)))
    }
    return { ...told, fields }
  }
}
