/** A campaign at a glance: what it says, how far it is, how far raters agree, and what waits for a lead. */
import { Link } from '@remix-run/react'
import { ChevronRight } from 'lucide-react'
import { dayMs, type Forecast } from '#app/assign/campaign-forecast.ts'
import type { CampaignProgress } from '#app/assign/campaigns.server.ts'
import { useSaying } from '#app/ui/language.tsx'
import { LocalTime } from '#app/ui/local-time.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import type { AgreementRow } from './agreement.ts'
import type { Attention } from './attention.ts'
import { GlossaryWord } from './glossary-word.tsx'
import { measuredSayIn } from './measured-words.ts'
import { overviewSayIn } from './overview-words.ts'
import { storedSayIn } from './stored-words.ts'

export interface CampaignAtAGlance {
  id: string
  name: string
  kind: 'pairwise' | 'rubric' | 'ranking'
  state: 'imported' | 'draft' | 'open' | 'paused' | 'closed'
  progress: CampaignProgress
  /** Only of a campaign that is open. */
  forecast: Forecast | null
  lastDay: number
  headline: string | null
  agreement: Pick<
    AgreementRow,
    'criterion' | 'alpha' | 'alpha_low' | 'alpha_high' | 'reason'
  > | null
  attention: Attention[]
}

export function CampaignCard({ slug, campaign }: { slug: string; campaign: CampaignAtAGlance }) {
  const { id, name, kind, state, progress, headline, agreement, attention } = campaign
  const { say } = useSaying(overviewSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const figures = `/p/${slug}/measure/${id}`
  return (
    <section className="card grid content-start gap-3" aria-label={name}>
      <div className="flex items-baseline gap-3">
        <h2 className="grow">
          <Link to={figures} className="hover:underline">
            {name}
          </Link>
        </h2>
        <span className="text-sm text-ink-3">
          {say('state', { kind: shared(`kind.${kind}`), state: say(`state.${state}`) })}
        </span>
      </div>
      {headline ? (
        <p className="font-serif text-[16px]">
          <Link to={figures} className="hover:underline">
            {headline}
          </Link>
        </p>
      ) : null}
      {progress.wanted > 0 ? (
        <ProgressBar share={progress.submitted / progress.wanted} label={say('judgments')} />
      ) : null}
      <div className="grid gap-1 text-sm text-ink-2">
        <p>
          {say(progress.wanted > 0 ? 'progress' : 'progressOpen', {
            judgments: progress.submitted,
            wanted: progress.wanted,
            tasks: progress.tasks,
            raters: String(progress.raters),
          })}
        </p>
        <Pace campaign={campaign} />
        {agreement ? <AgreementLine agreement={agreement} href={`${figures}/agreement`} /> : null}
      </div>
      {attention.length > 0 ? (
        <div className="grid gap-1.5">
          <h3>{say('attention')}</h3>
          <AttentionList items={attention} />
        </div>
      ) : null}
      <p className="flex gap-4 text-sm">
        <Link to={figures} className="link">
          {say('standings')}
        </Link>
        <Link to={`/p/${slug}/assign/${id}`} className="link">
          {say('campaign')}
        </Link>
      </p>
    </section>
  )
}

/** What waits, each a link to where it is dealt with. */
export function AttentionList({ items }: { items: readonly Attention[] }) {
  return (
    <ul className="grid">
      {items.map(({ words, href }) => (
        <li key={words} className="border-t border-line first:border-t-0">
          <Link to={href} className="flex items-baseline gap-2 py-2 text-sm hover:underline">
            <span className="grow">{words}</span>
            <ChevronRight size={14} aria-hidden="true" className="shrink-0 self-center text-act" />
          </Link>
        </li>
      ))}
    </ul>
  )
}

/** How many judgments come, and when that may be all of them. */
function Pace({
  campaign: { forecast, lastDay, progress },
}: {
  campaign: Pick<CampaignAtAGlance, 'forecast' | 'lastDay' | 'progress'>
}) {
  const { say, figures } = useSaying(overviewSayIn)
  if (!forecast) return null
  const left = progress.open + progress.held
  if (forecast.kind !== 'end') return <p>{say(`forecast.${forecast.kind}`, { left })}</p>
  const { pace, likely, earliest, latest } = forecast
  return (
    <p>
      {say('pace', {
        left,
        pace: figures.decimal(pace, pace < 10 ? 1 : 0),
        lastDay,
      })}{' '}
      {say('doneAround')} <LocalTime time={likely} style="day" />
      {earliest !== null && latest !== null && latest - earliest > dayMs ? (
        <>
          {' '}
          {say('eightInTen')} <LocalTime time={earliest} style="day" /> {say('and')}{' '}
          <LocalTime time={latest} style="day" />
        </>
      ) : null}
      .
    </p>
  )
}

function AgreementLine({
  agreement: { criterion, alpha, alpha_low, alpha_high, reason },
  href,
}: {
  agreement: NonNullable<CampaignAtAGlance['agreement']>
  href: string
}) {
  const { say, figures } = useSaying(overviewSayIn)
  const { say: stored } = useSaying(storedSayIn)
  if (alpha === null) {
    return (
      <p>{say('noAlpha', { criterion, reason: reason === undefined ? '–' : stored(reason) })}</p>
    )
  }
  const values = {
    alpha: figures.decimal(alpha),
    low: figures.decimal(alpha_low),
    high: figures.decimal(alpha_high),
  }
  return (
    <p>
      <GlossaryWord term="alpha">{say('alphaName')}</GlossaryWord>{' '}
      <Link to={href} className="link">
        {say(alpha_low === null ? 'alpha' : 'alphaBetween', values)}
      </Link>{' '}
      {say('onCriterion', { criterion })}
    </p>
  )
}
