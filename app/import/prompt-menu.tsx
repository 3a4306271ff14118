import { type ReactNode, useEffect, useRef } from 'react'

/** A button that opens a small panel below it. Escape and a press elsewhere close it. */
export function PromptMenu({
  label,
  side = 'left',
  children,
}: {
  label: ReactNode
  /** Which edge of the button the panel keeps to. */
  side?: 'left' | 'right'
  children: ReactNode
}) {
  const menu = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const isInside = event.target instanceof Node && menu.current?.contains(event.target)
      if (menu.current && !isInside) menu.current.open = false
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('focusin', close)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('focusin', close)
    }
  }, [])
  return (
    <details
      ref={menu}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !menu.current?.open) return
        menu.current.open = false
        menu.current.querySelector('summary')?.focus()
      }}
    >
      <summary className="btn list-none [&::-webkit-details-marker]:hidden">{label}</summary>
      <div
        className={`absolute top-full z-30 mt-1.5 grid w-64 gap-3 rounded-xl border border-line bg-surface p-4 shadow-card ${side === 'right' ? 'right-0' : 'left-0'}`}
      >
        {children}
      </div>
    </details>
  )
}
