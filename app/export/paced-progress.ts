/** In: prompts that are done, one by one. Out: how many, told now and then. */

/** Whoever saves it locks the database for a moment: people are told no oftener than they look. */
const pauseMs = 500
const promptsALook = 200

/**
 * Counts prompts, and tells their number when some more are done and a while has passed.
 *
 * @returns to be called after each prompt
 */
export function pacedProgress(
  tell: ((prompts: number) => Promise<void>) | undefined,
  now: () => number = () => performance.now(),
): () => Promise<void> {
  let done = 0
  let toldAt = Number.NEGATIVE_INFINITY
  return async () => {
    done += 1
    if (!tell || done % promptsALook !== 0 || now() - toldAt < pauseMs) return
    toldAt = now()
    await tell(done)
  }
}
