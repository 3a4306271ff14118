import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { datasetSayIn } from '#app/export/dataset-words.ts'
import { listDatasets } from '#app/export/datasets.server.ts'
import { targetTitleIn } from '#app/export/target-words.ts'
import type { TargetName } from '#app/export/targets/all.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { useSaying } from '#app/ui/language.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => datasetSayIn(language)('exportTitle'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { read } = args.context.db
  return spoken(args, {
    slug: project.slug,
    datasets: await listDatasets(read, project.id),
    hasCampaigns: (await listCampaigns(read, project.id)).length > 0,
  })
}

export default function Datasets() {
  const { say, figures, language } = useSaying(datasetSayIn)
  const { slug, datasets, hasCampaigns } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        title={say('datasets')}
        actions={
          datasets.length > 0 ? (
            <Link to={`/p/${slug}/export/new`} className="btn btn-primary">
              {say('newDataset')}
            </Link>
          ) : null
        }
      >
        {say('datasetsIntro')}
      </PageHead>
      {!hasCampaigns ? (
        <EmptyState
          title={say('nothingToExport')}
          action={
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              {say('newCampaign')}
            </Link>
          }
        >
          {say('nothingToExportHint')}
        </EmptyState>
      ) : datasets.length === 0 ? (
        <EmptyState
          title={say('noDataset')}
          action={
            <Link to={`/p/${slug}/export/new`} className="btn btn-primary">
              {say('newDataset')}
            </Link>
          }
        >
          {say('noDatasetHint')}
        </EmptyState>
      ) : (
        <section className="card">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">{say('datasetTitle')}</th>
                <th scope="col">{say('for')}</th>
                <th scope="col" className="num">
                  {say('snapshots')}
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
                  <td>{targetTitleIn(language)(dataset.target as TargetName)}</td>
                  <td className="num">{figures.whole(dataset.snapshots ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </>
  )
}
