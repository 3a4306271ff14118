/** The room where a rater works: one task on the table, the next at hand, nothing lost. */
import { Link } from '@remix-run/react'
import { useReducer, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { Dialog } from '#app/ui/dialog.tsx'
import { useHotkeys } from '#app/ui/hotkeys.ts'
import { Markdown } from '#app/ui/markdown.tsx'
import { Wordmark } from '#app/ui/page.tsx'
import { keySheet } from './keymap.ts'
import { emptyQueue, type JudgedTask, type RoomState, reduceQueue } from './queue.ts'
import { offeredBy, type RoomCampaign, TaskOnTable } from './task-on-table.tsx'
import { type SendStatus, useDesk } from './use-desk.ts'

export interface RatingRoomProps {
  slug: string
  campaign: RoomCampaign
  criteria: Criterion[]
  guidelines: string
  judged: JudgedTask[]
  judgedCount: number
  left: number
  isLeftCapped: boolean
  owner: string
}

type Sheet = 'none' | 'guidelines' | 'keys' | 'skip'

export function RatingRoom(props: RatingRoomProps) {
  const { campaign } = props
  const [queue, dispatch] = useReducer(reduceQueue, emptyQueue(props.judged, props.judgedCount))
  const [sheet, setSheet] = useState<Sheet>('none')
  const desk = useDesk({
    url: `/p/${props.slug}/rate/${campaign.id}/answers`,
    owner: `${props.owner}:${campaign.id}`,
    queue,
    dispatch,
  })
  const { current } = queue
  const close = () => setSheet('none')
  useHotkeys({
    g: () => setSheet('guidelines'),
    '?': () => setSheet('keys'),
    u: () => dispatch({ kind: 'undone' }),
  })
  const left = Math.max(0, props.left - (queue.judgedCount - props.judgedCount))
  return (
    <div className="grid h-dvh grid-rows-[auto_minmax(0,1fr)]">
      <header className="flex items-center gap-4 border-b border-line bg-surface px-4 py-2.5 md:px-6">
        <Link to={`/p/${props.slug}/rate`} aria-label="My work">
          <Wordmark />
        </Link>
        <strong className="truncate border-l border-line pl-4 max-md:hidden">
          {campaign.name}
        </strong>
        <span className="grow" />
        <Progress judged={queue.judgedCount} left={left} isCapped={props.isLeftCapped} />
        <SendState {...desk.status} onRetry={desk.retry} />
        <button
          type="button"
          className="btn btn-quiet max-md:hidden"
          onClick={() => setSheet('guidelines')}
        >
          Guidelines <kbd>G</kbd>
        </button>
        <button
          type="button"
          className="btn btn-quiet max-md:hidden"
          onClick={() => setSheet('keys')}
        >
          Keys <kbd>?</kbd>
        </button>
      </header>
      {current ? (
        <TaskOnTable
          key={`${current.task.assignmentId}:${current.baseRevision}`}
          campaign={campaign}
          criteria={props.criteria}
          current={current}
          canUndo={queue.judged.length > 0}
          isSkipping={sheet === 'skip'}
          draft={desk.restoreDraft(current.task.assignmentId, current.baseRevision)}
          onDraft={(answer) =>
            desk.keepDraft(current.task.assignmentId, current.baseRevision, answer)
          }
          onSubmit={(answered, time) => {
            const { task, baseRevision } = current
            desk.submit({
              assignmentId: task.assignmentId,
              baseRevision,
              ...answered,
              ...time,
            })
            dispatch({ kind: 'answered', answered })
          }}
          onAskSkip={() => setSheet('skip')}
          onSkip={(reason, activeMs) => {
            desk.skip({ assignmentId: current.task.assignmentId, reason, activeMs })
            dispatch({ kind: 'skipped' })
            close()
          }}
          onKeepTask={close}
          onUndo={() => dispatch({ kind: 'undone' })}
        />
      ) : (
        <main className="overflow-auto">
          <Nothing state={queue.state} slug={props.slug} unsent={desk.status.unsent} />
        </main>
      )}
      <Dialog open={sheet === 'guidelines'} onClose={close} title="Guidelines" side="right">
        {props.guidelines ? (
          <Markdown text={props.guidelines} />
        ) : (
          <p className="text-ink-2">This campaign has no guidelines.</p>
        )}
      </Dialog>
      <Dialog open={sheet === 'keys'} onClose={close} title="Keys">
        <KeySheet campaign={campaign} criteria={props.criteria} />
      </Dialog>
    </div>
  )
}

function Progress({ judged, left, isCapped }: { judged: number; left: number; isCapped: boolean }) {
  const total = judged + left
  return (
    <span className="flex items-center gap-3 text-sm text-ink-2">
      <span>
        {judged} of {isCapped ? 'about ' : ''}
        {total}
        {isCapped ? '+' : ''}
      </span>
      <span
        className="h-1 w-40 overflow-hidden rounded-sm bg-line max-md:hidden"
        aria-hidden="true"
      >
        <span
          className="block h-full bg-ink-3"
          style={{ width: `${total === 0 ? 0 : (100 * judged) / total}%` }}
        />
      </span>
    </span>
  )
}

/** Whether everything is saved, calmly. */
function SendState({ unsent, trouble, refusal, onRetry }: SendStatus & { onRetry: () => void }) {
  const isFine = trouble === 'none'
  const words =
    trouble === 'offline'
      ? `Offline: ${unsent} kept here`
      : trouble === 'signed-out'
        ? `Signed out: ${unsent} kept here`
        : trouble === 'server'
          ? `Not reachable: ${unsent} kept here`
          : unsent > 0
            ? 'Saving…'
            : 'Saved'
  return (
    <span className="flex items-center gap-2 text-sm text-ink-2" role="status">
      <span
        aria-hidden="true"
        className={`inline-block size-[7px] rounded-full ${isFine ? (unsent > 0 ? 'bg-ink-3' : 'bg-good') : 'bg-warn'}`}
      />
      {refusal ? <span className="max-w-[40ch] text-danger">{refusal}</span> : words}
      {trouble === 'signed-out' ? (
        <a className="link" href="/sign-in" target="_blank" rel="noreferrer">
          Sign in
        </a>
      ) : null}
      {isFine ? null : (
        <button type="button" className="link" onClick={onRetry}>
          Try now
        </button>
      )}
    </span>
  )
}

const nothingWords: Record<Exclude<RoomState, 'working'>, { title: string; detail: string }> = {
  loading: { title: 'Getting your tasks…', detail: '' },
  empty: {
    title: 'Nothing is left for you here',
    detail:
      'You have judged or passed every task of this campaign that still needs somebody. Tasks that others give back will show up here.',
  },
  paused: {
    title: 'The campaign is paused',
    detail: 'Everything you sent is saved. Come back later.',
  },
  closed: { title: 'The campaign is closed', detail: 'Thank you. Everything you sent is saved.' },
}

function Nothing({ state, slug, unsent }: { state: RoomState; slug: string; unsent: number }) {
  const { title, detail } = nothingWords[state === 'working' ? 'loading' : state]
  return (
    <div className="mx-auto grid max-w-[60ch] gap-3 px-6 py-24">
      <h1>{title}</h1>
      <p className="text-ink-2">{detail}</p>
      {unsent > 0 ? <p>Keep this page open: {unsent} judgments are still being sent.</p> : null}
      {state === 'loading' || state === 'working' ? null : (
        <Link to={`/p/${slug}/rate`} className="btn justify-self-start">
          My work
        </Link>
      )}
    </div>
  )
}

function KeySheet({ campaign, criteria }: { campaign: RoomCampaign; criteria: Criterion[] }) {
  const kind = campaign.kind === 'rubric' ? 'rubric' : 'pairwise'
  return (
    <dl className="grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 text-sm">
      {keySheet(kind, offeredBy(campaign, criteria)).map(([key, does]) => (
        <div key={key} className="contents">
          <dt>
            <kbd>{key}</kbd>
          </dt>
          <dd>{does}</dd>
        </div>
      ))}
    </dl>
  )
}
