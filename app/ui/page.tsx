import type { ReactNode } from 'react'

/** The head of a page: where one is, what it finds, what can be done. */
export function PageHead({
  eyebrow,
  title,
  children,
  actions,
}: {
  eyebrow?: ReactNode
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
}) {
  return (
    <header className="grid gap-2.5">
      {eyebrow ? <div className="text-sm text-ink-2">{eyebrow}</div> : null}
      <div className="flex flex-wrap items-start gap-4">
        <h1 className="max-w-[46ch]">{title}</h1>
        {actions ? <span className="grow" /> : null}
        {actions}
      </div>
      {children ? <div className="max-w-[84ch] text-ink-2">{children}</div> : null}
    </header>
  )
}

export function Wordmark() {
  return (
    <span className="font-serif text-lg leading-none font-semibold tracking-tight">
      Rubrica<span className="text-rubric">.</span>
    </span>
  )
}

/** The frame of pages before sign-in: one narrow column. */
export function NarrowPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="mx-auto grid w-full max-w-[420px] content-start gap-6 px-5 py-16">
      <Wordmark />
      <h1>{title}</h1>
      {children}
    </main>
  )
}
