import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { listDatasets } from '#app/export/datasets.server.ts'
import { type TargetName, titleOfTarget } from '#app/export/targets/all.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { whole } from '#app/ui/figures.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Export')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { read } = args.context.db
  return {
    slug: project.slug,
    datasets: await listDatasets(read, project.id),
    hasCampaigns: (await listCampaigns(read, project.id)).length > 0,
  }
}

export default function Datasets() {
  const { slug, datasets, hasCampaigns } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title="Datasets"
        actions={
          datasets.length > 0 ? (
            <Link to={`/p/${slug}/export/new`} className="btn btn-primary">
              New dataset
            </Link>
          ) : null
        }
      >
        A dataset is a recipe; each snapshot of it is frozen under a hash of its rows.
      </PageHead>
      {!hasCampaigns ? (
        <EmptyState
          title="Nothing to export yet"
          action={
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              New campaign
            </Link>
          }
        >
          Datasets are made from the judgments of campaigns.
        </EmptyState>
      ) : datasets.length === 0 ? (
        <EmptyState
          title="No dataset yet"
          action={
            <Link to={`/p/${slug}/export/new`} className="btn btn-primary">
              New dataset
            </Link>
          }
        >
          Choose a trainer and what counts, and watch what each rule keeps.
        </EmptyState>
      ) : (
        <section className="card">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Dataset</th>
                <th scope="col">For</th>
                <th scope="col" className="num">
                  Snapshots
                </th>
              </tr>
            </thead>
            <tbody>
              {datasets.map((dataset) => (
                <tr key={dataset.id}>
                  <td>
                    <Link
                      to={`/p/${slug}/export/${dataset.id}`}
                      className="font-semibold hover:underline"
                    >
                      {dataset.name}
                    </Link>
                  </td>
                  <td>{titleOfTarget(dataset.target as TargetName)}</td>
                  <td className="num">{whole(dataset.snapshots ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
