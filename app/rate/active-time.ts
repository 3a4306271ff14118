import { useEffect, useRef } from 'react'

const idleMs = 30_000
const tickMs = 250

/**
 * The time a person spent on the thing with this key while the page was visible and the person active:
 * seconds after the last sign of life for half a minute do not count.
 */
export function useActiveTime(key: string | undefined, now: () => number): () => number {
  const spent = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new key starts a new count.
  useEffect(() => {
    spent.current = 0
    let lastSign = now()
    let lastTick = now()
    const sign = () => {
      lastSign = now()
    }
    const tick = () => {
      const time = now()
      const isActive = !document.hidden && time - lastSign < idleMs
      if (isActive) spent.current += Math.min(time - lastTick, 2 * tickMs)
      lastTick = time
    }
    const signs = [
      'keydown',
      'pointermove',
      'pointerdown',
      'scroll',
      'wheel',
      'touchstart',
    ] as const
    for (const name of signs) window.addEventListener(name, sign, { passive: true, capture: true })
    const timer = setInterval(tick, tickMs)
    return () => {
      clearInterval(timer)
      for (const name of signs) window.removeEventListener(name, sign, { capture: true })
    }
  }, [key])
  return () => Math.round(spent.current)
}
