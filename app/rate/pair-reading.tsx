/** Two responses to compare: side by side, one at a time, with their differences, scrolled together. */
import { type ReactNode, useEffect, useState } from 'react'
import { useLanguage } from '#app/ui/language.tsx'
import { figuresOf } from '#app/ui/languages.ts'
import { needsMarkup } from '#app/ui/markdown.tsx'
import { mayHoldMaths } from '#app/ui/maths-text.ts'
import { type ReadingWordKey, useReadingWords } from './reading-words.ts'
import { ResponseColumns } from './response-columns.tsx'
import { ResponseText } from './response-view.tsx'
import { letterOf } from './room-words.ts'
import type { ShownResponse, TaskView } from './task-view.ts'
import { usePairScroll } from './use-pair-scroll.ts'
import type { DiffPart, DiffResult } from './word-diff.ts'

export interface PairReadingProps {
  task: Pick<TaskView, 'responses'>
  isRaw: boolean
  /** Whether what differs is marked, word by word. */
  isDiff: boolean
  /** Whether long responses scroll together. */
  isSynced: boolean
  shown: 0 | 1
  onShow: (side: 0 | 1) => void
  /** The side that the verdict favours. */
  verdictSide?: 0 | 1 | undefined
  /** The key that shows raw text, where it is not the standard one. */
  rawKey?: string
}

export function PairReading(props: PairReadingProps) {
  const { task, isRaw, isDiff, isSynced, shown, onShow, verdictSide, rawKey } = props
  const say = useReadingWords()
  const { root, height } = usePairScroll(isSynced, shown, onShow)
  const [first, second] = task.responses
  const { diff, draw } = useDiff(isDiff, isRaw, first, second)
  return (
    <div ref={root} data-pair="" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {diff ? <DiffNote diff={diff} shown={shown} /> : null}
      <ResponseColumns
        count={2}
        shown={shown}
        ringed={verdictSide ?? null}
        active={height === undefined ? null : shown}
        onShow={(place) => onShow(place === 1 ? 1 : 0)}
        render={(place) => {
          const response = task.responses[place]
          if (!response) return null
          const parts =
            diff?.kind === 'compared' ? (place === 0 ? diff.first : diff.second) : undefined
          return (
            <div
              data-scroll-area=""
              {...(height === undefined
                ? {}
                : {
                    // What scrolls must be reachable by keyboard.
                    tabIndex: 0,
                    role: 'group',
                    'aria-label': say('scrollArea', { letter: letterOf(place) }),
                    onFocus: () => onShow(place === 1 ? 1 : 0),
                    className: '-mr-3 overflow-y-auto pr-3',
                    style: { maxHeight: height },
                  })}
            >
              <div>
                {draw ? (
                  draw(place)
                ) : parts ? (
                  <DiffSide parts={parts} isFirst={place === 0} isRaw={isRaw} />
                ) : (
                  <ResponseText
                    response={response}
                    isRaw={isRaw}
                    {...(rawKey === undefined ? {} : { rawKey })}
                  />
                )}
              </div>
            </div>
          )
        }}
      />
    </div>
  )
}

/** All that a response says, with the calls that it makes. */
const textOf = (response: ShownResponse | undefined): string =>
  (response?.messages ?? [])
    .flatMap(({ content, toolCalls }) => [
      ...(content === '' ? [] : [content]),
      ...(toolCalls ?? []).map((call) => `${call.name} ${call.arguments}`),
    ])
    .join('\n\n')

interface Compared {
  diff?: DiffResult
  /** Draws a side as it is read, with its marks; absent where the text is shown as it was written. */
  draw?: (place: number) => ReactNode
}

/** One and the same: setting it where it is set already must not draw a page again that is still waking up. */
const nothingCompared: Compared = {}

const callsNothing = (response: ShownResponse | undefined): boolean =>
  response?.messages.every(({ toolCalls }) => !toolCalls?.length) ?? true

/** What differs, found when it is first asked for. */
function useDiff(
  isOn: boolean,
  isRaw: boolean,
  one: ShownResponse | undefined,
  other: ShownResponse | undefined,
): Compared {
  const [first, second] = [textOf(one), textOf(other)]
  const isMarkup =
    isOn &&
    !isRaw &&
    callsNothing(one) &&
    callsNothing(other) &&
    (needsMarkup(first) || needsMarkup(second))
  const [compared, setCompared] = useState(nothingCompared)
  useEffect(() => {
    setCompared(nothingCompared)
    if (!isOn) return
    let isGone = false
    compare(first, second, isMarkup)
      .then((found) => {
        if (!isGone) setCompared(found)
      })
      .catch(() => {
        // Without a network the texts stay as they are; the next press tries again.
      })
    return () => {
      isGone = true
    }
  }, [isOn, isMarkup, first, second])
  return compared
}

async function compare(first: string, second: string, isMarkup: boolean): Promise<Compared> {
  const { diffTexts } = await import('./word-diff.ts')
  if (isMarkup && first !== second) {
    const { diffMarkdown, MarkedMarkdown } = await import('./marked-diff.tsx')
    const hasMaths = mayHoldMaths(first) || mayHoldMaths(second)
    const maths = hasMaths ? await import('#app/ui/rich-maths.tsx') : undefined
    const pair = diffMarkdown(first, second)
    if (pair) {
      const draw = (place: number) => (
        <MarkedMarkdown
          text={pair.sides[place === 0 ? 0 : 1]}
          isFirst={place === 0}
          Maths={maths?.Maths}
        />
      )
      return { diff: pair.diff, draw }
    }
  }
  return { diff: diffTexts(first, second) }
}

const noComparison = {
  identical: 'identical',
  'too-different': 'tooDifferent',
  'too-long': 'tooLong',
} as const satisfies Record<Exclude<DiffResult['kind'], 'compared'>, ReadingWordKey>

/** What the marks mean and how much is shared, or why there are none. */
function DiffNote({ diff, shown }: { diff: DiffResult; shown: 0 | 1 }) {
  const say = useReadingWords()
  const { percent } = figuresOf(useLanguage())
  return (
    <p role="status" className="flex flex-wrap items-baseline gap-x-4 gap-y-1 text-sm text-ink-2">
      {diff.kind === 'compared' ? (
        <>
          <strong className="font-semibold text-ink">{say('difference')}</strong>
          <del className="only-first">{say('onlyIn', { letter: 'A' })}</del>
          <ins className="only-second">{say('onlyIn', { letter: 'B' })}</ins>
          <span>{say('shared', { share: percent(diff.shared) })}</span>
          {diff.isCoarse ? <span>{say('lineByLine')}</span> : null}
          <span className="min-[1000px]:hidden">
            {say('otherSide', { letter: letterOf(1 - shown) })}
          </span>
        </>
      ) : (
        say(noComparison[diff.kind])
      )}
    </p>
  )
}

function DiffSide({
  parts,
  isFirst,
  isRaw,
}: {
  parts: readonly DiffPart[]
  isFirst: boolean
  isRaw: boolean
}) {
  return (
    <div className={isRaw ? 'raw-box' : 'prose'}>
      <div className={isRaw ? 'raw-text' : 'diff-text'} dir="auto">
        {parts.map(({ text, isShared }, place) => {
          if (isShared) return text
          return isFirst ? (
            <del key={place} className="only-first">
              {text}
            </del>
          ) : (
            <ins key={place} className="only-second">
              {text}
            </ins>
          )
        })}
      </div>
    </div>
  )
}
