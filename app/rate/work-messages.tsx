/** What leads have to say to a rater: tasks that were decided otherwise, and why. */
import { Link, useFetcher } from '@remix-run/react'
import { answerLine } from './answer-line.ts'
import type { WorkMessage } from './my-work.ts'
import { areSamePlaces, placeLetter } from './places.ts'
import { primaryCriterion } from './primary-answer.ts'
import { useRoomWords } from './room-words.ts'
import { useWorkWords } from './work-words.ts'

export function WorkMessages({
  slug,
  messages,
  unread,
}: {
  slug: string
  messages: readonly WorkMessage[]
  unread: number
}) {
  const { say } = useWorkWords()
  const fetcher = useFetcher()
  if (messages.length === 0) return null
  const fresh = messages.filter((message) => !message.isRead)
  const read = messages.filter((message) => message.isRead)
  return (
    <section aria-labelledby="messages" className="grid max-w-[760px] gap-3.5">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 id="messages">{say('messages')}</h2>
        <span role="status" className="text-sm text-ink-2">
          {unread > 0 ? say('unread', { count: unread }) : ''}
        </span>
        <span className="grow" />
        {fresh.length > 1 ? (
          <fetcher.Form method="post">
            <button type="submit" name="intent" value="read" className="link text-sm">
              {say('markAllRead')}
            </button>
          </fetcher.Form>
        ) : null}
      </div>
      <p className="text-sm text-ink-2">{say('messagesHint')}</p>
      {fresh.map((message) => (
        <MessageCard key={message.id} slug={slug} message={message} />
      ))}
      {read.length > 0 ? (
        <details>
          <summary className="text-sm text-ink-2">
            {say('earlierMessages', { count: read.length })}
          </summary>
          <div className="mt-3 grid gap-3.5">
            {read.map((message) => (
              <MessageCard key={message.id} slug={slug} message={message} />
            ))}
          </div>
        </details>
      ) : null}
    </section>
  )
}

function MessageCard({ slug, message }: { slug: string; message: WorkMessage }) {
  const { say } = useWorkWords()
  return (
    <article
      aria-label={message.preview}
      className={`card grid gap-3 ${message.isRead ? '' : 'border-act-line'}`}
    >
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <strong dir="auto" className="line-clamp-2 min-w-0 grow basis-60">
          {message.preview}
        </strong>
        <span className="text-sm text-ink-2">{message.campaign}</span>
      </div>
      <Decided message={message} />
      <div className="flex flex-wrap gap-2">
        <Link to={`/p/${slug}/messages/${message.id}`} className="btn">
          {say('showTask')}
        </Link>
        {message.isRead ? null : <MarkRead slug={slug} id={message.id} />}
      </div>
    </article>
  )
}

export function MarkRead({ slug, id }: { slug: string; id: string }) {
  const { say } = useWorkWords()
  const fetcher = useFetcher()
  return (
    <fetcher.Form method="post" action={`/p/${slug}/rate`}>
      <input type="hidden" name="message" value={id} />
      <button type="submit" name="intent" value="read" className="btn btn-quiet">
        {say('markRead')}
      </button>
    </fetcher.Form>
  )
}

/** What the rater answered, what was decided, and why, in the rater's own order. */
export function Decided({ message }: { message: WorkMessage }) {
  const { say } = useWorkWords()
  const { say: sayRoom } = useRoomWords()
  const criterion = primaryCriterion(message.criteria)
  const wordsOf = (answers: WorkMessage['given']) => {
    const answer = answers.find(({ criterionId }) => criterionId === criterion?.id)
    return criterion && answer ? answerLine(criterion, answer, { say: sayRoom }) : '–'
  }
  return (
    <dl className="grid gap-x-4 gap-y-1.5 text-[14.5px] sm:grid-cols-[auto_1fr]">
      <dt className="text-ink-2">{say('yours')}</dt>
      <dd dir="auto">{wordsOf(message.given)}</dd>
      <dt className="text-ink-2">{say('decided')}</dt>
      <dd dir="auto" className="font-semibold">
        {wordsOf(message.expected)}
      </dd>
      <dt className="text-ink-2">{say('reason')}</dt>
      <dd dir="auto" className="whitespace-pre-wrap">
        {message.reason}
        <Mirrored places={message.places} />
      </dd>
    </dl>
  )
}

/** The adjudicator's letters are not always the rater's. */
function Mirrored({ places }: { places: readonly number[] }) {
  const { say } = useWorkWords()
  if (areSamePlaces(places)) return null
  const letters = places.map((yours, theirs) =>
    say('mirroredLetter', { theirs: placeLetter(theirs), yours: placeLetter(yours) }),
  )
  return (
    <span className="mt-1 block text-sm text-ink-2">
      {say('mirrored', { letters: letters.join(', ') })}
    </span>
  )
}
