/** What is typed into a long form, kept for its tab until it is sent, so that leaving the page loses nothing. */
import { useEffect, useMemo, useRef, useState } from 'react'

const keptPrefix = 'rubrica-form:'

/** Both as JSON. What the page filled in tells whether what was kept still belongs to it. */
interface Kept {
  begun: string
  fields: string
}

/**
 * Keeps the fields of a form under a name, and gives back those of an earlier visit.
 *
 * @param begun as the page filled them in; a form that still says that is not kept
 * @param restore puts in their place what was typed before
 */
export function useKeptForm<Fields>(
  name: string,
  { fields, begun, restore }: { fields: Fields; begun: Fields; restore: (typed: Fields) => void },
): { isBack: boolean; forget: () => void } {
  const [isBack, setIsBack] = useState(false)
  const first = useMemo(() => JSON.stringify(begun), [begun])
  const latest = useRef(first)
  const sent = useRef('')
  const put = useRef(restore)
  useEffect(() => {
    const kept = readKept(name)
    if (kept?.begun !== first) return
    put.current(JSON.parse(kept.fields) as Fields)
    setIsBack(true)
  }, [name, first])
  useEffect(() => {
    const now = JSON.stringify(fields)
    latest.current = now
    if (now !== first && now !== sent.current) {
      keep(name, { begun: first, fields: now })
    }
  }, [name, first, fields])
  return {
    isBack,
    forget: () => {
      sent.current = latest.current
      setIsBack(false)
      keep(name, null)
    },
  }
}

function readKept(name: string): Kept | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(keptPrefix + name) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

function keep(name: string, kept: Kept | null): void {
  try {
    if (kept === null) sessionStorage.removeItem(keptPrefix + name)
    else sessionStorage.setItem(keptPrefix + name, JSON.stringify(kept))
  } catch {
    // A browser that keeps nothing loses what was typed, as any form does.
  }
}
