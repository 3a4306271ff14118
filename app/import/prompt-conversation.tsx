import type { ReactNode } from 'react'
import { useLanguage, useSaying } from '#app/ui/language.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { findingTitleIn } from './finding-titles.ts'
import type { ShownTurn } from './prompt-view.ts'
import { promptSayIn } from './prompt-words.ts'
import type { ShownText, TextPart } from './shown-text.ts'

/** A text in parts: what was found in it is marked, and so is what was removed. */
function MarkedParts({ parts }: { parts: readonly TextPart[] }) {
  const language = useLanguage()
  return parts.map((part, place) =>
    part.kind === undefined ? (
      part.text
    ) : (
      <mark
        key={place}
        title={findingTitleIn(language)(part.kind)}
        data-kind={part.kind}
        className={
          part.isRemoved
            ? 'rounded-[3px] bg-sunken px-0.5 text-ink-2 italic'
            : 'rounded-[3px] bg-warn-soft px-0.5 text-ink underline decoration-warn decoration-2 underline-offset-2'
        }
      >
        {part.text}
      </mark>
    ),
  )
}

/** What was said: as markup, or letter by letter where something in it is marked. */
export function SaidText({ text, parts }: ShownText) {
  if (text.trim() === '') return null
  if (!parts) return <Markdown text={text} />
  return (
    <div className="prose whitespace-pre-wrap" dir="auto">
      <MarkedParts parts={parts} />
    </div>
  )
}

/** JSON, and whatever else is not meant to be read as prose. */
export const RawShown = ({ text, parts }: ShownText) => (
  <pre className="raw-text">{parts ? <MarkedParts parts={parts} /> : text}</pre>
)

/** Something that most readers need not see. */
export function Folded({
  title,
  isOpen = false,
  children,
}: {
  title: ReactNode
  isOpen?: boolean
  children: ReactNode
}) {
  return (
    <details open={isOpen} className="rounded-lg border border-line px-3 py-2 text-sm">
      <summary className="text-ink-2">{title}</summary>
      <div className="mt-2 grid grid-cols-[minmax(0,1fr)] gap-3">{children}</div>
    </details>
  )
}

const namedRoles = ['system', 'developer', 'user', 'assistant', 'tool'] as const

/** Longer instructions are folded: what is asked comes first. */
const longInstructions = 600

const isInstruction = ({ role }: ShownTurn) => role === 'system' || role === 'developer'

/** A conversation, turn by turn, with who spoke, what tools were called, and what else was logged. */
export function Turns({ turns }: { turns: readonly ShownTurn[] }) {
  const { say } = useSaying(promptSayIn)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      {turns.map((turn, place) => {
        const role = namedRoles.find((one) => one === turn.role)
        const title = role ? say(`role.${role}`) : turn.role
        const { length } = turn.content.text
        if (isInstruction(turn) && length > longInstructions) {
          return (
            <Folded key={place} title={say('foldedTurn', { role: title, count: length })}>
              <SaidText {...turn.content} />
            </Folded>
          )
        }
        return (
          <div key={place} className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
            <span className="eyebrow">
              {title}
              {turn.name === null ? '' : ` · ${turn.name}`}
            </span>
            <TurnText turn={turn} />
          </div>
        )
      })}
    </div>
  )
}

/** What a turn says, calls and carries, without who it is. */
export function TurnText({ turn }: { turn: ShownTurn }) {
  const { say } = useSaying(promptSayIn)
  const isEmpty = turn.content.text.trim() === '' && turn.calls.length === 0
  return (
    <>
      {isEmpty ? <p className="text-sm text-ink-3 italic">{say('saysNothing')}</p> : null}
      {turn.role === 'tool' ? <RawShown {...turn.content} /> : <SaidText {...turn.content} />}
      {turn.calls.map((call, place) => (
        <Folded
          key={place}
          isOpen
          title={
            <>
              {say('calls')} <code className="font-mono text-ink">{call.name}</code>
            </>
          }
        >
          <RawShown {...call.arguments} />
        </Folded>
      ))}
      {turn.more ? (
        <Folded title={say('moreOf')}>
          <RawShown {...turn.more} />
        </Folded>
      ) : null}
    </>
  )
}
