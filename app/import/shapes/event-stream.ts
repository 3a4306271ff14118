/** In: the text of a streamed response. Out: what its events say. */

/**
 * The data of server-sent events as JSON, in their order; events whose data is no JSON, such as the
 * closing `[DONE]`, are left out. Undefined where the text is no event stream.
 *
 * @example streamedEvents('data: {"a":1}\n\ndata: [DONE]\n') // [{ a: 1 }]
 */
export function streamedEvents(text: string): unknown[] | undefined {
  if (!/^\s*(?:data|event|id|retry)?:/.test(text)) return undefined
  const events = text.split(/\r\n|\r|\n/).flatMap((line) => {
    const data = line.match(/^\s*data:\s*(\{.*)$/)?.[1]
    return data === undefined ? [] : parsedOrNothing(data)
  })
  return events.length > 0 ? events : undefined
}

function parsedOrNothing(text: string): unknown[] {
  try {
    return [JSON.parse(text)]
  } catch {
    return []
  }
}
