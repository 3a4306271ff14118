import { type FormEvent, useEffect, useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import { type RoomWordKey, roomSayIn, useRoomWords } from './room-words.ts'

/** Offered reasons are kept in one language, so that they can be counted. */
const kept = roomSayIn('en')

export type ReasonFor = 'skip' | 'flag'

const asked = {
  skip: {
    title: 'skipTitle',
    say: 'skipSay',
    send: 'skip',
    reasons: ['skipKnowledge', 'skipSense', 'skipOffensive', 'skipDisplay'],
  },
  flag: {
    title: 'flagTitle',
    say: 'flagSay',
    send: 'flagSend',
    reasons: ['flagPersonal', 'flagHarmful', 'flagBroken', 'flagSame'],
  },
} as const satisfies Record<
  ReasonFor,
  { title: RoomWordKey; say: RoomWordKey; send: RoomWordKey; reasons: RoomWordKey[] }
>

/** Why a task is passed over or flagged: by number key, by click, or in the rater's own words. */
export function ReasonDialog({
  why,
  canAnswerSo = false,
  onClose,
  onReason,
}: {
  why: ReasonFor
  /** Whether that one cannot tell is among the answers, which is another thing than no answer. */
  canAnswerSo?: boolean
  onClose: () => void
  onReason: (reason: string) => void
}) {
  const { say } = useRoomWords()
  const [other, setOther] = useState('')
  const { title, say: detail, send, reasons } = asked[why]
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.repeat) return
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const reason = reasons[Number(event.key) - 1]
      if (reason) onReason(kept(reason))
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [onReason, reasons])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (other.trim() !== '') onReason(other.trim())
  }
  return (
    <Dialog open onClose={onClose} title={say(title)} description={say(detail)}>
      <div className="grid gap-2">
        {canAnswerSo ? <p className="-mt-2 text-sm text-ink-2">{say('skipOrAnswer')}</p> : null}
        {reasons.map((reason, place) => (
          <button
            key={reason}
            type="button"
            className="btn !justify-start text-left !whitespace-normal max-md:!min-h-11"
            onClick={() => onReason(kept(reason))}
          >
            <kbd>{place + 1}</kbd> {say(reason)}
          </button>
        ))}
        <form className="mt-2 flex gap-2" onSubmit={submit}>
          <input
            className="input max-md:min-h-11"
            placeholder={say('otherReason')}
            aria-label={say('otherReason')}
            dir="auto"
            maxLength={2_000}
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
          />
          <button type="submit" className="btn max-md:!min-h-11">
            {say(send)}
          </button>
        </form>
      </div>
    </Dialog>
  )
}
