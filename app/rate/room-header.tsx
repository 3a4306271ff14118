import { Link } from '@remix-run/react'
import { type ReactNode, useEffect, useRef } from 'react'
import { Wordmark } from '#app/ui/page.tsx'
import { type Bindings, type Command, keyLabel } from './keymap.ts'
import type { Sheet } from './room-sheets.tsx'
import { useRoomWords } from './room-words.ts'
import { KeyOn } from './segments.tsx'
import type { ReadingView } from './task-reading.tsx'

export interface RoomHeaderProps {
  slug: string
  name: string
  bindings: Bindings
  view: ReadingView
  hasPair: boolean
  isGuidelinesNew: boolean
  /** Messages to this person that were not read yet. */
  unread: number
  progress: ReactNode
  sendState: ReactNode
  onView: (change: Partial<ReadingView>) => void
  onOpen: (sheet: Sheet) => void
}

/** Where one is, how far, whether all is saved, and what can be opened. */
export function RoomHeader(props: RoomHeaderProps) {
  const { bindings, onOpen } = props
  const { say } = useRoomWords()
  const button = (sheet: 'guidelines' | 'settings' | 'keys') => (
    <button type="button" className="btn btn-quiet !px-2.5" onClick={() => onOpen(sheet)}>
      {say(sheet)} <KeyOn>{keyLabel(bindings[sheet])}</KeyOn>
    </button>
  )
  return (
    <header className="flex min-h-14 items-center gap-3 border-b border-line bg-surface px-4 py-1.5 md:gap-4 md:px-6">
      <Link
        to={`/p/${props.slug}/rate`}
        aria-label={props.unread > 0 ? say('myWorkUnread', { count: props.unread }) : say('myWork')}
        className="relative grid min-h-11 place-content-center"
      >
        <Wordmark />
        {props.unread > 0 ? (
          <span className="absolute top-1.5 -right-2 size-2 rounded-full bg-rubric" />
        ) : null}
      </Link>
      <h1
        dir="auto"
        className="!font-sans truncate border-l border-line pl-4 !text-[15px] !tracking-normal max-md:sr-only"
      >
        {props.name}
      </h1>
      <span className="grow" />
      {props.isGuidelinesNew ? (
        <button
          type="button"
          className="chip !border-warn/40 !bg-warn-soft !text-ink max-lg:sr-only max-lg:focus:not-sr-only"
          onClick={() => onOpen('guidelines')}
        >
          {say('guidelinesChanged')} <span className="underline">{say('guidelinesRead')}</span>
        </button>
      ) : null}
      {props.progress}
      {props.sendState}
      <span className="flex max-xl:hidden">
        <ViewButtons {...props} />
      </span>
      <span className="flex max-xl:hidden">
        {button('guidelines')}
        {button('settings')}
        {button('keys')}
      </span>
      <Menu {...props} />
    </header>
  )
}

const views = {
  diff: 'isDiff',
  raw: 'isRaw',
  sync: 'isSynced',
} as const satisfies Partial<Record<Command, keyof ReadingView>>

function ViewButtons({ bindings, view, hasPair, onView }: RoomHeaderProps) {
  const { say } = useRoomWords()
  const offered = hasPair ? (['diff', 'sync', 'raw'] as const) : (['raw'] as const)
  return offered.map((command) => {
    const isOn = view[views[command]]
    return (
      <button
        key={command}
        type="button"
        className={`btn btn-quiet !px-2.5 max-xl:!min-h-11 max-xl:!justify-start ${command === 'sync' ? 'max-[999px]:hidden' : ''} ${isOn ? '!bg-act-soft !text-act' : ''}`}
        aria-pressed={isOn}
        onClick={() => onView({ [views[command]]: !isOn })}
      >
        {say(`view${command}`)} <KeyOn>{keyLabel(bindings[command])}</KeyOn>
      </button>
    )
  })
}

/** Everything of the header that has no room on a narrow screen. */
function Menu(props: RoomHeaderProps) {
  const { say } = useRoomWords()
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    const close = (event: Event) => {
      const isInside = event.target instanceof Node && details.current?.contains(event.target)
      if (details.current && (!isInside || event.type === 'keydown')) details.current.open = false
    }
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !details.current?.open) return
      // The room has a use for Escape of its own.
      event.preventDefault()
      close(event)
    }
    document.addEventListener('pointerdown', close)
    document.addEventListener('keydown', press)
    return () => {
      document.removeEventListener('pointerdown', close)
      document.removeEventListener('keydown', press)
    }
  }, [])
  const close = () => {
    if (details.current) details.current.open = false
  }
  return (
    <details ref={details} className="relative xl:hidden">
      <summary
        aria-label={say('more')}
        className="grid size-11 list-none place-content-center rounded-lg border border-line-strong [&::-webkit-details-marker]:hidden"
      >
        <span aria-hidden="true" className="relative text-xl leading-none">
          ⋯
          {props.isGuidelinesNew ? (
            <span className="absolute -top-1 -right-2 size-2 rounded-full bg-rubric" />
          ) : null}
        </span>
      </summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: whatever is chosen inside closes the menu. */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a button's own keys click it. */}
      <div
        className="absolute top-full right-0 z-30 mt-1 grid w-64 rounded-xl border border-line bg-surface p-1.5 shadow-card"
        onClick={close}
      >
        {(['guidelines', 'settings', 'keys'] as const).map((sheet) => (
          <button
            key={sheet}
            type="button"
            className={`btn btn-quiet !min-h-11 !justify-start !px-2.5 ${sheet === 'keys' ? 'pointer-coarse:hidden' : ''}`}
            onClick={() => props.onOpen(sheet)}
          >
            {say(sheet)}
            {sheet === 'guidelines' && props.isGuidelinesNew ? (
              <span className="chip !border-warn/40 !bg-warn-soft !text-ink">{say('changed')}</span>
            ) : null}
          </button>
        ))}
        <span aria-hidden="true" className="my-1 border-t border-line" />
        <ViewButtons {...props} />
      </div>
    </details>
  )
}
