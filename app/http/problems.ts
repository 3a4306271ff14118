/** Answers that end a request early, in words for people. Thrown only by routes and guards. */
import { data } from '@remix-run/node'

export interface ProblemWords {
  title: string
  detail: string
}

const problem = (status: number, words: ProblemWords) => data(words, { status })

export const notFound = (what: string) =>
  problem(404, {
    title: `There is no such ${what}`,
    detail: `It may have been removed, or it belongs to a project that you are not a member of.`,
  })

export const forbidden = (detail: string) =>
  problem(403, { title: 'This is not open to you', detail })

/** What is wrong with one field of a request. */
export interface FieldProblem {
  field: string
  reason: string
}

/** The same for scripts: a JSON problem document (RFC 9457), with the fields at fault where known. */
export const apiProblem = (
  status: number,
  title: string,
  detail: string,
  errors?: readonly FieldProblem[],
): Response =>
  Response.json(
    { type: 'about:blank', title, status, detail, ...(errors ? { errors } : {}) },
    { status, headers: { 'Content-Type': 'application/problem+json' } },
  )
