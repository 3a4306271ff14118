/** Slows down guessing: failed sign-ins are counted by address and by account. */
import { RateLimiterMemory } from 'rate-limiter-flexible'

const byAddress = new RateLimiterMemory({ points: 100, duration: 15 * 60 })
const byAccount = new RateLimiterMemory({ points: 10, duration: 15 * 60 })

interface Attempt {
  address: string
  email: string
}

const isOver = async (limiter: RateLimiterMemory, key: string) => {
  const found = await limiter.get(key)
  return found !== null && found.remainingPoints <= 0
}

/** Whether so many attempts failed lately that no more are taken for a while. */
export const isBlocked = async ({ address, email }: Attempt): Promise<boolean> =>
  (await isOver(byAddress, address)) || (await isOver(byAccount, email))

export async function noteFailure({ address, email }: Attempt): Promise<void> {
  await Promise.allSettled([byAddress.consume(address), byAccount.consume(email)])
}

export const forgetFailures = ({ email }: Attempt): Promise<boolean> => byAccount.delete(email)
