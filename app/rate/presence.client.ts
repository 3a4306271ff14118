/** Whether somebody is at the page: signs of life, and coming back after a while. */
import { watchSigns } from './active-time.ts'

export interface Presence {
  /** Whether the page is seen and somebody was active within so many milliseconds. */
  isThere: (withinMs: number) => boolean
  close: () => void
}

/**
 * Calls `onBack` with the milliseconds somebody was away: out of sight for `hiddenMs` or more, or without
 * a sign of life for `idleMs` or more. `onSight` is called each time the page comes into sight.
 */
export function watchPresence({
  idleMs,
  hiddenMs,
  onBack,
  onSight,
}: {
  idleMs: number
  hiddenMs: number
  onBack: (goneMs: number) => void
  onSight: () => void
}): Presence {
  let lastSign = performance.now()
  let hiddenAt = document.hidden ? performance.now() : undefined
  const sign = () => {
    const now = performance.now()
    const goneMs = now - lastSign
    lastSign = now
    if (goneMs >= idleMs) onBack(goneMs)
  }
  const onVisibility = () => {
    const now = performance.now()
    if (document.hidden) {
      hiddenAt = now
      return
    }
    const goneMs = hiddenAt === undefined ? 0 : now - hiddenAt
    hiddenAt = undefined
    lastSign = now
    onSight()
    if (goneMs >= hiddenMs) onBack(goneMs)
  }
  const unwatch = watchSigns(sign)
  document.addEventListener('visibilitychange', onVisibility)
  return {
    isThere: (withinMs) => !document.hidden && performance.now() - lastSign < withinMs,
    close: () => {
      unwatch()
      document.removeEventListener('visibilitychange', onVisibility)
    },
  }
}
