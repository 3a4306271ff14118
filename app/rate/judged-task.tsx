/** A task that was judged, as its rater saw it: to be read, not to be answered. */
import { useState } from 'react'
import { useHotkeys } from '#app/ui/hotkeys.ts'
import { standardBindings } from './keymap.ts'
import type { OpenedMessage } from './my-work.ts'
import { roomFor } from './response-view.tsx'
import { type ReadingView, TaskReading } from './task-reading.tsx'

const nothing = () => {}

export function JudgedTask({ message }: { message: OpenedMessage }) {
  const { prompt, responses, context, criteria, id } = message
  const [shown, setShown] = useState(0)
  const [view, setView] = useState<ReadingView>({ isRaw: false, isDiff: false, isSynced: false })
  const toggle = (key: keyof ReadingView) => () => setView({ ...view, [key]: !view[key] })
  const count = responses.length
  useHotkeys({
    [standardBindings.raw]: toggle('isRaw'),
    [standardBindings.diff]: toggle('isDiff'),
    [standardBindings.sync]: toggle('isSynced'),
    [standardBindings.previous]: () => setShown((shown - 1 + count) % count),
    [standardBindings.next]: () => setShown((shown + 1) % count),
  })
  const kind = criteria.some(({ definition }) => definition.kind === 'preference')
    ? 'pairwise'
    : count > 1
      ? 'ranking'
      : 'rubric'
  return (
    <div className={`grid grid-cols-[minmax(0,1fr)] gap-4.5 ${roomFor(message)}`}>
      <TaskReading
        kind={kind}
        task={{
          assignmentId: id,
          heldUntil: 0,
          phase: 'working',
          prompt,
          responses,
          ...(context ? { context } : {}),
        }}
        criteria={criteria}
        view={view}
        shown={shown}
        onShow={setShown}
        verdictSide={undefined}
        ranks={{}}
        isMarking={false}
        marks={[]}
        pending={undefined}
        onPending={nothing}
        onStopMarking={nothing}
      />
    </div>
  )
}
