import { Form } from '@remix-run/react'
import { useEffect, useState } from 'react'
import { TextField } from '#app/ui/field.tsx'
import { useLanguage, useSaying } from '#app/ui/language.tsx'
import type { Language } from '#app/ui/languages.ts'
import { ReasonField } from './campaign-life.tsx'
import { campaignSayIn, campaignToldIn } from './campaign-words.ts'
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

/** What says the words of a problem at a field. */
function useErrorAt(problem: ChangeProblem | undefined) {
  const language = useLanguage()
  return (field: string) =>
    problem?.field === field ? campaignToldIn(language)(problem.reason) : undefined
}

/** What may change while raters work; whoever holds a task keeps it. */
export function ChangesCard({ campaign, problem }: ChangesProps) {
  const { say, language } = useSaying(campaignSayIn)
  const errorAt = useErrorAt(problem)
  return (
    <section className="card grid content-start gap-3" aria-labelledby="changes">
      <h2 id="changes">{say('changes')}</h2>
      <p className="text-sm text-ink-2">{say('changesHint')}</p>
      <Change
        title={say('overlap')}
        says={say('ratersATask', { count: campaign.overlap })}
        isOpen={problem?.field === 'overlap'}
      >
        <Form key={campaign.overlap} method="post" className="grid gap-3">
          <TextField
            label={say('ratersEach')}
            name="overlap"
            inputMode="numeric"
            defaultValue={problem?.sent.overlap ?? String(campaign.overlap)}
            error={errorAt('overlap')}
            hint={say('ratersEachHint')}
          />
          <ReasonField />
          <Submit intent="overlap">{say('changeOverlap')}</Submit>
        </Form>
      </Change>
      <Change
        title={say('limits')}
        says={limitWords(campaign.settings, language)}
        isOpen={['budget', 'deadline', 'mostPerRater', 'goldRate', 'repeatRate'].includes(
          problem?.field ?? '',
        )}
      >
        <LimitsForm
          key={limitWords(campaign.settings, language) + campaign.settings.deadlineAt}
          campaign={campaign}
          problem={problem}
        />
      </Change>
      {campaign.status === 'draft' ? null : (
        <Change title={say('prompts')} says={say('importedSince')} isOpen={false}>
          <Form method="post" className="grid gap-3">
            <p className="text-sm text-ink-2">{say('promptsHint')}</p>
            <Submit intent="prompts">{say('addPrompts')}</Submit>
          </Form>
        </Change>
      )}
    </section>
  )
}

const percentOf = (share: number): string => String(Math.round(100 * share))

function limitWords(
  { budget, mostPerRater, goldRate, repeatRate }: Campaign['settings'],
  language: Language,
): string {
  const say = campaignSayIn(language)
  return [
    budget === null ? say('says.noBudget') : say('says.judgments', { judgments: budget }),
    mostPerRater === null ? say('says.noMostEach') : say('says.each', { most: mostPerRater }),
    say('says.checks', { gold: percentOf(goldRate), repeats: percentOf(repeatRate) }),
  ].join(' · ')
}

function LimitsForm({ campaign, problem }: ChangesProps) {
  const { say } = useSaying(campaignSayIn)
  const errorAt = useErrorAt(problem)
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
        label={say('budget')}
        name="budget"
        inputMode="numeric"
        defaultValue={typed('budget', budget)}
        error={errorAt('budget')}
        hint={say('noBound')}
      />
      <TextField
        key={zone}
        type="datetime-local"
        label={say('deadlineIn', { zone: zone || 'UTC' })}
        name="deadline"
        defaultValue={problem?.sent.deadline ?? deadline}
        error={errorAt('deadline')}
        hint={say('emptyNone')}
      />
      <TextField
        label={say('mostPerRater')}
        name="mostPerRater"
        inputMode="numeric"
        defaultValue={typed('mostPerRater', mostPerRater)}
        error={errorAt('mostPerRater')}
        hint={say('emptyNoLimit')}
      />
      <TextField
        label={say('goldRate')}
        name="goldRate"
        inputMode="numeric"
        defaultValue={problem?.sent.goldRate ?? percentOf(goldRate)}
        error={errorAt('goldRate')}
        hint={say('goldRateHint')}
      />
      <TextField
        label={say('hiddenRepeats')}
        name="repeatRate"
        inputMode="numeric"
        defaultValue={problem?.sent.repeatRate ?? percentOf(repeatRate)}
        error={errorAt('repeatRate')}
        hint={say('hiddenRepeatsHint')}
      />
      <ReasonField />
      <Submit intent="limits">{say('changeLimits')}</Submit>
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
