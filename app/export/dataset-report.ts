/** What a validation of a whole dataset tells. */
import type { Split } from './splits.ts'

/** Blocking findings keep a snapshot from being made; the others are told and counted. */
export const datasetChecks = {
  leak: { blocks: true, words: 'a prompt stands in two splits' },
  'margin-missing': {
    blocks: true,
    words: 'some rows have a margin and others none; trainers look at the first row alone',
  },
  contradiction: { blocks: false, words: 'a pair of texts stands both ways round' },
  duplicate: { blocks: false, words: 'a row is there more than once' },
  'too-few-rows': { blocks: false, words: 'rows that the target wants more than there are' },
  'too-many-rows': { blocks: false, words: 'rows beyond what the target takes' },
  'too-large': { blocks: false, words: 'bytes beyond what the target takes' },
  'one-label': { blocks: false, words: 'all completions have one label' },
  'labels-uneven': { blocks: false, words: 'one label is far more frequent: set weights' },
} as const satisfies Record<string, { blocks: boolean; words: string }>

export type DatasetCheck = keyof typeof datasetChecks

/** A share of pairs with its 95 % interval, all pairs of a prompt being one cluster. */
export interface Share {
  share: number
  low: number | null
  high: number | null
  of: number
}

export interface DatasetReport {
  rows: number
  rowsOfSplit: Partial<Record<Split, number>>
  found: Partial<Record<DatasetCheck, number>>
  /** Of pairs whose texts differ in length, those whose better one is longer. */
  betterLonger: Share | null
  /** Of pairs whose order is known, those whose better response most raters saw first. */
  betterFirst: Share | null
  /** Rows by how many raters judged them. */
  rowsByRaters: { raters: number; rows: number }[]
  /** Rows on which fewer than two thirds of the raters agree. */
  lowAgreement: number
  labels: { good: number; bad: number }
  /** KTO’s advice for the weight of good rows when bad ones weigh 1, and the other way round. */
  weights: { good: readonly [number, number]; bad: readonly [number, number] } | null
  /** Rows by length; the steps are those of `row-lengths`. */
  characters: number[]
  tokens: number[] | null
}
