/** In: the body of an answer. Out: the response, or that the caller has it already. */
import { sha256 } from '#app/base/hash.server.ts'

/**
 * Answers in JSON. What is read carries a strong `ETag` made of the body, and a caller that sends it
 * back gets 304 while nothing changed; a page of a list names the next one in `Link`.
 */
export function jsonAnswer(
  request: Request,
  body: unknown,
  { status = 200, caching = 'private, no-cache' } = {},
): Response {
  const text = JSON.stringify(body)
  const headers = new Headers({
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': caching,
  })
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return new Response(text, { status, headers })
  }
  const tag = `"${sha256(text).slice(0, 40)}"`
  headers.set('ETag', tag)
  const next = nextLink(new URL(request.url), body)
  if (next) headers.set('Link', next)
  if (isKnown(request.headers.get('If-None-Match'), tag)) {
    headers.delete('Content-Type')
    return new Response(null, { status: 304, headers })
  }
  return new Response(text, { status, headers })
}

/** Whether what a caller has already is this: by the `If-None-Match` that it sent. */
export function isKnown(header: string | null, tag: string): boolean {
  const known = (header ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''))
  return known.includes(tag.replace(/^W\//, '')) || known.includes('*')
}

function nextLink(url: URL, body: unknown): string | undefined {
  if (body === null || typeof body !== 'object' || !('next' in body)) return undefined
  if (typeof body.next !== 'string') return undefined
  url.searchParams.set('after', body.next)
  return `<${url.pathname}${url.search}>; rel="next"`
}
