/** A rater's page with an invented task, to look at while a campaign is composed. Nothing in it acts. */
import { useEffect, useRef, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import { AnswerControls } from './answer-controls.tsx'
import { emptyAnswer } from './answer-form.ts'
import { standardBindings } from './keymap.ts'
import { ResponseColumns } from './response-columns.tsx'
import { PromptView, ResponseText } from './response-view.tsx'
import type { RoomCampaign } from './room-campaign.ts'
import { useRoomWords } from './room-words.ts'
import { TaskActions } from './task-actions.tsx'

export interface TaskPreviewProps {
  kind: RoomCampaign['kind']
  criteria: readonly Criterion[]
  settings: Pick<RoomCampaign, 'bothBad' | 'cantJudge' | 'comment' | 'reasons'>
}

/** The width at which the page is drawn before it is scaled, and the least height it has there. */
const pageWidth = 1180
const leastHeight = 720
const nothing = () => {}

export function TaskPreview({ kind, criteria, settings }: TaskPreviewProps) {
  const { say } = useRoomWords()
  const [box, { scale, height }] = useScale()
  const task = exampleTask(kind, say)
  return (
    <div
      ref={box}
      role="img"
      aria-label={say('preview')}
      className="relative w-full overflow-hidden rounded-xl border border-line bg-paper"
      style={{ height: height * scale }}
    >
      <div
        // Out of reach of keyboard and pointer; React 18 has no name for the attribute.
        {...{ inert: '' }}
        aria-hidden="true"
        className="absolute top-0 left-0 grid grid-rows-[minmax(0,1fr)_auto] select-none"
        style={{
          width: pageWidth,
          minHeight: leastHeight,
          transform: `scale(${scale})`,
          transformOrigin: 'top left',
        }}
      >
        <div className="grid grid-cols-[minmax(0,1fr)] content-start gap-4.5 p-6">
          <PromptView task={task} isRaw={false} />
          <ResponseColumns
            count={task.responses.length}
            shown={-1}
            onShow={nothing}
            render={(place) => (
              <ResponseText response={task.responses[place] ?? { messages: [] }} isRaw={false} />
            )}
          />
        </div>
        <div className="grid gap-3 border-t border-line bg-surface px-6 py-3">
          <AnswerControls
            campaign={{ kind, ...settings }}
            criteria={criteria}
            answer={emptyAnswer}
            responses={task.responses}
            bindings={standardBindings}
            focused={criteria[0]?.id ?? ''}
            onFocus={nothing}
            onAnswer={nothing}
            ranking={{ ranks: {}, place: 0, onPlace: nothing, onRanks: nothing }}
            marking={{
              isOn: false,
              pending: undefined,
              onToggle: nothing,
              onLabel: nothing,
              onGo: nothing,
            }}
          />
          <TaskActions
            campaign={{ kind, ...settings }}
            criteria={criteria}
            answer={emptyAnswer}
            bindings={standardBindings}
            isRevision={false}
            canUndo={false}
            onChange={nothing}
            onVerdict={nothing}
            onSkip={nothing}
            onFlag={nothing}
            onUndo={nothing}
            onLeave={nothing}
            onSubmit={nothing}
          />
        </div>
      </div>
    </div>
  )
}

/** The scale that makes the page as wide as its container, and the page's own height. */
function useScale() {
  const box = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ scale: 0.5, height: leastHeight })
  useEffect(() => {
    const [outer, inner] = [box.current, box.current?.firstElementChild]
    if (!outer || !inner) return
    const measure = () =>
      setSize({
        scale: Math.min(1, outer.clientWidth / pageWidth),
        height: inner.scrollHeight,
      })
    const observer = new ResizeObserver(measure)
    observer.observe(outer)
    observer.observe(inner)
    return () => observer.disconnect()
  }, [])
  return [box, size] as const
}

const responsesOf = { pairwise: 2, rubric: 1, ranking: 3 } as const

function exampleTask(kind: RoomCampaign['kind'], say: ReturnType<typeof useRoomWords>['say']) {
  const words = [say('exampleOne'), say('exampleTwo'), say('exampleMore')]
  return {
    prompt: [{ role: 'user', content: say('examplePrompt') }],
    responses: words
      .slice(0, responsesOf[kind])
      .map((content) => ({ messages: [{ role: 'assistant', content }] })),
  }
}
