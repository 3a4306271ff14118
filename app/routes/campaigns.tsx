import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { whole } from '#app/ui/figures.ts'
import { LocalTime } from '#app/ui/local-time.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Assign')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'assign')
  const { slowReads } = args.context
  return { slug: project.slug, campaigns: await slowReads.campaignList(project.id) }
}

export default function Campaigns() {
  const { slug, campaigns } = useLoaderData<typeof loader>()
  const make = (
    <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
      New campaign
    </Link>
  )
  return (
    <>
      <PageHead title="Campaigns" actions={campaigns.length > 0 ? make : null}>
        A campaign decides which responses meet, what is asked of raters and how many judge each
        task.
      </PageHead>
      {campaigns.length === 0 ? (
        <EmptyState title="No campaigns yet" action={make}>
          Import prompts with the responses of at least two models, then ask raters which is better.
        </EmptyState>
      ) : (
        <div className="card relative overflow-x-auto !p-2">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Campaign</th>
                <th scope="col">Kind</th>
                <th scope="col">Status</th>
                <th scope="col">Judgments</th>
                <th scope="col">Deadline</th>
                <th scope="col">
                  <span className="sr-only">What can be done</span>
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
                  <td>{campaign.kind}</td>
                  <td>{campaign.origin === 'imported' ? 'imported' : campaign.status}</td>
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
                      aria-label={`Clone ${campaign.name}`}
                    >
                      Clone
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
  if (wanted === 0) return <>{whole(judged)}</>
  return (
    <div className="grid gap-1">
      <ProgressBar share={judged / wanted} label="Judgments" />
      <span className="text-[13px] text-ink-2">
        {whole(judged)} of {whole(wanted)}
      </span>
    </div>
  )
}
