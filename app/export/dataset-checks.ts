/** In: the rows of a dataset, one by one. Out: what is wrong with them together. */
import { textOf } from '#app/import/message.ts'
import type { CanonicalRow } from './canonical-row.ts'
import { placeOf, type Split } from './splits.ts'
import type { Limits } from './targets/target.ts'

export const datasetChecks = {
  leak: { blocks: true, words: 'a prompt stands in two splits' },
  'margin-missing': {
    blocks: true,
    words: 'some rows have a margin and others none; trainers look at the first row alone',
  },
  contradiction: { blocks: false, words: 'a pair of texts stands both ways round' },
  duplicate: { blocks: false, words: 'a row is there more than once' },
  'too-few-rows': { blocks: true, words: 'the target wants more rows' },
  'too-many-rows': { blocks: true, words: 'the target takes fewer rows' },
  'one-label': { blocks: false, words: 'all completions have one label' },
  'labels-uneven': { blocks: false, words: 'one label is far more frequent: set weights' },
} as const satisfies Record<string, { blocks: boolean; words: string }>

export type DatasetCheck = keyof typeof datasetChecks

export interface DatasetReport {
  rows: number
  rowsOfSplit: Partial<Record<Split, number>>
  found: Partial<Record<DatasetCheck, number>>
  /** Of pairs whose texts differ in length, the share in which the chosen one is longer. */
  chosenLonger: { pairs: number; share: number | null }
  labels: { good: number; bad: number }
  /** KTO's advice for the weight of good rows when bad ones weigh 1, and the other way round. */
  weights: { good: readonly [number, number]; bad: readonly [number, number] } | null
}

/** Texts are told apart by 53 bits of a hash, so that millions of rows fit in memory. */
const keyOf = (...texts: string[]): number => placeOf(JSON.stringify(texts))

/** Takes rows one after another; `report` says what they are together. */
export function datasetChecker(limits: Limits = {}) {
  const splitOfPrompt = new Map<number, Split>()
  const seen = new Set<number>()
  const report: Omit<DatasetReport, 'weights' | 'chosenLonger'> = {
    rows: 0,
    rowsOfSplit: {},
    found: {},
    labels: { good: 0, bad: 0 },
  }
  let [withMargin, withoutMargin, longer, unlike] = [0, 0, 0, 0]
  const note = (check: DatasetCheck, times = 1) => {
    report.found[check] = (report.found[check] ?? 0) + times
  }

  function add(row: CanonicalRow, split: Split): void {
    report.rows += 1
    report.rowsOfSplit[split] = (report.rowsOfSplit[split] ?? 0) + 1
    const prompt = keyOf(textOf(row.prompt).normalize('NFC').trim())
    const before = splitOfPrompt.get(prompt)
    if (before !== undefined && before !== split) note('leak')
    splitOfPrompt.set(prompt, split)
    if (row.recipe === 'preference') addPair(row.chosen.messages, row.rejected.messages, prompt)
    if (row.recipe === 'preference') {
      if (row.margin === null) withoutMargin += 1
      else withMargin += 1
    }
    if (row.recipe === 'unpaired') report.labels[row.isGood ? 'good' : 'bad'] += 1
  }

  function addPair(
    chosen: Parameters<typeof textOf>[0],
    rejected: Parameters<typeof textOf>[0],
    prompt: number,
  ): void {
    const [better, worse] = [textOf(chosen), textOf(rejected)]
    const own = keyOf(String(prompt), better, worse)
    if (seen.has(own)) note('duplicate')
    if (seen.has(keyOf(String(prompt), worse, better))) note('contradiction')
    seen.add(own)
    if (better.length === worse.length) return
    unlike += 1
    if (better.length > worse.length) longer += 1
  }

  function told(): DatasetReport {
    const found = { ...report.found }
    if (withMargin > 0 && withoutMargin > 0) found['margin-missing'] = withoutMargin
    if (limits.fewestRows !== undefined && report.rows < limits.fewestRows) {
      found['too-few-rows'] = limits.fewestRows - report.rows
    }
    if (limits.mostRows !== undefined && report.rows > limits.mostRows) {
      found['too-many-rows'] = report.rows - limits.mostRows
    }
    const { good, bad } = report.labels
    if (good + bad > 0 && (good === 0 || bad === 0)) found['one-label'] = good + bad
    else if (good + bad > 0 && !isEven(good, bad)) found['labels-uneven'] = Math.max(good, bad)
    return {
      ...report,
      found,
      chosenLonger: { pairs: unlike, share: unlike === 0 ? null : longer / unlike },
      weights: good > 0 && bad > 0 ? weightsFor(good, bad) : null,
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
