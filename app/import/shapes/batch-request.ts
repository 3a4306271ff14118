/**
 * In: the requests of a batch and, in another file, the answers by the same `custom_id`. Out: notes by
 * which an answer finds its request.
 */

import type { ReadContext, Row } from '../reader.ts'
import { modelParameters } from './logged-call.ts'
import { jsonText, parseNested, recordOf, stringOf } from './loose-value.ts'

const prefixOf = (customId: string): string => `batch-request ${JSON.stringify(customId)} `

/**
 * What `gather` notes of a batch's request. Requests of one `custom_id` to several models, or with
 * other settings, are all kept.
 */
export function noteOfRequest(customId: string, body: Row): readonly [key: string, text: string] {
  const asked = jsonText({ model: body.model, ...modelParameters(body) })
  return [prefixOf(customId) + asked, jsonText(body)]
}

export type FoundRequest =
  | { kind: 'found'; body: Row }
  | { kind: 'missing' }
  /** Several requests fit, and they ask different things. */
  | { kind: 'unclear' }

/**
 * The request that an answer of a model answers. Where several fit that differ in settings alone, the
 * settings they share are kept: which of them the answer was made with cannot be told.
 */
export function requestFor(
  customId: string,
  model: string | undefined,
  context: Pick<ReadContext, 'list'>,
): FoundRequest {
  const noted = context.list(prefixOf(customId)).flatMap((text): Row[] => {
    const body = recordOf(parseNested(text))
    return body ? [body] : []
  })
  const asked = noted.filter((body) => isAskedModel(stringOf(body.model), model))
  const fitting = asked.length > 0 ? asked : noted
  const [first, ...others] = fitting
  if (!first) return { kind: 'missing' }
  const words = wordsOf(first)
  if (others.some((body) => wordsOf(body) !== words)) return { kind: 'unclear' }
  const shared = Object.entries(first).filter(([name, value]) =>
    others.every((body) => jsonText(body[name]) === jsonText(value)),
  )
  return { kind: 'found', body: Object.fromEntries(shared) }
}

/** A snapshot answers under the name that was asked for, with its date. */
const isAskedModel = (asked: string | undefined, answering: string | undefined): boolean =>
  asked !== undefined && (answering === asked || answering?.startsWith(`${asked}-`) === true)

/** What a request says, without its settings. */
function wordsOf(body: Row): string {
  const { messages, system, input, instructions, prompt, contents } = body
  return jsonText([messages, system, input, instructions, prompt, contents])
}
