import type { ReactNode } from 'react'

/** What may be wider than its place scrolls in it, by keyboard as well. */
export const WideBox = ({ label, children }: { label: string; children: ReactNode }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is to be reached by keyboard.
  <section className="wide-box min-w-0 overflow-x-auto" tabIndex={0} aria-label={label}>
    {children}
  </section>
)
