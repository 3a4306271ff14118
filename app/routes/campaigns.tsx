import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { campaignProgress, listCampaigns } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { whole } from '#app/ui/figures.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Assign')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'assign')
  const { read } = args.context.db
  const campaigns = await listCampaigns(read, project.id)
  return {
    slug: project.slug,
    campaigns: await Promise.all(
      campaigns.map(async ({ id, name, kind, status, origin, overlap }) => ({
        id,
        name,
        kind,
        status,
        origin,
        overlap,
        progress: await campaignProgress(read, project.id, id),
      })),
    ),
  }
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
        <div className="card overflow-x-auto !p-2">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Campaign</th>
                <th scope="col">Kind</th>
                <th scope="col">Status</th>
                <th scope="col" className="num">
                  Tasks
                </th>
                <th scope="col" className="num">
                  Overlap
                </th>
                <th scope="col">Judgments</th>
              </tr>
            </thead>
            <tbody>
              {campaigns.map(({ progress, ...campaign }) => (
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
                  <td className="num">{whole(progress.tasks)}</td>
                  <td className="num">{campaign.overlap || '–'}</td>
                  <td className="min-w-40">
                    {progress.wanted > 0 ? (
                      <div className="grid gap-1">
                        <ProgressBar
                          share={progress.submitted / progress.wanted}
                          label="Judgments"
                        />
                        <span className="text-[13px] text-ink-3">
                          {whole(progress.submitted)} of {whole(progress.wanted)}
                        </span>
                      </div>
                    ) : (
                      whole(progress.submitted)
                    )}
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
