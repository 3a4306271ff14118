import type { ReactNode } from 'react'

/**
 * What may be wider than its place scrolls in it, by keyboard as well. Where it is `isTall` too, it gets
 * no higher than the screen and the head of its table stays in view.
 */
export const WideBox = ({
  label,
  isTall = false,
  children,
}: {
  label: string
  isTall?: boolean
  children: ReactNode
}) => (
  <section
    className={`wide-box min-w-0 ${isTall ? 'tall-box' : 'overflow-x-auto'}`}
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keyboard.
    tabIndex={0}
    aria-label={label}
  >
    {children}
  </section>
)
