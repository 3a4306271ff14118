/** Chatbot Arena as the table of 55,000 battles: each cell of text is a JSON list of turns. */
import { z } from 'zod'
import { fromAssistant, fromUser, type Message } from '../message.ts'
import { type Reader, refused } from '../reader.ts'
import { pairOf } from '../shapes/conversation-pair.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { parseNested } from '../shapes/loose-value.ts'
import { hasAll, isTrue, markOf, nameOf, reads, requiredName } from '../shapes/row-values.ts'

const turns = z
  .unknown()
  .transform(parseNested)
  .pipe(
    z
      .array(z.string().nullable(), { error: 'is no JSON list of turns' })
      .min(1, 'is a list without turns'),
  )

const rowSchema = z.looseObject({
  model_a: requiredName,
  model_b: requiredName,
  prompt: turns,
  response_a: turns,
  response_b: turns,
})

const columns = ['winner_model_a', 'winner_model_b', 'response_a', 'response_b', 'prompt']

export const arena55k: Reader = {
  format: 'arena-55k',
  title: 'Chatbot Arena 55k',
  certainty: 0.99,
  mark: (row) => (hasAll(row, columns) ? markOf(columns.slice(0, 4)) : null),
  read: reads(rowSchema, (row, context) => {
    const [a, b] = [spoken(row.prompt, row.response_a), spoken(row.prompt, row.response_b)]
    if (typeof a === 'string') return refused('response_a', a)
    if (typeof b === 'string') return refused('response_b', b)
    const pair = pairOf(a, b)
    if ('reason' in pair) return refused('response_b', pair.reason)
    const winner = winnerOf(row)
    const id = nameOf(row.id)
    const verdict = winner && { kind: 'pairwise' as const, a: 'a', b: 'b', winner, rater }
    const records = fromItem(
      {
        prompt: { messages: pair.prompt, ...(id === undefined ? {} : { id }) },
        responses: [
          { key: 'a', model: row.model_a, messages: pair.a },
          { key: 'b', model: row.model_b, messages: pair.b },
        ],
        verdicts: verdict ? [verdict] : [],
      },
      context,
    )
    const reason =
      'exactly one of "winner_model_a", "winner_model_b" and "winner_tie" should be 1, so nothing was judged'
    return { records, problems: winner ? [] : [{ field: 'winner_model_a', reason }] }
  }),
}

const rater = 'Chatbot Arena 55k annotators'

/** The conversation of one side: each turn's question with its answer, or why there is none. */
function spoken(
  questions: readonly (string | null)[],
  answers: readonly (string | null)[],
): Message[] | string {
  if (questions.length !== answers.length) {
    return `has ${answers.length} turns where "prompt" has ${questions.length}`
  }
  const silent = questions.findIndex(
    (question, place) => question === null || !hasText(answers, place),
  )
  if (silent !== -1) return `turn ${silent + 1} has no text in "prompt" or in the response`
  return questions.flatMap((question, place) => [
    ...fromUser(question ?? ''),
    ...fromAssistant(answers[place] ?? ''),
  ])
}

const hasText = (answers: readonly (string | null)[], place: number): boolean =>
  typeof answers[place] === 'string'

function winnerOf(
  row: Record<string, unknown>,
): Extract<Verdict, { kind: 'pairwise' }>['winner'] | undefined {
  const named = (
    [
      ['winner_model_a', 'a'],
      ['winner_model_b', 'b'],
      ['winner_tie', 'tie'],
    ] as const
  ).filter(([column]) => isTrue(row[column]))
  return named.length === 1 ? named[0]?.[1] : undefined
}
