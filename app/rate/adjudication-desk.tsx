/** Where a lead decides what raters disagree on. */
import { Link, useNavigate } from '@remix-run/react'
import type { Criterion } from '#app/assign/campaign.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import type { AdjudicationView, DecisionGiven } from './adjudication.ts'
import { emptyAnswer, withAnswered } from './answer-form.ts'
import { answerLine } from './answer-line.ts'
import { DecisionDesk } from './decision-desk.tsx'
import { type Bindings, keyLabel } from './keymap.ts'
import { leadSayIn } from './lead-words.ts'
import { RaterVerdicts } from './rater-verdicts.tsx'
import type { RoomCampaign } from './room-campaign.ts'
import { useRoomWords } from './room-words.ts'
import { plainText } from './task-view.ts'

export interface AdjudicationDeskProps {
  campaign: RoomCampaign
  criteria: Criterion[]
  task: AdjudicationView
  bindings: Bindings
  /** Whether raters who judged otherwise are told, with the reason. */
  tellsRaters: boolean
  /** Where putting it off leads. */
  later: string
  isSending: boolean
  problem: string | undefined
  onDecide: (decision: DecisionGiven) => void
}

export function AdjudicationDesk(props: AdjudicationDeskProps) {
  const { say: lead } = useSaying(leadSayIn)
  const { campaign, criteria, task, bindings, later, onDecide } = props
  const navigate = useNavigate()
  const { standing, decision } = task
  const isOpen = standing === 'open' || standing === 'own-decision'
  const begun =
    decision && standing === 'own-decision'
      ? withAnswered({
          answers: decision.answers,
          comment: decision.reason,
          reasons: decision.reasons,
        })
      : emptyAnswer
  const texts = task.responses.map(({ messages }) => plainText(messages))
  return (
    <DecisionDesk
      taskId={task.taskId}
      campaign={campaign}
      criteria={criteria}
      task={task}
      begun={begun}
      bindings={bindings}
      aside={
        standing === 'in-hand' ? null : (
          <RaterVerdicts verdicts={task.verdicts} criteria={criteria} texts={texts} />
        )
      }
      wordsLabel={lead('why')}
      wordsHint={props.tellsRaters ? lead('whyRaters') : lead('whyShort')}
      isWordsRequired
      isComplete
      decideLabel={lead(standing === 'own-decision' ? 'changeDecision' : 'decide')}
      isSending={props.isSending}
      problem={props.problem}
      onDecide={
        isOpen
          ? ({ answers, text, reasons, activeMs }) =>
              onDecide({
                baseRevision: decision?.revision ?? 0,
                answers,
                reason: text,
                reasons,
                activeMs,
              })
          : undefined
      }
      keys={{ [bindings.skip]: () => navigate(later) }}
      actions={
        <Link to={later} className="btn btn-quiet max-md:min-h-11">
          {lead(standing === 'open' ? 'later' : 'next')}{' '}
          <kbd className="max-md:hidden">{keyLabel(bindings.skip)}</kbd>
        </Link>
      }
      notice={<Standing task={task} criteria={criteria} />}
    />
  )
}

function Standing({ task, criteria }: { task: AdjudicationView; criteria: readonly Criterion[] }) {
  const { say: lead } = useSaying(leadSayIn)
  const { say } = useRoomWords()
  const { standing, decision } = task
  if (standing === 'open') return null
  if (standing === 'own-decision') {
    return <p className="text-sm text-ink-2">{lead('ownDecision')}</p>
  }
  const decided = criteria.flatMap((criterion) => {
    const answer = decision?.answers.find(({ criterionId }) => criterionId === criterion.id)
    return answer ? [`${criterion.title}: ${answerLine(criterion, answer, { say })}`] : []
  })
  return (
    <Notice tone="warning">
      <p>{lead(`standing.${standing}`)}</p>
      {decision && standing === 'decided' ? (
        <p dir="auto" className="mt-1 whitespace-pre-wrap">
          {lead('someoneDecided', {
            by: decision.by,
            decided: decided.join(' · '),
            reason: decision.reason,
          })}
        </p>
      ) : null}
    </Notice>
  )
}
