import { Markdown, RawText } from '#app/ui/markdown.tsx'
import type { ShownMessage } from './task-view.ts'

/** What a model said: text, and the tools it called. */
export function Messages({
  messages,
  isRaw,
}: {
  messages: readonly ShownMessage[]
  isRaw: boolean
}) {
  const isEmpty = messages.every((message) => message.content.trim() === '' && !message.toolCalls)
  if (isEmpty) return <p className="text-ink-3 italic">This response is empty.</p>
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {messages.map((message, place) => (
        <div key={place} className="grid grid-cols-[minmax(0,1fr)] gap-2">
          {messages.length > 1 && message.role !== 'assistant' ? (
            <span className="eyebrow">{message.role}</span>
          ) : null}
          {message.content === '' ? null : isRaw ? (
            <RawText text={message.content} />
          ) : (
            <Markdown text={message.content} />
          )}
          {message.toolCalls?.map((call, at) => (
            <details key={at} className="rounded-lg border border-line px-3 py-2 text-sm">
              <summary>
                Calls <code>{call.name}</code>
              </summary>
              <pre className="raw-text mt-2">{call.arguments}</pre>
            </details>
          ))}
        </div>
      ))}
    </div>
  )
}

/** The prompt above its responses: system text and earlier turns folded, the last turn in full. */
export function PromptView({
  messages,
  isRaw,
}: {
  messages: readonly ShownMessage[]
  isRaw: boolean
}) {
  const lastUser = messages.findLastIndex((message) => message.role === 'user')
  const split = lastUser < 0 ? messages.length - 1 : lastUser
  const before = messages.slice(0, split)
  const system = before.filter(
    (message) => message.role === 'system' || message.role === 'developer',
  )
  const turns = before.filter((message) => !system.includes(message))
  const shown = messages.slice(split)
  return (
    <section
      aria-label="Prompt"
      className="grid max-w-[90ch] grid-cols-[minmax(0,1fr)] gap-2.5 border-l-3 border-rubric pl-4"
    >
      <h2 className="eyebrow !font-sans">Prompt</h2>
      {system.length > 0 ? <Folded title="System prompt" messages={system} isRaw={isRaw} /> : null}
      {turns.length > 0 ? (
        <Folded
          title={turns.length === 1 ? '1 earlier turn' : `${turns.length} earlier turns`}
          messages={turns}
          isRaw={isRaw}
          isOpen
        />
      ) : null}
      {shown.map((message, place) => (
        <div key={place} className="font-serif text-[18px] [&_.prose]:text-[18px]">
          {isRaw ? <RawText text={message.content} /> : <Markdown text={message.content} />}
        </div>
      ))}
    </section>
  )
}

function Folded({
  title,
  messages,
  isRaw,
  isOpen = false,
}: {
  title: string
  messages: readonly ShownMessage[]
  isRaw: boolean
  isOpen?: boolean
}) {
  const characters = messages.reduce((sum, message) => sum + message.content.length, 0)
  return (
    <details open={isOpen} className="text-[15px]">
      <summary className="text-sm text-ink-2">
        {title} <span className="text-ink-3">· {characters.toLocaleString('en')} characters</span>
      </summary>
      <div className="mt-2 grid gap-3 border-l border-line pl-3">
        {messages.map((message, place) => (
          <div key={place} className="grid gap-1">
            <span className="eyebrow">{message.role}</span>
            <Messages messages={[{ ...message, role: 'assistant' }]} isRaw={isRaw} />
          </div>
        ))}
      </div>
    </details>
  )
}
