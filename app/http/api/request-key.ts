/** The name that a caller gives a request, so that it happens once however often it is sent. */
import { apiProblem } from '../problems.ts'

const longest = 200

/** The `Idempotency-Key` of a request, or null. Throws a problem response for one that cannot be kept. */
export function requestKey(request: Request): string | null {
  const key = request.headers.get('Idempotency-Key')
  if (key === null || (key !== '' && key.length <= longest)) return key
  const detail = `An Idempotency-Key has between 1 and ${longest} characters.`
  throw apiProblem(400, 'Not understood', detail)
}

/** The answer to a key that named something else before. */
export const keyUsedTwice = (key: string, what: string): Response =>
  apiProblem(
    422,
    'Key used twice',
    `The Idempotency-Key "${key}" was used for ${what}; give each request its own.`,
  )
