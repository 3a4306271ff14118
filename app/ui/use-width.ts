import { useEffect, useState } from 'react'

/** How wide a box is in the browser; `first` on the server and until then. */
export function useWidth(box: React.RefObject<HTMLDivElement | null>, first: number): number {
  const [width, setWidth] = useState(first)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry) setWidth(Math.max(260, Math.floor(entry.contentRect.width)))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return width
}
