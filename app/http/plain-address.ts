import type { RequestHandler } from 'express'
import { refuse } from './refuse.ts'

/** Control characters and the separators of lines, which no pattern of addresses goes across. */
const oddInPath = /%(?:[01][0-9a-f]|7f|e2%80%a[89])/i
/** What no store takes, wherever it stands. */
const oddAnywhere = /%00/

/** Refuses an address of the API that holds characters which none of ours has. */
export const plainAddress: RequestHandler = (request, response, next) => {
  const isOdd = oddInPath.test(request.path) || oddAnywhere.test(request.originalUrl)
  if (!isOdd || !request.path.startsWith('/api/')) return next()
  const detail = 'The address holds characters that no address here has.'
  refuse(request, response, { status: 400, title: 'Not understood', detail })
}
