import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { campaignSayIn } from '#app/assign/campaign-words.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { useSaying } from '#app/ui/language.tsx'
import { LocalTime } from '#app/ui/local-time.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => campaignSayIn(language)('assign'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'assign')
  const { slowReads } = args.context
  const campaigns = await slowReads.campaignList(project.id)
  return spoken(args, { slug: project.slug, campaigns })
}

export default function Campaigns() {
  const { say } = useSaying(campaignSayIn)
  const { slug, campaigns } = useLoaderData<typeof loader>()
  const make = (
    <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
      {say('newCampaign')}
    </Link>
  )
  return (
    <>
      <PageHead title={say('campaigns')} actions={campaigns.length > 0 ? make : null}>
        {say('listIntro')}
      </PageHead>
      {campaigns.length === 0 ? (
        <EmptyState title={say('noCampaigns')} action={make}>
          {say('noCampaignsHint')}
        </EmptyState>
      ) : (
        <div className="card relative overflow-x-auto !p-2">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('campaign')}</th>
                <th scope="col">{say('kind')}</th>
                <th scope="col">{say('status')}</th>
                <th scope="col">{say('judgments')}</th>
                <th scope="col">{say('deadline')}</th>
                <th scope="col">
                  <span className="sr-only">{say('act')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {campaigns.map((campaign) => (
                <tr key={campaign.id}>
                  <td>
                    <Link
                      to={`/p/${slug}/assign/${campaign.id}`}
                      className="font-semibold hover:underline"
                    >
                      {campaign.name}
                    </Link>
                  </td>
                  <td>{say(`kind.${campaign.kind}`)}</td>
                  <td>
                    {say(
                      campaign.origin === 'imported'
                        ? 'state.imported'
                        : `state.${campaign.status}`,
                    )}
                  </td>
                  <td className="min-w-40">
                    <Progress {...campaign} />
                  </td>
                  <td className="whitespace-nowrap text-ink-2">
                    {campaign.deadlineAt === null ? '–' : <LocalTime time={campaign.deadlineAt} />}
                  </td>
                  <td>
                    <Link
                      to={`/p/${slug}/assign/new?from=${campaign.id}`}
                      className="link text-sm"
                      aria-label={say('cloneNamed', { name: campaign.name })}
                    >
                      {say('clone')}
                    </Link>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  )
}

function Progress({ judged, wanted }: { judged: number; wanted: number }) {
  const { say, figures } = useSaying(campaignSayIn)
  if (wanted === 0) return <>{figures.whole(judged)}</>
  return (
    <div className="grid gap-1">
      <ProgressBar share={judged / wanted} label={say('judgments')} />
      <span className="text-[13px] text-ink-2">{say('someOf', { some: judged, all: wanted })}</span>
    </div>
  )
}
