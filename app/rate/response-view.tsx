/** The texts of a task: the conversation that was answered, what was retrieved, what a model said. */
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { hasHiddenCharacters } from '#app/ui/hidden-characters.ts'
import { Markdown, RawText } from '#app/ui/markdown.tsx'
import { readableJson } from './readable-json.ts'
import { type ReadingWordKey, useReadingWords } from './reading-words.ts'
import type { ShownDocument, ShownMessage, ShownResponse, TaskView } from './task-view.ts'

/** The key that shows raw text, as it stands on controls. */
const standardRawKey = 'R'

interface Reading {
  isRaw: boolean
  /** The key that shows raw text, where it is not the standard one. */
  rawKey?: string
}

/** What was said, as markup or letter by letter. */
function Said({ text, isRaw, rawKey = standardRawKey }: Reading & { text: string }) {
  const say = useReadingWords()
  const isHiding = useMemo(() => hasHiddenCharacters(text), [text])
  if (text.trim() === '' && !isHiding) return null
  if (isRaw) return <RawText text={text} />
  return (
    <>
      <Markdown text={text} />
      {isHiding ? (
        <p className="text-note" data-note="hidden">
          {say('hidden', { key: rawKey })}
        </p>
      ) : null}
    </>
  )
}

/** What a tool gave back or was called with: JSON on lines of its own, else as it is. */
function Data({ text, isRaw }: { text: string; isRaw: boolean }) {
  const shown = useMemo(() => (isRaw ? text : readableJson(text)), [text, isRaw])
  return <RawText text={shown} />
}

/** Something that many readers need not see, with how much it hides. */
function Folded({
  title,
  isOpen = false,
  children,
}: {
  title: ReactNode
  isOpen?: boolean
  children: ReactNode
}) {
  return (
    <details open={isOpen} className="min-w-0 rounded-lg border border-line px-3 py-2">
      <summary className="text-sm text-ink-2">{title}</summary>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3">{children}</div>
    </details>
  )
}

const roleWords: Partial<Record<string, ReadingWordKey>> = {
  system: 'system',
  developer: 'developer',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
}

function Role({ role }: { role: string }) {
  const say = useReadingWords()
  return <span className="eyebrow">{say(roleWords[role] ?? 'message')}</span>
}

/** Beyond this the result of a tool is folded. */
const longResult = 1_200

/** What one message says and calls, without who it is. */
function MessageBody({ message, ...reading }: Reading & { message: ShownMessage }) {
  const say = useReadingWords()
  const { length } = message.content
  const isResult = message.role === 'tool' || message.role === 'function'
  return (
    <>
      {isResult ? (
        <Folded
          isOpen={length <= longResult}
          title={
            <>
              {say('tool')} · {say('characters', { count: length })}
            </>
          }
        >
          <Data text={message.content} isRaw={reading.isRaw} />
        </Folded>
      ) : (
        <Said text={message.content} {...reading} />
      )}
      {message.toolCalls?.map((call, at) => (
        <Folded
          key={at}
          isOpen
          title={
            <>
              {say('calls')}{' '}
              <bdi>
                <code className="font-mono break-words text-ink">{call.name}</code>
              </bdi>
            </>
          }
        >
          <Data text={call.arguments} isRaw={reading.isRaw} />
        </Folded>
      ))}
    </>
  )
}

const isSilent = ({ content, toolCalls }: ShownMessage): boolean =>
  content === '' && !toolCalls?.length

/** Messages one after the other, each with who speaks where that is not plain. */
function Conversation({
  messages,
  hasRoles,
  ...reading
}: Reading & { messages: readonly ShownMessage[]; hasRoles: boolean }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {messages.map((message, place) => (
        <div key={place} className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {hasRoles && message.role !== 'tool' ? <Role role={message.role} /> : null}
          <MessageBody message={message} {...reading} />
        </div>
      ))}
    </div>
  )
}

/** What a model said, with the tools it called, and what was retrieved for it alone. */
export function ResponseText({ response, ...reading }: Reading & { response: ShownResponse }) {
  const say = useReadingWords()
  const { messages, context } = response
  const hasOthers = messages.some(({ role }) => role !== 'assistant' && role !== 'tool')
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {messages.every(isSilent) ? (
        <p className="text-ink-2 italic">{say('empty')}</p>
      ) : (
        <Conversation messages={messages} hasRoles={hasOthers} {...reading} />
      )}
      {context ? (
        <Folded title={say('contextOfOne', { count: context.length })}>
          <Documents documents={context} {...reading} />
        </Folded>
      ) : null}
    </div>
  )
}

