/** In: responses. Out: the marks of their texts, each text read once. */
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import { marksOfMessages, type StyleMarks } from './response-style.ts'

/** About so many characters are in memory at once, and at most so many responses. */
const charactersAtOnce = 2_000_000
const responsesAtOnce = 500

interface SizedResponse {
  responseId: string
  characters: number
}

/**
 * Adds to `known` the marks of the responses that are not in it yet. Texts are read a few at a time,
 * so that memory grows by three numbers a response and not with how long they are.
 */
export async function readMarks(
  db: Queries,
  projectId: string,
  responses: Iterable<SizedResponse>,
  known: Map<string, StyleMarks>,
): Promise<void> {
  for (const ids of fewAtATime(responses, known)) {
    const rows = await db
      .selectFrom('response')
      .select(['id', 'messages'])
      .where('project_id', '=', projectId)
      .where(oneOf(db, 'id', ids))
      .execute()
    for (const { id, messages } of rows) known.set(id, marksOfMessages(messages))
  }
}

function* fewAtATime(
  responses: Iterable<SizedResponse>,
  known: ReadonlyMap<string, StyleMarks>,
): Generator<string[]> {
  let ids = new Set<string>()
  let characters = 0
  for (const one of responses) {
    if (known.has(one.responseId) || ids.has(one.responseId)) continue
    ids.add(one.responseId)
    characters += one.characters
    if (characters < charactersAtOnce && ids.size < responsesAtOnce) continue
    yield [...ids]
    ids = new Set()
    characters = 0
  }
  if (ids.size > 0) yield [...ids]
}
