/** All judged responses of a prompt in one order, best first; equal scores share a rank. */
import { completionOf, type MakeRows, nothingMade } from '../made-row.ts'
import { meanScores } from '../response-scores.ts'
import { isModelWanted } from './preference-rows.ts'

export const makeRankingRows: MakeRows = (prompt, context) => {
  const found = meanScores(prompt, context.policy).filter(({ response }) =>
    isModelWanted(response.model.label, context.policy),
  )
  const [best] = found
  if (!best) return nothingMade('no-judgment')
  if (found.every(({ mean }) => mean === best.mean)) return nothingMade('no-order')
  const ranks = found.map(({ mean }) => 1 + found.filter((other) => other.mean > mean).length)
  const raters = [...new Set(found.flatMap((one) => one.raters))].sort()
  const origin = best.originOf(context, ['ranking'])
  return {
    rows: [
      {
        row: {
          recipe: 'ranking',
          origin: { ...origin, raters: raters.length },
          prompt: prompt.messages,
          ranked: found.map(({ response, mean }, place) => ({
            completion: completionOf(response),
            rank: ranks[place] ?? 1,
            score: mean,
          })),
        },
        lineage: {
          tasks: [...new Set(found.flatMap(({ tasks }) => tasks))].sort(),
          raters,
          verdict: found.map(({ response }, place) => `${ranks[place]} ${response.id}`).join(', '),
          betterFirst: null,
        },
      },
    ],
    undecided: [],
    drops: [],
  }
}
