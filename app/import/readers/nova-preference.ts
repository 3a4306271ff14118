/** Amazon's preference tuning of Nova: the last turn holds a preferred candidate and another. */

import { textOf } from '../message.ts'
import { type Reader, type ReadProblem, refused } from '../reader.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { type Candidate, fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { withSystem } from '../shapes/turns.ts'

export const novaPreference: Reader = {
  format: 'nova-preference',
  title: 'Nova preference pairs',
  certainty: 0.99,
  mark: (row) =>
    listOf(row.messages).some((message) => Array.isArray(recordOf(message)?.candidates))
      ? 'has "messages" whose last has "candidates"'
      : null,
  read: (row, context) => {
    const turns = listOf(row.messages)
    const candidates = listOf(recordOf(turns.at(-1))?.candidates)
    if (candidates.length === 0) return refused('messages', 'does not end with "candidates"')
    const prompt = turns.length === 1 ? undefined : toMessages(turns.slice(0, -1))
    if (!prompt) return refused('messages', 'holds no conversation before the candidates')
    const problems: ReadProblem[] = []
    const labelled = candidates.flatMap((value, place) => {
      const found = candidateOf(value, place)
      if (!found)
        problems.push({ field: `messages.candidates.${place}`, reason: 'holds no answer' })
      return found ? [found] : []
    })
    const verdicts = verdictsOf(labelled)
    if (verdicts.length === 0) {
      const reason = 'has no preferred beside a non-preferred one, so nothing was compared'
      problems.push({ field: 'messages.candidates', reason })
    }
    const records = fromItem(
      {
        prompt: {
          messages: withSystem(systemOf(row.system), prompt),
          tags: tagsOf(row, customaryTags),
          metadata: scalarsOf(row, customaryMetadata),
        },
        responses: labelled.map(({ response }) => response),
        verdicts,
      },
      context,
    )
    return { records, problems }
  },
}

interface Labelled {
  response: Candidate
  label: unknown
}

function candidateOf(value: unknown, place: number): Labelled | undefined {
  const fields = recordOf(value)
  const messages = toMessages([{ role: 'assistant', content: fields?.content }])
  if (fields?.content === undefined || !messages) return undefined
  return { response: { key: String(place), messages }, label: fields.preferenceLabel }
}

/** Every preferred candidate against every one that is not. */
const verdictsOf = (labelled: readonly Labelled[]): Verdict[] =>
  labelled
    .filter(({ label }) => label === 'preferred')
    .flatMap((better) =>
      labelled
        .filter(({ label }) => label === 'non-preferred')
        .map((worse) => ({
          kind: 'pairwise',
          a: better.response.key,
          b: worse.response.key,
          winner: 'a',
          rater: 'Nova preference pairs annotators',
        })),
    )

const systemOf = (system: unknown): string | undefined => {
  const messages = toMessages([{ role: 'system', content: system }])
  return system === undefined || system === null || !messages ? undefined : textOf(messages)
}
