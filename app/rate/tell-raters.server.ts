/** In: a decision. Out: word to each rater whose judgment says otherwise, where the campaign wants it. */
import type { Criterion } from '#app/assign/campaign.ts'
import type { Campaign } from '#app/assign/campaigns.server.ts'
import type { ShownOrder } from '#app/assign/shown-order.ts'
import { insertMessages, type NewMessage, takeBackUnread } from '#app/notify/messages.server.ts'
import type { Tx } from '#db/schema.ts'
import {
  type AdjudicatedMessage,
  adjudicatedKind,
  adjudicatedSchema,
} from './adjudicated-message.ts'
import type { GivenJudgment } from './adjudication-task.server.ts'
import { toShownAnswer } from './check-answers.ts'
import { isRightAnswer } from './expected.ts'
import type { Words } from './judgments.server.ts'
import { placesIn } from './places.ts'
import { answerTo, primaryCriterion } from './primary-answer.ts'

export interface DecisionMade {
  projectId: string
  campaign: Campaign
  criteria: readonly Criterion[]
  judgments: readonly GivenJudgment[]
  words: Words
  /** The order in which the adjudicator saw the responses. */
  order: ShownOrder
  now: number
}

/**
 * Leaves a message for every person whose counted judgment differs from a decision on the question
 * that counts. What was said of an earlier decision and nobody read yet is taken back.
 */
export async function tellRaters(trx: Tx, decision: DecisionMade): Promise<void> {
  const { projectId, campaign, judgments, now } = decision
  if (!campaign.settings.adjudicationFeedback) return
  const told = judgments.flatMap((judgment) => {
    const { person_id: personId, assignment_id: assignmentId, order } = judgment
    const isCounted = judgment.source === 'human' && judgment.is_extra === 0
    return isCounted && personId !== null && assignmentId !== null && order !== null
      ? [{ judgment, personId, assignmentId, order }]
      : []
  })
  const assignments = new Set(told.map(({ assignmentId }) => assignmentId))
  await takeBackUnread(trx, {
    projectId,
    personIds: told.map(({ personId }) => personId),
    kind: adjudicatedKind,
    isMeant: (content) => {
      const message = adjudicatedSchema.safeParse(content)
      return message.success && assignments.has(message.data.assignmentId)
    },
  })
  const messages = told
    .filter(({ judgment }) => differs(judgment, decision))
    .map(
      ({ personId, assignmentId, order }): NewMessage => ({
        personId,
        kind: adjudicatedKind,
        content: contentFor(decision, { assignmentId, order }),
      }),
    )
  await insertMessages(trx, { projectId, messages, now })
}

function differs(judgment: GivenJudgment, { campaign, criteria, words }: DecisionMade): boolean {
  const criterion = primaryCriterion(criteria)
  if (!criterion) return false
  const decided = answerTo(words.scores, criterion.id)
  const given = answerTo(judgment.scores, criterion.id)
  if (!decided || !given) return false
  return !isRightAnswer(decided, given, campaign.settings.goldTolerance)
}

const contentFor = (
  { campaign, words, order }: DecisionMade,
  rater: { assignmentId: string; order: ShownOrder },
): AdjudicatedMessage => ({
  campaignId: campaign.id,
  assignmentId: rater.assignmentId,
  expected: words.scores.map(({ criterionId, answer }) =>
    toShownAnswer(criterionId, answer, rater.order),
  ),
  reason: words.comment,
  places: placesIn(order, rater.order),
})
