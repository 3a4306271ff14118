import { Link } from '@remix-run/react'
import { Markdown } from '#app/ui/markdown.tsx'
import { Wordmark } from '#app/ui/page.tsx'
import { useRoomWords } from './room-words.ts'

/** The guidelines as a page of their own, before somebody's first task in a campaign. */
export function GuidelinesFirst({
  name,
  slug,
  text,
  reopenKey,
  onStart,
}: {
  name: string
  slug: string
  text: string
  /** The key that opens them again, as it stands on controls. */
  reopenKey: string
  onStart: () => void
}) {
  const { say } = useRoomWords()
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)_auto]">
      <header className="flex items-center gap-4 border-b border-line bg-surface px-4 py-3 md:px-6">
        <Link to={`/p/${slug}/rate`} aria-label={say('myWork')}>
          <Wordmark />
        </Link>
        <strong dir="auto" className="truncate border-l border-line pl-4">
          {name}
        </strong>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <main className="overflow-auto" tabIndex={0}>
        <div className="mx-auto grid max-w-[78ch] grid-cols-[minmax(0,1fr)] gap-5 px-5 py-10">
          <h1 className="eyebrow !font-sans">{say('guidelinesFirst')}</h1>
          <Markdown text={text} />
        </div>
      </main>
      <footer className="grid justify-center gap-2 border-t border-line bg-surface p-3 max-md:grid-cols-1">
        <p className="text-center text-[13px] text-ink-2">
          {reopenKey === '' ? null : (
            <span className="max-md:hidden pointer-coarse:hidden">
              {say('guidelinesAgainKey', { key: reopenKey })}
            </span>
          )}
          <span className={reopenKey === '' ? '' : 'md:pointer-fine:hidden'}>
            {say('guidelinesAgainTouch')}
          </span>
        </p>
        <button
          type="button"
          className="btn btn-primary !min-h-11 max-md:w-full"
          // biome-ignore lint/a11y/noAutofocus: the one thing to do on this page; Enter starts.
          autoFocus
          onClick={onStart}
        >
          {say('start')} <kbd className="max-md:hidden">↵</kbd>
        </button>
      </footer>
    </div>
  )
}
