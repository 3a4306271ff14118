import type { ReactNode } from 'react'

const tones = {
  plain: 'border-line bg-surface text-ink-2',
  warning: 'border-warn/40 bg-warn-soft text-ink',
  danger: 'border-danger/40 bg-danger-soft text-ink',
  good: 'border-good/40 bg-surface text-ink',
}

/** A short message in the flow of the page. Danger is announced at once. */
export function Notice({
  tone = 'plain',
  children,
}: {
  tone?: keyof typeof tones
  children: ReactNode
}) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={`rounded-lg border px-4 py-3 text-sm ${tones[tone]}`}
    >
      {children}
    </div>
  )
}

/** What a page says when there is nothing yet: what this place is for, and what to do next. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string
  children?: ReactNode
  action?: ReactNode
}) {
  return (
    <div className="card grid justify-items-start gap-3 py-8">
      <h2>{title}</h2>
      {children ? <p className="max-w-[60ch] text-ink-2">{children}</p> : null}
      {action}
    </div>
  )
}
