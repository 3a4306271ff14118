import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { TextField } from '#app/ui/field.tsx'
import { ReasonField } from './campaign-life.tsx'
import type { Campaign } from './campaigns.server.ts'
import { clockAt } from './zoned-time.ts'

export interface ChangeProblem {
  field: string
  reason: string
  /** What was typed. */
  sent: Readonly<Record<string, string>>
}

interface ChangesProps {
  campaign: Pick<Campaign, 'overlap' | 'settings' | 'status'>
  problem: ChangeProblem | undefined
}

const errorAt = (problem: ChangeProblem | undefined, field: string) =>
  problem?.field === field ? problem.reason : undefined

/** What may change while raters work; whoever holds a task keeps it. */
export function ChangesCard({ campaign, problem }: ChangesProps) {
  return (
    <section className="card grid content-start gap-3" aria-labelledby="changes">
      <h2 id="changes">Change while it runs</h2>
      <p className="text-sm text-ink-2">Nobody loses a task that is in hand.</p>
      <Change
        title="Overlap"
        says={`${campaign.overlap} raters a task`}
        isOpen={problem?.field === 'overlap'}
      >
        <Form key={campaign.overlap} method="post" className="grid gap-3">
          <TextField
            label="Raters for each task"
            name="overlap"
            inputMode="numeric"
            defaultValue={problem?.sent.overlap ?? String(campaign.overlap)}
            error={errorAt(problem, 'overlap')}
            hint="More: tasks open again for other raters. Fewer: slots nobody holds are taken away; judgments stay."
          />
          <ReasonField />
          <Submit intent="overlap">Change the overlap</Submit>
        </Form>
      </Change>
      <Change
        title="Budget, deadline, most per rater, gold"
        says={limitWords(campaign.settings)}
        isOpen={['budget', 'deadline', 'mostPerRater', 'goldRate', 'repeatRate'].includes(
          problem?.field ?? '',
        )}
      >
        <LimitsForm
          key={limitWords(campaign.settings) + campaign.settings.deadlineAt}
          campaign={campaign}
          problem={problem}
        />
      </Change>
      {campaign.status === 'draft' ? null : (
        <Change title="Prompts" says="those imported since" isOpen={false}>
          <Form method="post" className="grid gap-3">
            <p className="text-sm text-ink-2">
              Looks for prompts that came after the tasks were made and fit the campaign. Tasks that
              are there stay as they are.
            </p>
            <Submit intent="prompts">Add new prompts</Submit>
          </Form>
        </Change>
      )}
    </section>
  )
}

const percentOf = (share: number): string => String(Math.round(100 * share))

const limitWords = ({ budget, mostPerRater, goldRate, repeatRate }: Campaign['settings']): string =>
  [
    budget === null ? 'no budget' : `${budget.toLocaleString('en')} judgments`,
    mostPerRater === null ? 'no limit each' : `${mostPerRater.toLocaleString('en')} each`,
    `gold ${percentOf(goldRate)} %, repeats ${percentOf(repeatRate)} %`,
  ].join(' · ')

function LimitsForm({ campaign, problem }: ChangesProps) {
  const { budget, deadlineAt, mostPerRater, goldRate, repeatRate } = campaign.settings
  const [zone, setZone] = useState('')
  useEffect(() => setZone(Intl.DateTimeFormat().resolvedOptions().timeZone), [])
  const deadline = deadlineAt === null ? '' : clockAt(deadlineAt, zone)
  const typed = (name: string, standing: number | null) =>
    problem?.sent[name] ?? (standing === null ? '' : String(standing))
  return (
    <Form method="post" className="grid gap-3">
      <input type="hidden" name="zone" value={zone} />
      <input type="hidden" name="deadlineBefore" value={deadline} />
      <TextField
        label="Judgments at most"
        name="budget"
        inputMode="numeric"
        defaultValue={typed('budget', budget)}
        error={errorAt(problem, 'budget')}
        hint="Empty for no bound."
      />
      <TextField
        key={zone}
        type="datetime-local"
        label={`Deadline (${zone || 'UTC'})`}
        name="deadline"
        defaultValue={problem?.sent.deadline ?? deadline}
        error={errorAt(problem, 'deadline')}
        hint="Empty for none."
      />
      <TextField
        label="Tasks one rater may judge"
        name="mostPerRater"
        inputMode="numeric"
        defaultValue={typed('mostPerRater', mostPerRater)}
        error={errorAt(problem, 'mostPerRater')}
        hint="Empty for no limit."
      />
      <TextField
        label="Gold, percent"
        name="goldRate"
        inputMode="numeric"
        defaultValue={problem?.sent.goldRate ?? percentOf(goldRate)}
        error={errorAt(problem, 'goldRate')}
        hint="Of a rater's tasks, drawn from the gold tasks there are. 0 for none."
      />
      <TextField
        label="Hidden repeats, percent"
        name="repeatRate"
        inputMode="numeric"
        defaultValue={problem?.sent.repeatRate ?? percentOf(repeatRate)}
        error={errorAt(problem, 'repeatRate')}
        hint="A rater's own tasks once more, sides swapped. 0 for none."
      />
      <ReasonField />
      <Submit intent="limits">Change the limits</Submit>
    </Form>
  )
}

function Change({
  title,
  says,
  isOpen,
  children,
}: {
  title: string
  says: string
  isOpen: boolean
  children: React.ReactNode
}) {
  return (
    <details className="rounded-lg border border-line" open={isOpen || undefined}>
      <summary className="flex flex-wrap gap-x-2 px-3.5 py-2.5 text-sm">
        <strong>{title}</strong>
        <span className="text-ink-2">{says}</span>
      </summary>
      <div className="border-t border-line p-3.5">{children}</div>
    </details>
  )
}

function Submit({ intent, children }: { intent: string; children: string }) {
  return (
    <button type="submit" name="intent" value={intent} className="btn justify-self-start">
      {children}
    </button>
  )
}
