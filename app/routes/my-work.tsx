import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { findMemberRater } from '#app/projects/raters.server.ts'
import { isRaterOf } from '#app/rate/rater-desk.server.ts'
import { raterProgress } from '#app/rate/task-view.server.ts'
import { mostLeftCounted } from '#app/rate/task-view.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('My work')

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'rate')
  const { read } = args.context.db
  const campaigns = await listCampaigns(read, project.id)
  const mine = campaigns.filter((one) => isRaterOf(one, person.id) && one.status !== 'closed')
  const raterId = await findMemberRater(read, { projectId: project.id, personId: person.id })
  return {
    slug: project.slug,
    campaigns: await Promise.all(
      mine.map(async ({ id, name, kind, status }) => ({
        id,
        name,
        kind,
        status,
        ...(await raterProgress(read, {
          projectId: project.id,
          campaignId: id,
          raterId: raterId ?? '',
        })),
      })),
    ),
  }
}

export default function MyWork() {
  const { slug, campaigns } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead title="My work" />
      {campaigns.length === 0 ? (
        <EmptyState title="Nothing to rate right now">
          Campaigns show up here when a lead opens one to you.
        </EmptyState>
      ) : null}
      <div className="grid max-w-[760px] gap-3.5">
        {campaigns.map((campaign) => {
          const total = campaign.judged + campaign.left
          const isMany = campaign.left >= mostLeftCounted
          return (
            <section key={campaign.id} className="card grid gap-3">
              <div className="flex flex-wrap items-baseline gap-3">
                <h2 className="grow">{campaign.name}</h2>
                <span className="text-sm text-ink-3">
                  {campaign.kind}
                  {campaign.status === 'paused' ? ', paused' : ''}
                </span>
              </div>
              <ProgressBar share={total === 0 ? 1 : campaign.judged / total} label="My progress" />
              <div className="flex flex-wrap items-center gap-4">
                <p className="grow text-sm text-ink-2">
                  {campaign.judged} judged ·{' '}
                  {campaign.left === 0
                    ? 'nothing left for you'
                    : `${campaign.left}${isMany ? ' or more' : ''} to do`}
                </p>
                {campaign.status === 'open' ? (
                  <Link
                    to={`/p/${slug}/rate/${campaign.id}`}
                    prefetch="intent"
                    className={`btn ${campaign.left > 0 ? 'btn-primary' : ''}`}
                  >
                    {campaign.judged > 0 ? 'Go on' : 'Start'}
                  </Link>
                ) : null}
              </div>
            </section>
          )
        })}
      </div>
    </>
  )
}
