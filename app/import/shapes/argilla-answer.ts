/** In: an Argilla record. Out: each answer to a question about it, whoever or whatever gave it. */

import type { Row } from '../reader.ts'
import { listOf, recordOf } from './loose-value.ts'
import { momentOf, nameOf } from './row-values.ts'

export interface ArgillaAnswer {
  /** Where it is in the record, for problems. */
  field: 'responses' | 'suggestions'
  question: string
  value: unknown
  rater: string
  source: 'human' | 'judge'
  judgedAt?: number
}

const unfinished = new Set<unknown>(['draft', 'discarded', 'pending'])

/** The submitted responses and the suggestions of a record; drafts and discarded ones are none. */
export const argillaAnswers = (row: Row): ArgillaAnswer[] =>
  [...responsesOf(row.responses), ...suggestionsOf(row.suggestions)].filter(
    ({ value }) => value !== undefined && value !== null && value !== '',
  )

interface GivenAnswer {
  question: string
  given: Row
}

/** By question a list of answers, or, as the server holds them, by person an object of answers. */
function responsesOf(responses: unknown): ArgillaAnswer[] {
  const byPerson = listOf(responses).flatMap((response): GivenAnswer[] => {
    const given = recordOf(response)
    return Object.entries(recordOf(given?.values) ?? {}).map(([question, answer]) => ({
      question,
      given: { ...given, value: recordOf(answer)?.value },
    }))
  })
  const byQuestion = Object.entries(recordOf(responses) ?? {}).flatMap(([question, answers]) =>
    listOf(answers).flatMap((answer) => {
      const given = recordOf(answer)
      return given ? [{ question, given }] : []
    }),
  )
  return [...byPerson, ...byQuestion]
    .filter(({ given }) => !unfinished.has(given.status))
    .map(({ question, given }) => {
      const judgedAt = momentOf(given.updated_at) ?? momentOf(given.inserted_at)
      return {
        field: 'responses',
        question,
        value: given.value,
        rater: nameOf(given.user_id) ?? 'Argilla annotators',
        source: 'human',
        ...(judgedAt === undefined ? {} : { judgedAt }),
      }
    })
}

function suggestionsOf(suggestions: unknown): ArgillaAnswer[] {
  const named = Object.entries(recordOf(suggestions) ?? {})
  const listed = listOf(suggestions).map(
    (one) => [nameOf(recordOf(one)?.question_name), one] as const,
  )
  return [...named, ...listed].flatMap(([question, one]): ArgillaAnswer[] => {
    const suggestion = recordOf(one)
    if (question === undefined || !suggestion) return []
    return [
      {
        field: 'suggestions',
        question,
        value: suggestion.value,
        rater: nameOf(suggestion.agent) ?? 'Argilla suggestion',
        source: 'judge',
      },
    ]
  })
}

const longestLabel = 40
const mostLabelWords = 4

/** Whether an answer is written in free text: longer than a label would be. */
export const isProse = (value: unknown): boolean =>
  typeof value === 'string' &&
  (value.length > longestLabel || value.trim().split(/\s+/).length > mostLabelWords)
