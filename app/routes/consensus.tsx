import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { consensusOf, consensusQuestion, shownUnits } from '#app/measure/consensus.server.ts'
import {
  ConsensusAnswers,
  ConsensusBasis,
  ConsensusRaters,
  ConsensusUnits,
  consensusHeadline,
} from '#app/measure/consensus-page.tsx'
import { consensusSayIn } from '#app/measure/consensus-words.ts'
import { FileLinks } from '#app/measure/file-links.tsx'
import { measuredCampaign } from '#app/measure/measured-campaign.server.ts'
import { MeasuredHead } from '#app/measure/measured-head.tsx'
import { measuredSayIn } from '#app/measure/measured-words.ts'
import { MethodList } from '#app/measure/method-list.tsx'
import { storedSayIn } from '#app/measure/stored-words.ts'
import { listModels } from '#app/projects/models.server.ts'
import { Speaking, useSaying } from '#app/ui/language.tsx'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { titledIn } from '#app/ui/title.ts'

export const meta = titledIn((language) => consensusSayIn(language)('title'))

const aPage = 25
const fromSchema = z.coerce.number().int().min(0).max(1_000_000).catch(0)

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'measure')
  const { db, now } = args.context
  const campaignId = args.params.campaign ?? ''
  const scope = { projectId: project.id, campaignId }
  const found = await measuredCampaign(db, { ...scope, now: now() })
  if (!found) throw notFound('campaign')
  const { campaign, freshness } = found
  const { result, isWaiting } = await consensusOf(db, { ...scope, now: now() })
  const question = consensusQuestion(await listCriteria(db.read, project.id, campaignId))
  const from = fromSchema.parse(new URL(args.request.url).searchParams.get('from') ?? 0)
  const units = (result?.units ?? []).slice(from, from + aPage)
  const models = await listModels(db.read, project.id)
  return spoken(args, {
    slug: project.slug,
    campaign,
    freshness: { ...freshness, isWaiting: freshness.isWaiting || isWaiting },
    result: result && { ...result, units: [] },
    page: {
      units: await shownUnits(db.read, project.id, {
        units,
        ofPairs: question?.definition.kind === 'preference',
      }),
      from,
      listed: result?.units.length ?? 0,
      aPage,
    },
    models: Object.fromEntries(models.map(({ id, label }) => [id, label])),
    areVerdicts:
      question?.definition.kind === 'preference' || question?.definition.kind === 'ranking',
  })
}

export default function ConsensusPage() {
  const { language } = useLoaderData<typeof loader>()
  return (
    <Speaking language={language}>
      <Page />
    </Speaking>
  )
}

function Page() {
  const page = useLoaderData<typeof loader>()
  const { say } = useSaying(consensusSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const { result, campaign, slug, areVerdicts } = page
  const isThere = result !== null && result.reason === undefined
  return (
    <>
      <MeasuredHead {...page} title={isThere ? consensusHeadline(result, say) : say('question')}>
        {say('intro')}
      </MeasuredHead>
      {isThere ? (
        <>
          {result.warnings.map((warning) => (
            <Notice key={warning} tone="warning">
              {stored(warning)}
            </Notice>
          ))}
          <ConsensusBasis result={result} />
          <div className="grid gap-4 xl:grid-cols-2">
            <ConsensusAnswers result={result} areVerdicts={areVerdicts} />
            <ConsensusRaters result={result} />
          </div>
          <ConsensusUnits
            slug={slug}
            campaignId={campaign.id}
            result={result}
            page={page.page}
            models={page.models}
            areVerdicts={areVerdicts}
          />
          <FileLinks
            address={`/p/${slug}/measure/${campaign.id}`}
            names={['consensus', 'consensus-raters']}
          />
          <MethodList isStacked method={result.method} />
        </>
      ) : (
        <EmptyState title={page.freshness.isWaiting ? shared('nothingYet') : say('nothing')}>
          {say('nothingHint')}
        </EmptyState>
      )}
    </>
  )
}
