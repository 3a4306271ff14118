import { Popover } from 'radix-ui'
import { type ReactNode, type SyntheticEvent, useEffect, useRef, useState } from 'react'

const leaveMs = 200

/**
 * Words about each of many cells, beside the one under the pointer or the focus: an element inside says
 * them in `data-tip`. One box serves all of them, and the pointer may move onto it. Escape closes it.
 */
export function CellTips({ children }: { children: ReactNode }) {
  const [words, setWords] = useState('')
  const cell = useRef<Element>(null) as React.RefObject<Element> & { current: Element | null }
  const leaving = useRef<ReturnType<typeof setTimeout>>()
  const stay = () => clearTimeout(leaving.current)
  const leave = () => {
    stay()
    leaving.current = setTimeout(() => setWords(''), leaveMs)
  }
  useEffect(() => () => clearTimeout(leaving.current), [])
  const show = ({ target }: SyntheticEvent) => {
    const found = target instanceof Element ? target.closest('[data-tip]') : null
    if (!found) return leave()
    stay()
    cell.current = found
    setWords(found.getAttribute('data-tip') ?? '')
  }
  return (
    <Popover.Root open={words !== ''} onOpenChange={(isOpen) => !isOpen && setWords('')}>
      <Popover.Anchor virtualRef={cell} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens for the cells inside. */}
      <div onPointerOver={show} onPointerLeave={leave} onFocus={show} onBlur={leave}>
        {children}
      </div>
      <Popover.Portal>
        <Popover.Content
          key={words}
          role="tooltip"
          side="top"
          sideOffset={6}
          collisionPadding={12}
          className="definition"
          onOpenAutoFocus={(event) => event.preventDefault()}
          onCloseAutoFocus={(event) => event.preventDefault()}
          onPointerEnter={stay}
          onPointerLeave={leave}
        >
          {words}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}
