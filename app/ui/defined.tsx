import { Tooltip } from 'radix-ui'
import { type ReactNode, useRef, useState } from 'react'

/** For so long after the focus came, the page may still scroll to it. */
const settlingMs = 500

/**
 * What a word means, beside it: while the pointer or the focus is on it, and after a tap. The child is
 * one element that can take the focus. Escape closes it.
 */
export function Defined({ definition, children }: { definition: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const pointer = useRef('')
  const focused = useRef<{ element: Element; at: number }>()
  // Scrolling closes it, but not the scrolling by which the browser shows what has just got the focus.
  const change = (next: boolean) => {
    const { element, at } = focused.current ?? { element: null, at: 0 }
    const isSettling = performance.now() - at < settlingMs && document.activeElement === element
    if (next || !isSettling) setOpen(next)
  }
  return (
    <Tooltip.Provider delayDuration={150}>
      <Tooltip.Root open={isOpen} onOpenChange={change}>
        <Tooltip.Trigger
          asChild
          onPointerDown={(event) => {
            pointer.current = event.pointerType
          }}
          onFocus={({ currentTarget }) => {
            focused.current = { element: currentTarget, at: performance.now() }
          }}
          onClick={(event) => {
            // A finger cannot hover: what would close the words under a mouse opens them.
            if (pointer.current !== 'touch') return
            event.preventDefault()
            setOpen(true)
          }}
        >
          {children}
        </Tooltip.Trigger>
        <Tooltip.Portal>
          <Tooltip.Content
            side="top"
            sideOffset={6}
            collisionPadding={12}
            className="definition"
            onEscapeKeyDown={() => setOpen(false)}
          >
            {definition}
          </Tooltip.Content>
        </Tooltip.Portal>
      </Tooltip.Root>
    </Tooltip.Provider>
  )
}

/** A word that tells what it means. */
export function Term({ definition, children }: { definition: ReactNode; children: ReactNode }) {
  return (
    <Defined definition={definition}>
      <button type="button" className="term">
        {children}
      </button>
    </Defined>
  )
}
