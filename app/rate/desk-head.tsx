import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Wordmark } from '#app/ui/page.tsx'

/** The head of a desk that fills the window: where one is, what is left, and the way back. */
export function DeskHead({
  back,
  backLabel,
  campaign,
  title,
  children,
}: {
  back: string
  backLabel: string
  campaign: string
  title: string
  children?: ReactNode
}) {
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-surface px-4 py-2.5 md:sticky md:top-0 md:z-30 md:px-6">
      <Link to={back} aria-label={backLabel}>
        <Wordmark />
      </Link>
      <h1 className="!font-sans !text-[15px] !tracking-normal">{title}</h1>
      <span dir="auto" className="min-w-0 truncate text-sm text-ink-2 max-md:hidden">
        {campaign}
      </span>
      <span className="grow" />
      {children}
      <Link to={back} className="link text-sm">
        {backLabel}
      </Link>
    </header>
  )
}
