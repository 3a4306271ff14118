import { lazy, memo, Suspense } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import type { PendingMark } from './mark-list.tsx'
import type { Mark } from './marks.ts'
import { PairReading } from './pair-reading.tsx'
import type { Ranks } from './ranking.ts'
import { ResponseColumns } from './response-columns.tsx'
import { PromptView, ResponseText } from './response-view.tsx'
import type { RoomCampaign } from './room-campaign.ts'
import type { TaskView } from './task-view.ts'

const MarkedResponses = lazy(() =>
  import('./marked-responses.tsx').then(({ MarkedResponses }) => ({ default: MarkedResponses })),
)

/** How a rater reads, from task to task. */
export interface ReadingView {
  isRaw: boolean
  isDiff: boolean
  isSynced: boolean
}

export interface TaskReadingProps {
  kind: RoomCampaign['kind']
  task: TaskView
  criteria: readonly Criterion[]
  view: ReadingView
  /** The key that shows raw text. */
  rawKey?: string
  isSamePrompt?: boolean
  shown: number
  onShow: (place: number) => void
  /** The side that the verdict favours. */
  verdictSide: 0 | 1 | undefined
  ranks: Ranks
  isMarking: boolean
  marks: readonly Mark[]
  pending: PendingMark | undefined
  onPending: (pending: PendingMark | undefined) => void
  onStopMarking: () => void
}

/**
 * The prompt, and below it the responses in the form that the question and the reader want. Drawn anew
 * only where one of these changes: a task drawn ahead comes to the table as it is.
 */
export const TaskReading = memo(function TaskReading(props: TaskReadingProps) {
  const { task, view, rawKey } = props
  return (
    <>
      <PromptView
        task={task}
        isSameAsBefore={props.isSamePrompt ?? false}
        isRaw={view.isRaw}
        rawKey={rawKey}
      />
      <Responses {...props} />
    </>
  )
})

function Responses(props: TaskReadingProps) {
  const { kind, task, view, rawKey, shown, onShow } = props
  if (props.isMarking) {
    return (
      <Suspense fallback={<div className="min-h-80" />}>
        <MarkedResponses
          responses={task.responses}
          criteria={props.criteria}
          marks={props.marks}
          pending={props.pending}
          shown={shown}
          onShow={onShow}
          onPending={props.onPending}
          onLeave={props.onStopMarking}
        />
      </Suspense>
    )
  }
  if (kind === 'pairwise') {
    return (
      <PairReading
        task={task}
        {...view}
        rawKey={rawKey}
        shown={shown === 1 ? 1 : 0}
        onShow={onShow}
        verdictSide={props.verdictSide}
      />
    )
  }
  return (
    <ResponseColumns
      count={task.responses.length}
      shown={shown}
      ringed={shown}
      onShow={onShow}
      badge={(place) => <RankBadge rank={props.ranks[place]} />}
      render={(place) => {
        const response = task.responses[place]
        return response && <ResponseText response={response} isRaw={view.isRaw} rawKey={rawKey} />
      }}
    />
  )
}

function RankBadge({ rank }: { rank: number | undefined }) {
  if (rank === undefined) return null
  return (
    <span className="grid size-6 place-content-center rounded-full bg-act text-[13px] leading-none font-semibold text-on-act">
      {rank}
    </span>
  )
}
