import { Tooltip } from 'radix-ui'
import { type PointerEvent, type ReactNode, useRef, useState } from 'react'

/**
 * What a word means, beside it: while the pointer or the focus is on it, and after a tap. The child is
 * one element that can take the focus. Escape closes it.
 */
export function Defined({ definition, children }: { definition: ReactNode; children: ReactNode }) {
  const [isOpen, setOpen] = useState(false)
  const pointer = useRef('')
  const notePointer = (event: PointerEvent) => {
    pointer.current = event.pointerType
  }
  return (
    <Tooltip.Provider delayDuration={150}>
      <Tooltip.Root open={isOpen} onOpenChange={setOpen}>
        <Tooltip.Trigger
          asChild
          onPointerDown={notePointer}
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
          <Tooltip.Content side="top" sideOffset={6} collisionPadding={12} className="definition">
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
