import { Link } from '@remix-run/react'
import type { RoomState } from './queue.ts'
import { type RoomWordKey, useRoomWords } from './room-words.ts'

const words: Record<Exclude<RoomState, 'working' | 'loading'>, [RoomWordKey, RoomWordKey]> = {
  empty: ['emptyTitle', 'emptyDetail'],
  paused: ['pausedTitle', 'pausedDetail'],
  closed: ['closedTitle', 'closedDetail'],
  failed: ['failedTitle', 'failedDetail'],
  limit: ['limitTitle', 'limitDetail'],
}

/** What the room says when no task is on the table. */
export function RoomEmpty({
  state,
  slug,
  unsent,
}: {
  state: RoomState
  slug: string
  unsent: number
}) {
  const { say } = useRoomWords()
  const isComing = state === 'working' || state === 'loading'
  const [title, detail] = isComing ? (['loadingTitle', undefined] as const) : words[state]
  return (
    <main className="mx-auto grid w-full max-w-[60ch] content-start gap-3 px-6 py-24">
      <h2 className="!text-[26px]">{say(title)}</h2>
      {detail ? <p className="text-ink-2">{say(detail)}</p> : null}
      {unsent > 0 ? <p>{say('keepOpen', { count: unsent })}</p> : null}
      {isComing ? null : (
        <Link to={`/p/${slug}/rate`} className="btn justify-self-start">
          {say('myWork')}
        </Link>
      )}
    </main>
  )
}
