/** A file of a dataset, as its manifest lists it. */
import type { Split } from '../splits.ts'

export interface WrittenFile {
  /** Rows that a loader takes together: a folder of the dataset. */
  config: string
  split: Split
  path: string
  rows: number
  bytes: number
  sha256: string
}
