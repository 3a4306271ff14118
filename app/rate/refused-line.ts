import type { Problem } from '#app/import/import-record.ts'

/** Thrown where a recorded line cannot be kept; its words are for people. */
export class RefusedLine extends Error {
  readonly problem: Problem
  constructor(field: string, reason: string) {
    super(reason)
    this.problem = { field, reason }
  }
}
