/** How often one caller may ask. Counted in the memory of the web process. */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'

const seconds = 60

/** What a caller has left after a call. */
export interface RateTaken {
  isOver: boolean
  limit: number
  remaining: number
  /** Seconds until all calls are there again. */
  reset: number
}

export interface RateLimit {
  /** Takes one call of a caller. */
  take: (caller: string) => Promise<RateTaken>
}

/** A limit of so many calls a minute for each caller. */
export function openRateLimit(callsAMinute: number): RateLimit {
  const limiter = new RateLimiterMemory({ points: callsAMinute, duration: seconds })
  return {
    take: async (caller) => {
      try {
        return takenOf(await limiter.consume(caller), callsAMinute, false)
      } catch (found) {
        if (found instanceof RateLimiterRes) return takenOf(found, callsAMinute, true)
        throw found
      }
    },
  }
}

const takenOf = (found: RateLimiterRes, limit: number, isOver: boolean): RateTaken => ({
  isOver,
  limit,
  remaining: Math.max(0, found.remainingPoints),
  reset: Math.max(1, Math.ceil(found.msBeforeNext / 1_000)),
})

/** Says on a response what is left, as the IETF draft on rate limit headers does. */
export function sayLimit(headers: Headers, { isOver, limit, remaining, reset }: RateTaken): void {
  headers.set('RateLimit-Policy', `"default";q=${limit};w=${seconds}`)
  headers.set('RateLimit', `"default";r=${remaining};t=${reset}`)
  if (isOver) headers.set('Retry-After', String(reset))
}
