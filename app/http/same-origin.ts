/** Only our own pages may change anything with a cookie; scripts bring a token instead. */
import type { RequestHandler } from 'express'
import { refuse } from './refuse.ts'

const isReading = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Refuses a request from another site's page that would change something. */
export const sameOrigin: RequestHandler = (request, response, next) => {
  if (isReading.has(request.method)) return next()
  const bearsToken = (request.headers.authorization ?? '').startsWith('Bearer ')
  if (bearsToken && request.headers.cookie === undefined) return next()
  const site = request.headers['sec-fetch-site']
  if (site === 'same-origin' || site === 'none') return next()
  const origin = request.headers.origin
  const own = `${request.protocol}://${request.headers.host}`
  if (site === undefined && (origin === undefined || origin === own)) return next()
  const detail = 'This request came from another site.'
  refuse(request, response, { status: 403, title: 'Not allowed', detail })
}
