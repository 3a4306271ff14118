import type { Queries } from '#db/schema.ts'
import { latestWithPairs } from './measurements.server.ts'

/**
 * How far each pair of models is from even by the newest standings, from 0 (even) to 0.5. Undefined
 * for pairs that never met, and for all while nothing was measured.
 */
export async function pairDistances(
  db: Queries,
  { projectId, campaignId }: { projectId: string; campaignId: string },
): Promise<(modelA: string, modelB: string) => number | undefined> {
  const newest = await latestWithPairs(db, projectId, campaignId)
  const key = (one: string, other: string) => [one, other].sort().join(' ')
  const distances = new Map(
    (newest?.result.pairs ?? []).flatMap(({ a_id, b_id, score_a }): [string, number][] =>
      score_a === null ? [] : [[key(a_id, b_id), Math.abs(score_a - 0.5)]],
    ),
  )
  return (modelA, modelB) => distances.get(key(modelA, modelB))
}
