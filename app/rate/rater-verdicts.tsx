/** What every rater of a task said, turned into the order of the person who looks. */
import type { Criterion } from '#app/assign/campaign.ts'
import { useSaying } from '#app/ui/language.tsx'
import type { RaterVerdict } from './adjudication.ts'
import { answerLine } from './answer-line.ts'
import { leadSayIn } from './lead-words.ts'
import { areSamePlaces, placeLetter } from './places.ts'
import { primaryCriterion } from './primary-answer.ts'
import { useRoomWords } from './room-words.ts'

export function RaterVerdicts({
  verdicts,
  criteria,
  texts,
}: {
  verdicts: readonly RaterVerdict[]
  criteria: readonly Criterion[]
  /** Of the responses, in the order shown here. */
  texts: readonly string[]
}) {
  const { say: lead } = useSaying(leadSayIn)
  return (
    <section
      aria-labelledby="verdicts"
      className="card grid content-start gap-4 !p-4 min-[1280px]:sticky min-[1280px]:top-16"
    >
      <h2 id="verdicts">{lead('ratersSaid')}</h2>
      <Summary verdicts={verdicts} criteria={criteria} />
      <ol className="grid gap-4">
        {verdicts.map((verdict) => (
          <li key={verdict.rater} className="grid gap-1.5 border-t border-line pt-3">
            <Verdict verdict={verdict} criteria={criteria} texts={texts} />
          </li>
        ))}
      </ol>
    </section>
  )
}

/** How many counted judgments gave each answer to the question that counts. */
function Summary({
  verdicts,
  criteria,
}: {
  verdicts: readonly RaterVerdict[]
  criteria: readonly Criterion[]
}) {
  const { say: lead } = useSaying(leadSayIn)
  const { say } = useRoomWords()
  const criterion = primaryCriterion(criteria)
  if (!criterion) return null
  const words = verdicts.flatMap(({ answers, isExtra }) => {
    const answer = answers.find(({ criterionId }) => criterionId === criterion.id)
    return answer && !isExtra ? [answerLine(criterion, answer, { say })] : []
  })
  const groups = [...Map.groupBy(words, (word) => word)].sort(
    ([, one], [, other]) => other.length - one.length,
  )
  const most = groups[0]?.[1].length ?? 1
  return (
    <ul
      className="grid gap-1.5 text-sm"
      aria-label={lead('summary', { criterion: criterion.title })}
    >
      {groups.map(([word, given]) => (
        <li key={word} className="grid grid-cols-[2ch_minmax(0,1fr)] items-baseline gap-x-2">
          <span className="text-right font-semibold">{given.length}</span>
          <span dir="auto">{word}</span>
          <span aria-hidden="true" />
          <span
            aria-hidden="true"
            className="h-1 rounded-full bg-act"
            style={{ width: `${(100 * given.length) / most}%` }}
          />
        </li>
      ))}
    </ul>
  )
}

function Verdict({
  verdict,
  criteria,
  texts,
}: {
  verdict: RaterVerdict
  criteria: readonly Criterion[]
  texts: readonly string[]
}) {
  const { say: lead } = useSaying(leadSayIn)
  const { say } = useRoomWords()
  const { answers, comment, reasons, places } = verdict
  return (
    <>
      <div className="flex flex-wrap items-baseline gap-x-2">
        <strong>{verdict.rater}</strong>
        {verdict.isExtra ? (
          <span className="text-[13px] text-ink-2">{lead('cameLate')}</span>
        ) : null}
      </div>
      <dl className="grid gap-1 text-sm">
        {criteria.map((criterion) => {
          const answer = answers.find(({ criterionId }) => criterionId === criterion.id)
          if (!answer) return null
          return (
            <div key={criterion.id}>
              {criteria.length > 1 ? (
                <dt className="text-[13px] text-ink-2">{criterion.title}</dt>
              ) : (
                <dt className="sr-only">{criterion.title}</dt>
              )}
              <dd dir="auto" className="max-h-60 overflow-auto font-medium whitespace-pre-wrap">
                {answerLine(criterion, answer, { say, texts })}
              </dd>
            </div>
          )
        })}
      </dl>
      {reasons.length > 0 ? <p className="text-sm">{reasons.join(' · ')}</p> : null}
      {comment === '' ? null : (
        <blockquote dir="auto" className="border-l-2 border-line pl-3 text-sm whitespace-pre-wrap">
          {comment}
        </blockquote>
      )}
      <Turned places={places} hasWords={comment !== ''} />
    </>
  )
}

/** A comment speaks of the letters that its rater saw. */
function Turned({ places, hasWords }: { places: number[] | null; hasWords: boolean }) {
  const { say: lead } = useSaying(leadSayIn)
  if (!hasWords || (places?.length ?? 0) === 1) return null
  if (places === null) {
    return <p className="text-[13px] text-ink-2">{lead('orderUnknown')}</p>
  }
  if (areSamePlaces(places)) return null
  const pairs = places
    .map((theirs, here) => ({ theirs, here }))
    .sort((one, other) => one.theirs - other.theirs)
    .map(({ theirs, here }) =>
      lead('letterIs', { theirs: placeLetter(theirs), here: placeLetter(here) }),
    )
  return (
    <p className="text-[13px] text-warn">{lead('inTheseWords', { letters: pairs.join(', ') })}</p>
  )
}
