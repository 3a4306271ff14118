/** What the room says beside the task: whether all is saved, how far one is, what became of an answer. */
import { X } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { answersInWords } from './answer-words.ts'
import type { Onboarding, Submission } from './desk-message.ts'
import type { DeskStatus } from './desk-status.ts'
import { type SayDesk, useDeskWords } from './desk-words.ts'
import type { Queue } from './queue.ts'
import { type RoomSay, useRoomWords } from './room-words.ts'
import type { DeskLine } from './use-desk.ts'

/** Whether everything is saved, calmly. */
export function SendState({
  status,
  isBegun,
  onRetry,
}: {
  status: DeskStatus
  /** Whether the task on the table has an answer that was not sent. */
  isBegun: boolean
  onRetry: () => void
}) {
  const say = useDeskWords()
  const { unsent, trouble, isDurable } = status
  // Before anything was sent there is nothing that could be called saved.
  const [hasSent, setHasSent] = useState(false)
  if (unsent > 0 && !hasSent) setHasSent(true)
  const isFine = trouble === 'none'
  const fine = unsent > 0 ? 'saving' : isBegun ? 'notSent' : hasSent ? 'saved' : 'ready'
  const words = isFine ? say(fine) : say(trouble, { count: unsent })
  const colour = isFine ? (unsent > 0 || isBegun ? 'bg-ink-3' : 'bg-good') : 'bg-warn'
  const detail = isFine ? undefined : say(`${trouble}Detail`)
  return (
    <span className="flex items-center gap-2 text-sm text-ink-2">
      <span
        aria-hidden="true"
        className={`inline-block size-[7px] shrink-0 rounded-full ${colour}`}
      />
      <span
        role="status"
        title={detail}
        className={`min-w-14 ${isFine ? 'whitespace-nowrap' : ''}`}
      >
        {words}
        {detail ? <span className="sr-only">. {detail}</span> : null}
        {unsent > 0 && !isDurable ? <span className="block">{say('notDurable')}</span> : null}
      </span>
      {trouble === 'signed-out' ? (
        <a className="link" href="/sign-in" target="_blank" rel="noreferrer">
          {say('signIn')}
        </a>
      ) : null}
      {isFine ? null : (
        <button type="button" className="link" onClick={onRetry}>
          {say('tryNow')}
        </button>
      )}
    </span>
  )
}

/** How far a rater is in the training round or the qualification set. */
export function OnboardingProgress({ onboarding }: { onboarding: Onboarding }) {
  const say = useDeskWords()
  const { phase, done, total } = onboarding
  return <span className="chip">{say(phase, { done, total })}</span>
}

/**
 * Everything the room has to say about the task on the table, above it and out of its way: nothing that
 * appears here moves what is being read.
 */
export function RoomNotices({
  desk,
  queue,
  criteria,
}: {
  desk: DeskLine
  queue: Queue
  criteria: Criterion[]
}) {
  const say = useDeskWords()
  const [isReading, setIsReading] = useState(false)
  const { status, pace } = desk
  const currentId = queue.current?.task.assignmentId
  const disputedId = status.disputedId === currentId ? status.disputedId : null
  const isHalted = queue.current && (queue.state === 'paused' || queue.state === 'closed')
  return (
    <div
      role="status"
      className="pointer-events-none fixed top-16 right-4 z-30 grid w-[min(420px,calc(100vw-32px))] gap-2 [&>*]:pointer-events-auto"
    >
      {disputedId === null ? null : (
        <Slip>
          <p>{say('disputed')}</p>
          <Choices>
            <button type="button" className="btn" onClick={() => desk.keepMine(disputedId)}>
              {say('keepMine')}
            </button>
            <button type="button" className="btn" onClick={() => desk.takeOther(disputedId)}>
              {say('takeOther')}
            </button>
          </Choices>
        </Slip>
      )}
      {queue.lapsedId !== null && queue.lapsedId === currentId ? (
        <Slip>
          <p>{say('lapsed')}</p>
        </Slip>
      ) : null}
      {queue.withdrawnId !== null && queue.withdrawnId === currentId ? (
        <Slip>
          <p>{say('withdrawn')}</p>
        </Slip>
      ) : null}
      {isHalted ? (
        <Slip>
          <p>{say(queue.state === 'paused' ? 'pausedInHand' : 'closedInHand')}</p>
        </Slip>
      ) : null}
      {status.note ? (
        <Slip onDismiss={desk.dismissNote}>
          <p>{status.note}</p>
        </Slip>
      ) : null}
      {status.kept.length > 0 ? (
        <Slip>
          <p>{say('keptOne', { count: status.kept.length })}</p>
          <Choices>
            <button type="button" className="btn" onClick={() => setIsReading((is) => !is)}>
              {say('keptShow')}
            </button>
          </Choices>
          {isReading ? <KeptWords desk={desk} criteria={criteria} /> : null}
        </Slip>
      ) : null}
      {pace.isNoted ? (
        <Slip onDismiss={desk.dismissPaceNote}>
          <p>{say('paceNote')}</p>
        </Slip>
      ) : null}
    </div>
  )
}

