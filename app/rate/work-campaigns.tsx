/** The campaigns that a rater works on: what is left, how long it takes, and what stands in the way. */
import { Link } from '@remix-run/react'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { canWork, minutesLeft, type WorkCampaign } from './my-work.ts'
import { mostLeftCounted } from './task-view.ts'
import { useWorkWords } from './work-words.ts'

export function WorkCampaigns({
  slug,
  campaigns,
}: {
  slug: string
  campaigns: readonly WorkCampaign[]
}) {
  return (
    <div className="grid max-w-[760px] gap-3.5">
      {campaigns.map((campaign) => (
        <CampaignCard key={campaign.id} slug={slug} campaign={campaign} />
      ))}
    </div>
  )
}

function CampaignCard({ slug, campaign }: { slug: string; campaign: WorkCampaign }) {
  const { say, figures } = useWorkWords()
  const { judged, left, state } = campaign
  const total = judged + left
  const begin = say(!canWork(state) ? 'open' : judged > 0 ? 'goOn' : 'start')
  const note = state === 'open' ? null : say(`state.${state}`)
  return (
    <section aria-label={campaign.name} className="card grid gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 dir="auto" className="grow">
          {campaign.name}
        </h2>
        <span className="text-sm text-ink-2">{say(`kind.${campaign.kind}`)}</span>
      </div>
      <ProgressBar share={total === 0 ? 1 : judged / total} label={say('progress')} />
      {note ? (
        <p className={`text-sm ${state === 'empty' ? 'text-ink-2' : 'text-warn'}`}>{note}</p>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <p className="grow basis-56 text-sm text-ink-2">
          {say('judged', { count: judged })} · <Left campaign={campaign} />
          {campaign.deadlineAt === null
            ? null
            : ` · ${say('until', { date: `${figures.moment(campaign.deadlineAt)} UTC` })}`}
        </p>
        {canWork(state) || state === 'empty' ? (
          <Link
            to={`/p/${slug}/rate/${campaign.id}`}
            prefetch="intent"
            aria-label={`${begin}: ${campaign.name}`}
            className={`btn max-md:w-full ${canWork(state) ? 'btn-primary' : ''}`}
          >
            {begin}
          </Link>
        ) : null}
      </div>
    </section>
  )
}

/** What is left, and the time that takes at the rater's own pace. */
function Left({ campaign }: { campaign: WorkCampaign }) {
  const { say, figures } = useWorkWords()
  const { left } = campaign
  if (left === 0) return say('leftNone')
  const isMany = left >= mostLeftCounted
  const words = isMany
    ? say('leftMany', { count: figures.whole(mostLeftCounted) })
    : say('left', { count: left })
  const minutes = minutesLeft(campaign)
  if (minutes === null || isMany) return words
  const time =
    minutes < 90
      ? say('minutes', { count: minutes })
      : say('hours', { count: Math.round(minutes / 60) })
  return (
    <>
      {words}, <span title={say('atPace')}>{time}</span>
    </>
  )
}

/** Campaigns that are over, folded. */
export function PastCampaigns({ campaigns }: { campaigns: readonly WorkCampaign[] }) {
  const { say } = useWorkWords()
  if (campaigns.length === 0) return null
  return (
    <details className="max-w-[760px]">
      <summary className="text-sm text-ink-2">{say('past', { count: campaigns.length })}</summary>
      <ul className="mt-3 grid gap-2 text-sm">
        {campaigns.map((campaign) => (
          <li key={campaign.id} className="flex flex-wrap gap-x-3 border-b border-line pb-2">
            <span dir="auto" className="grow">
              {campaign.name}
            </span>
            <span className="text-ink-2">
              {say('judged', { count: campaign.judged })} · {say('state.closed')}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
