/** Duties that no job asks for: looked after again and again for as long as a process lives. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Does something every so often until asked to stop; a failure is told, and the next turn comes. */
export async function repeat(
  {
    everyMs,
    signal,
    onError,
  }: { everyMs: number; signal: AbortSignal; onError: (error: unknown) => void },
  turn: () => Promise<unknown>,
): Promise<void> {
  while (!signal.aborted) {
    await sleep(everyMs, undefined, { signal }).catch(() => {})
    if (!signal.aborted) await turn().catch(onError)
  }
}