function Slip({ children, onDismiss }: { children: ReactNode; onDismiss?: () => void }) {
  const say = useDeskWords()
  return (
    <div className="grid max-h-[60vh] grid-cols-[1fr_auto] gap-2 overflow-auto rounded-lg border border-line bg-surface px-4 py-3 text-sm text-ink shadow-card">
      <div className="grid gap-2">{children}</div>
      {onDismiss ? (
        <button
          type="button"
          className="btn btn-quiet !min-h-0 self-start !p-1.5"
          aria-label={say('dismiss')}
          onClick={onDismiss}
        >
          <X size={16} aria-hidden="true" />
        </button>
      ) : null}
    </div>
  )
}

const Choices = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap gap-2">{children}</div>
)

/** Answers that the server did not take: to be read, copied, sent again or removed. */
function KeptWords({ desk, criteria }: { desk: DeskLine; criteria: Criterion[] }) {
  const say = useDeskWords()
  const { say: sayRoom } = useRoomWords()
  const [copiedId, setCopiedId] = useState<string | null>(null)
  const copy = (id: string, words: string) =>
    navigator.clipboard?.writeText(words).then(
      () => setCopiedId(id),
      () => setCopiedId(null),
    )
  return (
    <div className="grid gap-3">
      <p className="text-ink-2">{say('keptDetail')}</p>
      <ul className="grid gap-3">
        {desk.status.kept.map((letter) => {
          const words = wordsOf(letter.body, criteria, { say, sayRoom })
          return (
            <li key={letter.id} className="grid gap-2 border-t border-line pt-3">
              <p>{letter.refusal || say('keptUnreadable')}</p>
              <pre dir="auto" className="font-sans break-words whitespace-pre-wrap">
                {words}
              </pre>
              <Choices>
                <button type="button" className="btn" onClick={() => copy(letter.id, words)}>
                  {say(copiedId === letter.id ? 'copied' : 'copy')}
                </button>
                <button type="button" className="btn" onClick={() => desk.resend(letter.id)}>
                  {say('sendAgain')}
                </button>
                <button type="button" className="btn" onClick={() => desk.discard(letter.id)}>
                  {say('remove')}
                </button>
              </Choices>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** What the room itself put into a letter. */
interface KeptBody {
  intent: string
  reason?: string
  submission?: Submission
}

/** All that a letter says, in words that can be copied. */
function wordsOf(
  body: unknown,
  criteria: Criterion[],
  { say, sayRoom }: { say: SayDesk; sayRoom: RoomSay },
): string {
  const { intent, reason, submission } = body as KeptBody
  if (!submission) return `${say(intent === 'flag' ? 'flagReason' : 'skipReason')}: ${reason ?? ''}`
  const answers = answersInWords(submission.answers, criteria, { say: sayRoom })
  return [
    ...answers.map(({ title, words }) => (title ? `${title} ${words}` : words)),
    ...(submission.reasons.length > 0
      ? [`${say('reasons')}: ${submission.reasons.join(', ')}`]
      : []),
    ...(submission.comment ? [`${say('comment')}: ${submission.comment}`] : []),
  ].join('\n')
}
