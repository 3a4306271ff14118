/** In: the rows of a dataset, one by one. Out: what is wrong with them together, and what they lean to. */
import { textOf } from '#app/import/message.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import type { CanonicalRow } from './canonical-row.ts'
import type { DatasetCheck, DatasetReport, Share } from './dataset-report.ts'
import { KeyTable } from './key-table.ts'
import { keyOfMessages, mixed } from './message-keys.server.ts'
import { lengthSteps, type RowLength, stepOf } from './row-lengths.ts'
import { type Split, splitNames } from './splits.ts'
import type { Limits } from './targets/target.ts'

export interface CheckedRow {
  row: CanonicalRow
  split: Split
  betterFirst: number | null
  characters: RowLength
  tokens: RowLength | null
}

/**
 * Counts by prompt: rows of one prompt come one after another, and are one cluster. Most clusters are
 * alike, so that they are kept as how often each kind occurs.
 */
function promptShare() {
  const kinds = new Map<string, { sum: number; count: number; times: number }>()
  let [last, sum, count] = ['', 0, 0]
  const close = () => {
    if (count === 0) return
    const name = `${sum}/${count}`
    const kind = kinds.get(name) ?? { sum, count, times: 0 }
    kinds.set(name, { ...kind, times: kind.times + 1 })
    ;[sum, count] = [0, 0]
  }
  return {
    add: (prompt: string, isSo: boolean) => {
      if (prompt !== last) close()
      last = prompt
      count += 1
      if (isSo) sum += 1
    },
    share: (): Share | null => {
      close()
      const found = clusteredShare([...kinds.values()])
      return found && { share: found.mean, low: found.low, high: found.high, of: found.count }
    },
  }
}

/** Where fewer of the raters agree, a verdict is hardly one. */
const steadyShare = 2 / 3

/** Takes rows one after another; `report` says what they are together. */
export function datasetChecker(limits: Limits = {}) {
  const splitOfPrompt = new KeyTable(splitNames.length)
  const pairs = new KeyTable(1)
  const found: Partial<Record<DatasetCheck, number>> = {}
  const rowsOfSplit: Partial<Record<Split, number>> = {}
  const labels = { good: 0, bad: 0 }
  const rowsByRaters = new Map<number, number>()
  let lowAgreement = 0
  const margins = { with: 0, without: 0 }
  const [longer, first] = [promptShare(), promptShare()]
  const characters = lengthSteps.map(() => 0).concat(0)
  const tokens = lengthSteps.map(() => 0).concat(0)
  let hasTokens = false
  let rows = 0

  const note = (check: DatasetCheck, times = 1) => {
    found[check] = (found[check] ?? 0) + times
  }

  function add({ row, split, betterFirst, characters: length, tokens: counted }: CheckedRow): void {
    rows += 1
    const { raters, agreement } = row.origin
    rowsByRaters.set(raters, (rowsByRaters.get(raters) ?? 0) + 1)
    if (row.recipe === 'preference' && agreement < steadyShare) lowAgreement += 1
    rowsOfSplit[split] = (rowsOfSplit[split] ?? 0) + 1
    const prompt = keyOfMessages(row.prompt)
    const place = splitNames.indexOf(split)
    const before = splitOfPrompt.get(prompt)
    if (before !== undefined && before !== place) note('leak')
    splitOfPrompt.set(prompt, place)
    characters[stepOf(length.total)] = (characters[stepOf(length.total)] ?? 0) + 1
    if (counted) {
      hasTokens = true
      tokens[stepOf(counted.total)] = (tokens[stepOf(counted.total)] ?? 0) + 1
    }
    if (row.recipe === 'unpaired') labels[row.isGood ? 'good' : 'bad'] += 1
    if (row.recipe !== 'preference') return
    margins[row.margin === null ? 'without' : 'with'] += 1
    const cluster = row.origin.id.split('-')[0] ?? ''
    if (betterFirst !== null && betterFirst !== 0.5) first.add(cluster, betterFirst > 0.5)
    const [better, worse] = [row.chosen.messages, row.rejected.messages]
    const [long, short] = [textOf(better).length, textOf(worse).length]
    if (long !== short) longer.add(cluster, long > short)
    addPair(keyOfMessages(better), keyOfMessages(worse), prompt)
  }

  function addPair(better: number, worse: number, prompt: number): void {
    const own = mixed(prompt, better, worse)
    if (pairs.has(own)) note('duplicate')
    if (pairs.has(mixed(prompt, worse, better))) note('contradiction')
    pairs.set(own, 1)
  }

  function told(): DatasetReport {
    const all = { ...found }
    if (margins.with > 0 && margins.without > 0) all['margin-missing'] = margins.without
    const { fewestRows, mostRows } = limits
    if (fewestRows !== undefined && rows < fewestRows) all['too-few-rows'] = fewestRows - rows
    if (mostRows !== undefined && rows > mostRows) all['too-many-rows'] = rows - mostRows
    const { good, bad } = labels
    if (good + bad > 0 && (good === 0 || bad === 0)) all['one-label'] = good + bad
    else if (good + bad > 0 && !isEven(good, bad)) all['labels-uneven'] = Math.max(good, bad)
    return {
      rows,
      rowsOfSplit,
      found: all,
      betterLonger: longer.share(),
      betterFirst: first.share(),
      rowsByRaters: [...rowsByRaters]
        .sort(([one], [other]) => one - other)
        .map(([raters, own]) => ({ raters, rows: own })),
      lowAgreement,
      labels,
      weights: good > 0 && bad > 0 ? weightsFor(good, bad) : null,
      characters,
      tokens: hasTokens ? tokens : null,
    }
  }

  return { add, report: told }
}

/** KTO wants weight × count of good rows to be between 1 and 4/3 of that of bad ones. */
const evenest = [1, 4 / 3] as const

const isEven = (good: number, bad: number): boolean =>
  good / bad >= evenest[0] && good / bad <= evenest[1]

/** Source: K. Ethayarajh et al., ICML (2024), section 4.2. */
const weightsFor = (good: number, bad: number) => ({
  good: [(evenest[0] * bad) / good, (evenest[1] * bad) / good] as const,
  bad: [good / (evenest[1] * bad), good / (evenest[0] * bad)] as const,
})
