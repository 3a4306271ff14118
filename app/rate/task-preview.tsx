/** A rater's page with an invented task, to look at while a campaign is composed. Nothing in it acts. */
import { useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import type { Criterion } from '#app/assign/campaign.ts'
import { Dialog } from '#app/ui/dialog.tsx'
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
const phone = { width: 390, height: 780 }
const nothing = () => {}

/** The page on a desktop or on a phone, in the room there is or in full size. */
export function TaskPreview(props: TaskPreviewProps) {
  const { say } = useRoomWords()
  const [isPhone, setIsPhone] = useState(false)
  const [isFull, setIsFull] = useState(false)
  const screens = (
    <div className="flex flex-wrap items-center gap-2">
      {[false, true].map((ofPhone) => (
        <button
          key={String(ofPhone)}
          type="button"
          className="chip max-md:min-h-11"
          aria-pressed={isPhone === ofPhone}
          onClick={() => setIsPhone(ofPhone)}
        >
          {say(ofPhone ? 'previewPhone' : 'previewDesktop')}
        </button>
      ))}
    </div>
  )
  const shown = isPhone ? <OnPhone {...props} /> : <OnDesktop {...props} />
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        {screens}
        <button type="button" className="link text-sm" onClick={() => setIsFull(true)}>
          {say('previewFull')}
        </button>
      </div>
      {shown}
      <Dialog open={isFull} onClose={() => setIsFull(false)} title={say('preview')} side="full">
        <div className="mx-auto grid max-w-[1180px] gap-3">
          {screens}
          {shown}
        </div>
      </Dialog>
    </div>
  )
}

function OnDesktop(props: TaskPreviewProps) {
  const { say } = useRoomWords()
  const [box, { scale, height }] = useScale()
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
        className={`absolute top-0 left-0 grid grid-rows-[minmax(0,1fr)_auto] select-none ${props.kind === 'rubric' ? 'min-[75rem]:grid-cols-[minmax(0,1fr)_26rem] min-[75rem]:grid-rows-[minmax(0,1fr)]' : ''}`}
        style={{
          width: pageWidth,
          minHeight: leastHeight,
          transform: `scale(${scale})`,
          transformOrigin: 'top left',
        }}
      >
        <Page {...props} />
      </div>
    </div>
  )
}

/** A page of its own, as narrow as a phone: what a screen shows goes by its width. */
function OnPhone(props: TaskPreviewProps) {
  const { say } = useRoomWords()
  const frame = useRef<HTMLIFrameElement>(null)
  const [body, setBody] = useState<HTMLElement>()
  // Some browsers have the empty page at once, others put another in its place when it was loaded.
  const dress = () => setBody(dressed(frame.current?.contentDocument))
  useEffect(dress, [])
  return (
    <>
      <iframe
        ref={frame}
        title={say('preview')}
        tabIndex={-1}
        className="max-w-full justify-self-center rounded-xl border border-line bg-paper"
        style={phone}
        onLoad={dress}
      />
      {body
        ? createPortal(
            <div
              {...{ inert: '' }}
              aria-hidden="true"
              className="grid h-dvh grid-rows-[minmax(0,1fr)_auto] overflow-hidden select-none"
            >
              <Page {...props} isPhone />
            </div>,
            body,
          )
        : null}
    </>
  )
}

/** The body of an empty page with the styles of this one. */
function dressed(page: Document | null | undefined): HTMLElement | undefined {
  if (!page || page.head.hasChildNodes()) return page?.body
  for (const sheet of document.querySelectorAll('link[rel="stylesheet"]')) {
    page.head.append(sheet.cloneNode(true))
  }
  return page.body
}

function Page({
  kind,
  criteria,
  settings,
  isPhone = false,
}: TaskPreviewProps & { isPhone?: boolean }) {
  const { say } = useRoomWords()
  const task = exampleTask(kind, say)
  return (
    <>
      <div
        className={`grid grid-cols-[minmax(0,1fr)] content-start gap-4.5 ${isPhone ? 'overflow-hidden px-4 pt-5' : 'p-6'}`}
      >
        <PromptView task={task} isRaw={false} />
        <ResponseColumns
          count={task.responses.length}
          shown={isPhone ? 0 : -1}
          onShow={nothing}
          render={(place) => (
            <ResponseText response={task.responses[place] ?? { messages: [] }} isRaw={false} />
          )}
        />
      </div>
      <div
        className={`grid grid-cols-[minmax(0,1fr)] content-start gap-3 border-t border-line bg-surface py-3 ${isPhone ? 'px-3' : 'px-6'} ${kind === 'rubric' ? 'min-[75rem]:border-t-0 min-[75rem]:border-l min-[75rem]:px-4' : ''}`}
      >
        <AnswerControls
          campaign={{ kind, ...settings }}
          criteria={criteria}
          answer={emptyAnswer}
          responses={task.responses}
          bindings={standardBindings}
          focused={criteria[0]?.id ?? ''}
          onFocus={nothing}
          onAnswer={nothing}
          isOneByOne={isPhone}
          isBeside={kind === 'rubric'}
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
          campaign={settings}
          answer={emptyAnswer}
          bindings={standardBindings}
          isRevision={false}
          canUndo={false}
          onChange={nothing}
          onSkip={nothing}
          onFlag={nothing}
          onUndo={nothing}
          onLeave={nothing}
          onSubmit={nothing}
        />
      </div>
    </>
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
