import { useEffect, useRef } from 'react'

const idleMs = 30_000
const tickMs = 250

/** What shows that somebody is at the page. */
const signsOfLife = [
  'keydown',
  'pointermove',
  'pointerdown',
  'scroll',
  'wheel',
  'touchstart',
] as const

/** Calls `onSign` at each; the listeners are shared, since every task counts its own time. */
export function watchSigns(onSign: () => void): () => void {
  watchers.add(onSign)
  if (watchers.size === 1) {
    for (const name of signsOfLife) {
      window.addEventListener(name, tellWatchers, { passive: true, capture: true })
    }
  }
  return () => {
    watchers.delete(onSign)
    if (watchers.size > 0) return
    for (const name of signsOfLife) {
      window.removeEventListener(name, tellWatchers, { capture: true })
    }
  }
}

const watchers = new Set<() => void>()
function tellWatchers(): void {
  for (const onSign of watchers) onSign()
}

/**
 * The time a person spent on the thing with this key while the page was visible and the person active:
 * seconds after the last sign of life for half a minute do not count. A clock that jumps, in either
 * direction, adds at most half a second and takes nothing away. Without a key nothing is counted.
 */
export function useActiveTime(key: string | undefined, now: () => number): () => number {
  const spent = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key starts a new count.
  useEffect(() => {
    spent.current = 0
    if (key === undefined) return
    let lastSign = now()
    let lastTick = now()
    const sign = () => {
      lastSign = now()
    }
    const tick = () => {
      const time = now()
      const isActive = !document.hidden && Math.abs(time - lastSign) < idleMs
      if (isActive) spent.current += Math.max(0, Math.min(time - lastTick, 2 * tickMs))
      lastTick = time
    }
    const unwatch = watchSigns(sign)
    const timer = setInterval(tick, tickMs)
    return () => {
      clearInterval(timer)
      unwatch()
    }
  }, [key])
  return () => Math.round(spent.current)
}