function Documents({ documents, ...reading }: Reading & { documents: readonly ShownDocument[] }) {
  const say = useReadingWords()
  return (
    <ol className="grid gap-3">
      {documents.map(({ title, text }, place) => (
        <li key={place} className="min-w-0">
          <Folded
            isOpen={documents.length <= 3 || place === 0}
            title={
              <>
                <bdi className="font-semibold break-words text-ink">
                  {title || say('document', { number: place + 1 })}
                </bdi>{' '}
                · {say('characters', { count: text.length })}
              </>
            }
          >
            <div className="text-[15px] [&_.prose]:text-[15px]">
              <Said text={text} {...reading} />
            </div>
          </Folded>
        </li>
      ))}
    </ol>
  )
}

/** Where there is room for it beside what is read. */
const hasRoomBeside = '(min-width: 1400px)'

function useHasRoom(): boolean {
  const [hasRoom, setHasRoom] = useState(false)
  useEffect(() => {
    const room = window.matchMedia(hasRoomBeside)
    const look = () => setHasRoom(room.matches)
    look()
    room.addEventListener('change', look)
    return () => room.removeEventListener('change', look)
  }, [])
  return hasRoom
}

/** What was retrieved for all responses: a column beside where there is room, else folded. */
function Context({ documents, ...reading }: Reading & { documents: readonly ShownDocument[] }) {
  const say = useReadingWords()
  const hasRoom = useHasRoom()
  const title = say('context', { count: documents.length })
  if (!hasRoom) {
    return (
      <Folded title={title}>
        <Documents documents={documents} {...reading} />
      </Folded>
    )
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <aside aria-label={title} tabIndex={0} className="task-context">
      <h2 className="eyebrow !font-sans">{title}</h2>
      <Documents documents={documents} {...reading} />
    </aside>
  )
}

const isInstruction = ({ role }: ShownMessage) => role === 'system' || role === 'developer'

/** The class of what a prompt and its responses stand in: with room for what was retrieved, if anything was. */
export const roomFor = ({ context }: Pick<TaskView, 'context'>): string =>
  context && context.length > 0 ? 'has-context' : ''

/**
 * The conversation that was answered: the system prompt folded, earlier turns, and in full what is
 * asked last; and what was retrieved for it.
 */
export function PromptView({
  task,
  isSameAsBefore = false,
  ...reading
}: Reading & {
  task: Pick<TaskView, 'prompt' | 'context'>
  /** Whether the task before had this prompt as well: the page would look as if nothing had come. */
  isSameAsBefore?: boolean
}) {
  const say = useReadingWords()
  const { prompt, context } = task
  const system = prompt.filter(isInstruction)
  const turns = prompt.filter((message) => !isInstruction(message))
  const lastUser = turns.findLastIndex((message) => message.role === 'user')
  const split = lastUser < 0 ? Math.max(0, turns.length - 1) : lastUser
  const [earlier, asked] = [turns.slice(0, split), turns.slice(split)]
  const hidden = system.reduce((sum, { content }) => sum + content.length, 0)
  return (
    <>
      <section
        aria-label={say('prompt')}
        className="grid max-w-[90ch] grid-cols-[minmax(0,1fr)] content-start gap-2.5 border-l-3 border-rubric pl-4"
      >
        <h2 className="eyebrow !font-sans">{say('prompt')}</h2>
        {isSameAsBefore ? (
          <p className="-mt-1 w-fit rounded-md bg-act-soft px-2.5 py-0.5 text-[13px]">
            {say('samePrompt')}
          </p>
        ) : null}
        {prompt.every(isSilent) ? <p className="text-ink-2 italic">{say('noPrompt')}</p> : null}
        {system.length > 0 ? (
          <Folded title={say('systemFolded', { count: hidden })}>
            <Conversation messages={system} hasRoles={system.length > 1} {...reading} />
          </Folded>
        ) : null}
        {earlier.length > 0 ? (
          <Folded isOpen title={say('earlierTurns', { count: earlier.length })}>
            <Conversation messages={earlier} hasRoles {...reading} />
          </Folded>
        ) : null}
        {asked.map((message, place) => (
          <div
            key={place}
            className="grid grid-cols-[minmax(0,1fr)] gap-2 font-serif text-[18px] [&_.prose]:text-[calc(18px*var(--text-scale,1))]"
          >
            {message.role === 'user' || message.role === 'tool' ? null : (
              <Role role={message.role} />
            )}
            <MessageBody message={message} {...reading} />
          </div>
        ))}
      </section>
      {context && context.length > 0 ? <Context documents={context} {...reading} /> : null}
    </>
  )
}
