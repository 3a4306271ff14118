/** What is refused before a page or an operation is reached, in words for whoever asked. */
import type { Request, Response } from 'express'

/** Refuses a request: in a line of text, and to a caller of the API as a problem document. */
export function refuse(
  { path }: Request,
  response: Response,
  { status, title, detail }: { status: number; title: string; detail: string },
): void {
  if (!path.startsWith('/api/')) {
    response.status(status).type('text/plain').send(`${detail}\n`)
    return
  }
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }))
}
