import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { findingOf } from '#app/measure/finding.ts'
import { measureSayIn } from '#app/measure/measure-words.ts'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { latestStandings } from '#app/measure/measurements.server.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { languageOf } from '#app/ui/languages.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => measureSayIn(language)('title'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { read } = args.context.db
  const language = languageOf(args.request)
  const campaigns = await listCampaigns(read, project.id)
  return spoken(args, {
    slug: project.slug,
    campaigns: await Promise.all(
      campaigns.map(async ({ id, name, kind }) => {
        const standings = await latestStandings(read, project.id, id)
        return {
          id,
          name,
          kind,
          judgments: standings?.result.method.judgments ?? 0,
          headline:
            standings && kind !== 'rubric' ? findingOf(standings.result, language).headline : null,
        }
      }),
    ),
  })
}

export default function Measure() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const { slug, campaigns } = useLoaderData<typeof loader>()
  const { say } = useSaying(measureSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  return (
    <>
      <PageHead
        title={say('title')}
        actions={
          <Link to={`/p/${slug}/measure/gates`} className="btn">
            {say('gates')}
          </Link>
        }
      >
        {say('intro')}
      </PageHead>
      {campaigns.length === 0 ? (
        <EmptyState
          title={say('nothing')}
          action={
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              {say('newCampaign')}
            </Link>
          }
        >
          {say('nothingHint')}
        </EmptyState>
      ) : null}
      <div className="grid gap-3.5">
        {campaigns.map((campaign) => (
          <Link
            key={campaign.id}
            to={`/p/${slug}/measure/${campaign.id}`}
            className="card grid gap-1 hover:border-act-line"
          >
            <span className="flex flex-wrap gap-3">
              <strong className="grow">{campaign.name}</strong>
              <span className="text-sm text-ink-3">
                {say('about', {
                  kind: shared(`kind.${campaign.kind}`),
                  judgments: campaign.judgments,
                })}
              </span>
            </span>
            {campaign.headline ? <span className="font-serif">{campaign.headline}</span> : null}
          </Link>
        ))}
      </div>
    </>
  )
}
