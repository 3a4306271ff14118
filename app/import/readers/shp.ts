/** Stanford Human Preferences: two comments under a post, of which readers liked one better. */
import { z } from 'zod'
import { fromAssistant, fromUser } from '../message.ts'
import type { Reader } from '../reader.ts'
import { optionalNumber, optionalText, requiredNumber } from '../shapes/cells.ts'
import { type Candidate, fromItem } from '../shapes/labelled-item.ts'
import {
  hasAll,
  markOf,
  momentOf,
  nameOf,
  reads,
  requiredName,
  requiredText,
  scalarsOf,
} from '../shapes/row-values.ts'

const rowSchema = z.looseObject({
  post_id: requiredName,
  domain: optionalText,
  history: requiredText,
  human_ref_A: requiredText,
  human_ref_B: requiredText,
  labels: requiredNumber,
  score_ratio: optionalNumber,
})
type ShpRow = z.infer<typeof rowSchema>

const columns = ['history', 'human_ref_A', 'human_ref_B', 'labels']

export const shp: Reader = {
  format: 'shp',
  title: 'SHP',
  certainty: 0.99,
  mark: (row) => (hasAll(row, columns) ? markOf(columns) : null),
  read: reads(rowSchema, (row, context) => {
    const winner = winners.get(row.labels)
    const records = fromItem(
      {
        prompt: {
          id: row.post_id,
          messages: fromUser(row.history),
          ...domainOf(row.domain, scalarsOf(row, ['upvote_ratio'])),
        },
        responses: [commentOf(row, 'A'), commentOf(row, 'B')],
        verdicts: winner
          ? [
              {
                kind: 'pairwise',
                a: 'A',
                b: 'B',
                winner,
                rater: 'SHP annotators',
                strength: strengthOf(row.score_ratio),
              },
            ]
          : [],
      },
      context,
    )
    const reason = 'is neither 1 (A is preferred) nor 0 (B is preferred)'
    return { records, problems: winner ? [] : [{ field: 'labels', reason }] }
  }),
}

const winners = new Map([
  [1, 'a'],
  [0, 'b'],
] as const) as ReadonlyMap<number, 'a' | 'b'>

function commentOf(row: ShpRow, side: 'A' | 'B'): Candidate {
  const id = nameOf(row[`c_root_id_${side}`])
  const answeredAt = momentOf(row[`created_at_utc_${side}`])
  return {
    key: side,
    messages: fromAssistant(row[`human_ref_${side}`]),
    ...(id === undefined ? {} : { id }),
    ...(answeredAt === undefined ? {} : { answeredAt }),
    metadata: scalarsOf(row, [`score_${side}`]),
  }
}

/** Domains name the forum and the part of the set: `askbaking_train`. */
function domainOf(domain: string | undefined, metadata: Record<string, unknown>) {
  if (domain === undefined) return { metadata }
  const [, forum, split] = /^(.+)_(train|validation|test)$/.exec(domain) ?? []
  if (forum === undefined) return { tags: [domain], metadata }
  return { tags: [forum], metadata: { ...metadata, split } }
}

/** Votes say how much better: up to twice as many is slight, four times as many is much. */
function strengthOf(ratio: number | undefined): number | undefined {
  if (ratio === undefined) return undefined
  if (ratio < 2) return 1
  return ratio < 4 ? 2 : 3
}
