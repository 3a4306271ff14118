import { Form } from '@remix-run/react'
import { useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import { useSaying } from '#app/ui/language.tsx'
import type { CampaignStatus } from '#db/schema.ts'
import { campaignSayIn } from './campaign-words.ts'

type Intent = 'open' | 'pause' | 'close'

interface Step {
  intent: Intent
  label: 'open' | 'openAgain' | 'pause' | 'close'
  isMain: boolean
  /** What follows from it; asked about before it is done. */
  consequence?: { asks: 'pauseAsk' | 'closeAsk'; means: 'pauseMeans' | 'closeMeans' }
}

const pause: Step = {
  intent: 'pause',
  label: 'pause',
  isMain: false,
  consequence: { asks: 'pauseAsk', means: 'pauseMeans' },
}
const close: Step = {
  intent: 'close',
  label: 'close',
  isMain: false,
  consequence: { asks: 'closeAsk', means: 'closeMeans' },
}

const steps: Record<CampaignStatus, readonly Step[]> = {
  draft: [{ intent: 'open', label: 'open', isMain: true }],
  open: [pause, close],
  paused: [{ intent: 'open', label: 'openAgain', isMain: true }, close],
  closed: [{ intent: 'open', label: 'openAgain', isMain: false }],
}

/** What can be done with a campaign in its status; what stops raters asks once, and for a reason. */
export function LifeButtons({ status }: { status: CampaignStatus }) {
  const { say } = useSaying(campaignSayIn)
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
            {say(step.label)}
          </button>
        ))}
      </Form>
      <Dialog
        open={asking !== null}
        onClose={() => setAsking(null)}
        title={asking?.consequence ? say(asking.consequence.asks) : ''}
        description={asking?.consequence ? say(asking.consequence.means) : ''}
      >
        <Form method="post" className="grid gap-4" onSubmit={() => setAsking(null)}>
          <ReasonField />
          <button
            type="submit"
            name="intent"
            value={asking?.intent}
            className="btn btn-primary justify-self-start"
          >
            {asking ? say(asking.label) : ''}
          </button>
        </Form>
      </Dialog>
    </>
  )
}

/** Why: for whoever reads the audit log later. */
export function ReasonField() {
  const { say } = useSaying(campaignSayIn)
  return (
    <label className="grid gap-1.5 text-sm font-semibold">
      {say('reason')}
      <input name="reason" className="input" maxLength={2000} dir="auto" />
    </label>
  )
}
