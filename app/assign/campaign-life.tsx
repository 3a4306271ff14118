import { Form } from '@remix-run/react'
import { useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import type { CampaignStatus } from '#db/schema.ts'

export const statusWords: Record<CampaignStatus, string> = {
  draft: 'Not open yet: raters see it once you open it.',
  open: 'Open: raters can work.',
  paused: 'Paused: nobody gets new tasks; what is in hand can still be sent.',
  closed: 'Closed: judgments can no longer be changed.',
}

type Intent = 'open' | 'pause' | 'close'

interface Step {
  intent: Intent
  label: string
  isMain: boolean
  /** What follows from it; asked about before it is done. */
  consequence?: string
}

const pause: Step = {
  intent: 'pause',
  label: 'Pause',
  isMain: false,
  consequence: 'Nobody gets new tasks until you open it again. What is in hand can still be sent.',
}
const close: Step = {
  intent: 'close',
  label: 'Close',
  isMain: false,
  consequence:
    'Raters get no more tasks and can no longer change their judgments. Nothing is removed, and you can open it again.',
}

const steps: Record<CampaignStatus, readonly Step[]> = {
  draft: [{ intent: 'open', label: 'Open', isMain: true }],
  open: [pause, close],
  paused: [{ intent: 'open', label: 'Open again', isMain: true }, close],
  closed: [{ intent: 'open', label: 'Open again', isMain: false }],
}

/** What can be done with a campaign in its status; what stops raters asks once, and for a reason. */
export function LifeButtons({ status }: { status: CampaignStatus }) {
  const [asking, setAsking] = useState<Step | null>(null)
  return (
    <>
      <Form method="post" className="flex flex-wrap gap-2">
        {steps[status].map((step) => (
          <button
            key={step.intent}
            type="submit"
            name="intent"
            value={step.intent}
            className={`btn ${step.isMain ? 'btn-primary' : ''}`}
            onClick={(event) => {
              if (!step.consequence) return
              event.preventDefault()
              setAsking(step)
            }}
          >
            {step.label}
          </button>
        ))}
      </Form>
      <Dialog
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={`${asking?.label ?? ''} the campaign?`}
        description={asking?.consequence ?? ''}
      >
        <Form method="post" className="grid gap-4" onSubmit={() => setAsking(null)}>
          <ReasonField />
          <button
            type="submit"
            name="intent"
            value={asking?.intent}
            className="btn btn-primary justify-self-start"
          >
            {asking?.label}
          </button>
        </Form>
      </Dialog>
    </>
  )
}

/** Why: for whoever reads the audit log later. */
export function ReasonField() {
  return (
    <label className="grid gap-1.5 text-sm font-semibold">
      Reason (optional, kept in the audit log)
      <input name="reason" className="input" maxLength={2000} dir="auto" />
    </label>
  )
}
