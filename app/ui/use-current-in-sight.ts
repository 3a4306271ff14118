import { useLocation } from '@remix-run/react'
import { type RefObject, useEffect, useRef } from 'react'

/** For a row of links that may be wider than the screen: keeps the one to the current page in sight. */
export function useCurrentInSight(): RefObject<HTMLElement> {
  const row = useRef<HTMLElement>(null)
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: another page is another link.
  useEffect(() => {
    const current = row.current?.querySelector('[aria-current="page"]')
    if (!row.current || !current) return
    const box = row.current.getBoundingClientRect()
    const link = current.getBoundingClientRect()
    row.current.scrollLeft += link.left + link.width / 2 - (box.left + box.width / 2)
  }, [pathname])
  return row
}
