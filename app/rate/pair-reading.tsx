/** Two responses to compare: side by side, one at a time, with their differences, scrolled together. */
import { useEffect, useState } from 'react'
import { useLanguage } from '#app/ui/language.tsx'
import { figuresOf } from '#app/ui/languages.ts'
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
  const { root, height } = usePairScroll(isSynced, shown)
  const [first, second] = task.responses
  const diff = useDiff(isDiff, textOf(first), textOf(second))
  return (
    <div ref={root} data-pair="" className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {diff ? <DiffNote diff={diff} /> : null}
      <ResponseColumns
        count={2}
        shown={shown}
        ringed={verdictSide ?? null}
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
                    className: '-mr-3 overflow-y-auto pr-3',
                    style: { maxHeight: height },
                  })}
            >
              <div>
                {parts ? (
                  <DiffSide parts={parts} isFirst={place === 0} />
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

/** What differs, found when it is first asked for. */
function useDiff(isOn: boolean, first: string, second: string): DiffResult | undefined {
  const [diff, setDiff] = useState<DiffResult>()
  useEffect(() => {
    setDiff(undefined)
    if (!isOn) return
    let isGone = false
    import('./word-diff.ts')
      .then(({ diffTexts }) => {
        if (!isGone) setDiff(diffTexts(first, second))
      })
      .catch(() => {
        // Without a network the texts stay as they are; the next press tries again.
      })
    return () => {
      isGone = true
    }
  }, [isOn, first, second])
  return diff
}

const noComparison = {
  identical: 'identical',
  'too-different': 'tooDifferent',
  'too-long': 'tooLong',
} as const satisfies Record<Exclude<DiffResult['kind'], 'compared'>, ReadingWordKey>

/** What the marks mean and how much is shared, or why there are none. */
function DiffNote({ diff }: { diff: DiffResult }) {
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
        </>
      ) : (
        say(noComparison[diff.kind])
      )}
    </p>
  )
}

function DiffSide({ parts, isFirst }: { parts: readonly DiffPart[]; isFirst: boolean }) {
  return (
    <div className="prose">
      <div className="diff-text" dir="auto">
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
