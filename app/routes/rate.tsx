import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { findPersonalSettings } from '#app/access/personal-settings.server.ts'
import { findCampaign, findGuidelines, listCriteria } from '#app/assign/campaigns.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { countUnread } from '#app/notify/messages.server.ts'
import { findOwnRater } from '#app/projects/raters.server.ts'
import type { JudgedTask } from '#app/rate/queue.ts'
import { isRaterOf } from '#app/rate/rater-desk.server.ts'
import { RatingRoom } from '#app/rate/rating-room.tsx'
import { guidelinesRead, readPreferences } from '#app/rate/room-preferences.ts'
import { roomSayIn } from '#app/rate/room-words.ts'
import { raterProgress, viewJudged } from '#app/rate/task-view.server.ts'
import { mostLeftCounted } from '#app/rate/task-view.ts'
import { ErrorPage } from '#app/ui/error-page.tsx'
import { chosenLanguage, type Language, languageOf } from '#app/ui/languages.ts'
import { titled } from '#app/ui/title.ts'

export const meta = ({ data }: { data?: { language: Language } | undefined }) =>
  titled(roomSayIn(data?.language ?? 'en')('rate'))

const judgedShown = 5

export async function loader(args: LoaderFunctionArgs) {
  const { project, person } = await requireRole(args, 'rate')
  const { read } = args.context.db
  const campaign = await findCampaign(read, project.id, args.params.campaign ?? '')
  const own = await findOwnRater(read, { projectId: project.id, personId: person.id })
  if (!campaign || !isRaterOf(campaign, person.id, own.groups)) {
    throw notFound('campaign open to you')
  }
  const rater = { projectId: project.id, campaignId: campaign.id, raterId: own.id ?? '' }
  const progress = await raterProgress(read, rater)
  const views = await viewJudged(read, { ...rater, limit: judgedShown })
  const judged = views.flatMap(({ earlier, ...task }): JudgedTask[] =>
    earlier
      ? [
          {
            task,
            revision: earlier.revision,
            answered: {
              answers: earlier.answers,
              comment: earlier.comment,
              reasons: earlier.reasons,
            },
          },
        ]
      : [],
  )
  const settings = await findPersonalSettings(read, person.id)
  const preferences = readPreferences(settings.room)
  const guidelines = await findGuidelines(read, project.id, campaign.id)
  const { batchSize, bothBad, cantJudge, comment, reasons } = campaign.settings
  return {
    slug: project.slug,
    campaign: {
      id: campaign.id,
      name: campaign.name,
      kind: campaign.kind,
      bothBad,
      cantJudge,
      comment,
      reasons,
      isSimulated: campaign.is_simulated === 1,
      batchSize,
    },
    criteria: await listCriteria(read, project.id, campaign.id),
    guidelines: guidelines ?? { version: 0, text: '' },
    guidelinesRead: guidelinesRead(settings.guidelinesRead, campaign.id),
    preferences,
    language: chosenLanguage(args.request) ?? preferences.language ?? languageOf(args.request),
    judged,
    judgedCount: progress.judged,
    left: Math.min(progress.left, mostLeftCounted),
    isLeftCapped: progress.left >= mostLeftCounted,
    unread: await countUnread(read, { projectId: project.id, personId: person.id }),
    owner: person.id,
  }
}

/** The room keeps its own state; nothing that it sends makes this loader run again. */
export const shouldRevalidate = () => false

export default function Rate() {
  return <RatingRoom {...useLoaderData<typeof loader>()} />
}

export const ErrorBoundary = ErrorPage
