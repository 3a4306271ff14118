import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { findCampaign } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { ComparisonTable } from '#app/measure/comparison-table.tsx'
import { latestWithPairs } from '#app/measure/measurements.server.ts'
import { cellsOf, cellWords } from '#app/measure/pair-cell.ts'
import { standingsSayIn } from '#app/measure/standings-words.ts'
import { listModels } from '#app/projects/models.server.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => standingsSayIn(language)('comparisons'))

const aPage = 50

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, slowReads } = args.context
  const campaign = await findCampaign(db.read, project.id, args.params.campaign ?? '')
  if (!campaign) throw notFound('campaign')
  const { searchParams } = new URL(args.request.url)
  const models = await listModels(db.read, project.id)
  const named = (name: string) => models.find(({ id }) => id === searchParams.get(name))
  const [one, other] = [named('one'), named('other')]
  if (!one || !other) throw notFound('model')
  const found = await slowReads.comparisons({
    projectId: project.id,
    campaignId: campaign.id,
    one: one.id,
    other: other.id,
    after: searchParams.get('after') ?? '',
    limit: aPage,
  })
  const standings = await latestWithPairs(db.read, project.id, campaign.id)
  return spoken(args, {
    slug: project.slug,
    pair: cellsOf(standings?.result.pairs ?? []).get(`${one.id}|${other.id}`) ?? null,
    campaign: { id: campaign.id, name: campaign.name },
    one: { id: one.id, label: one.label },
    other: { id: other.id, label: other.label },
    ...found,
  })
}

export default function Comparisons() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const { slug, campaign, one, other, pair, comparisons, hasMore } = useLoaderData<typeof loader>()
  const { say, figures } = useSaying(standingsSayIn)
  const address = `/p/${slug}/measure/${campaign.id}`
  const last = comparisons.at(-1)
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`${address}/head-to-head`} className="link">
            {campaign.name}: {say('headToHead')}
          </Link>
        }
        title={say('against', { model: one.label, other: other.label })}
      >
        {pair ? (
          <p>{cellWords(pair, { row: one.label, column: other.label, say, figures })}.</p>
        ) : null}
        {say('againstIntro')}
      </PageHead>
      {comparisons.length === 0 ? (
        <EmptyState title={say('noPairs')}>{say('noPairsHint')}</EmptyState>
      ) : (
        <section className="card !p-2.5">
          <ComparisonTable slug={slug} one={one.label} other={other.label} rows={comparisons} />
        </section>
      )}
      {hasMore && last ? (
        <Link to={`?one=${one.id}&other=${other.id}&after=${last.promptId}`} className="btn w-fit">
          {say('nextPage')}
        </Link>
      ) : null}
    </>
  )
}
