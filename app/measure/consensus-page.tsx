/** The likely answers by a model of the raters, always beside the plain majority. */
import { Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { ShownUnit } from './consensus.server.ts'
import type { Consensus, ConsensusUnit } from './consensus.ts'
import { type ConsensusSay, consensusSayIn } from './consensus-words.ts'
import { TermHead } from './glossary-word.tsx'

const verdicts = ['a', 'tie', 'b', 'both_bad'] as const

/** What writes an answer: a verdict in words, of models where they are named; other answers as they are. */
const answerIn =
  (say: ConsensusSay, areVerdicts: boolean) =>
  (answer: string, models: readonly string[] = []): string => {
    const verdict = areVerdicts ? verdicts.find((one) => one === answer) : undefined
    if (verdict === undefined) return answer
    const model = verdict === 'a' ? models[0] : verdict === 'b' ? models[1] : undefined
    return model === undefined ? say(`answer.${verdict}`) : say('better', { model })
  }

export function ConsensusAnswers({
  result,
  areVerdicts,
}: {
  result: Consensus
  areVerdicts: boolean
}) {
  const { say, figures } = useSaying(consensusSayIn)
  const write = answerIn(say, areVerdicts)
  return (
    <section className="card grid content-start gap-2.5">
      <h2>{say('answers')}</h2>
      <WideBox label={say('answers')}>
        <table className="data-table">
          <caption className="sr-only">{say('answers')}</caption>
          <thead>
            <tr>
              <TermHead term="consensus.answer" isText>
                {say('answer')}
              </TermHead>
              <TermHead term="consensus.majority">{say('majority')}</TermHead>
              <TermHead term="consensus.likely">{say('likely')}</TermHead>
              <TermHead term="consensus.prevalence">{say('prevalence')}</TermHead>
            </tr>
          </thead>
          <tbody>
            {result.answers.map(({ answer, majority, likely, prevalence }) => (
              <tr key={answer}>
                <td>{write(answer)}</td>
                <td className="num">{figures.whole(majority)}</td>
                <td className="num">{figures.whole(likely)}</td>
                <td className="num">{figures.share(prevalence)}</td>
              </tr>
            ))}
            <tr>
              <td className="text-ink-2">{say('noMajority')}</td>
              <td className="num">{figures.whole(result.undecided)}</td>
              <td className="num">–</td>
              <td className="num">–</td>
            </tr>
          </tbody>
        </table>
      </WideBox>
    </section>
  )
}

export function ConsensusRaters({ result }: { result: Consensus }) {
  const { say, figures } = useSaying(consensusSayIn)
  return (
    <section className="card grid content-start gap-2.5">
      <h2>{say('raters')}</h2>
      <WideBox label={say('raters')} isTall>
        <table className="data-table">
          <caption className="sr-only">{say('raters')}</caption>
          <thead>
            <tr>
              <TermHead term="rater.rater" isText>
                {say('rater')}
              </TermHead>
              <TermHead term="consensus.n">{say('n')}</TermHead>
              <TermHead term="consensus.skill">{say('skill')}</TermHead>
              <TermHead term="consensus.with">{say('withMajority')}</TermHead>
            </tr>
          </thead>
          <tbody>
            {result.raters.map((rater) => (
              <tr key={rater.rater_id}>
                <td>
                  <bdi>{rater.rater}</bdi>
                  {rater.is_off ? (
                    <span className="block max-w-64 text-[13px] text-warn">{say('off')}</span>
                  ) : null}
                </td>
                <td className="num">{figures.whole(rater.n)}</td>
                <td className="num font-semibold">{figures.share(rater.skill, 0)}</td>
                <td className="num">
                  {figures.share(rater.with_majority, 0)}
                  <span className="block text-[12.5px] text-ink-3">
                    {say('ofUnits', { units: rater.with_majority_n })}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </section>
  )
}

export interface UnitPage {
  units: readonly ShownUnit[]
  /** Where the shown ones begin, and how many are listed at all. */
  from: number
  listed: number
  aPage: number
}

export function ConsensusUnits({
  slug,
  campaignId,
  result,
  page: { units, from, listed, aPage },
  models,
  areVerdicts,
}: {
  slug: string
  campaignId: string
  result: Pick<Consensus, 'answers' | 'method'>
  page: UnitPage
  /** What models are called, by their ids. */
  models: Readonly<Record<string, string>>
  areVerdicts: boolean
}) {
  const { say, figures } = useSaying(consensusSayIn)
  const write = answerIn(say, areVerdicts)
  const namesOf = ({ modelIds }: ShownUnit) => modelIds.map((id) => models[id] ?? id)
  const sideOf = (answer: string) => (answer === 'a' ? 0 : answer === 'b' ? 1 : -1)
  const shortly = (answer: string, names: readonly string[]) =>
    (areVerdicts ? names[sideOf(answer)] : undefined) ?? write(answer)
  const votesOf = ({ votes }: ConsensusUnit, names: readonly string[]) =>
    result.answers
      .flatMap(({ answer }, place) =>
        (votes[place] ?? 0) > 0 ? [`${votes[place]} × ${shortly(answer, names)}`] : [],
      )
      .join(', ')
  return (
    <section className="card grid gap-2.5">
      <h2>{say('units')}</h2>
      {listed < result.method.units ? (
        <p className="text-sm text-ink-2">
          {say('unitsListed', { listed, units: result.method.units })}
        </p>
      ) : null}
      <WideBox label={say('units')}>
        <table className="data-table">
          <caption className="sr-only">{say('units')}</caption>
          <thead>
            <tr>
              <TermHead term="consensus.unit" isText>
                {say('unit')}
              </TermHead>
              <TermHead term="consensus.votes" isText>
                {say('votes')}
              </TermHead>
              <TermHead term="consensus.most" isText>
                {say('mostFrequent')}
              </TermHead>
              <TermHead term="consensus.posterior" isText>
                {say('posterior')}
              </TermHead>
              <TermHead term="consensus.doubt">{say('doubt')}</TermHead>
            </tr>
          </thead>
          <tbody>
            {units.map((unit) => {
              const names = namesOf(unit)
              const likeliest = Math.max(...unit.posterior)
              return (
                <tr key={`${unit.task_id}:${unit.part}`}>
                  <th scope="row" className="min-w-56 !border-line !font-normal !whitespace-normal">
                    <Link
                      to={`/p/${slug}/prompts/${unit.prompt_id}`}
                      className="link line-clamp-2 text-[14px]"
                    >
                      {unit.preview === '' ? say('promptWithoutText') : unit.preview}
                    </Link>
                    <UnitModels
                      names={names}
                      ids={unit.modelIds}
                      address={`/p/${slug}/measure/${campaignId}/comparisons`}
                    />
                  </th>
                  <td className="min-w-52 text-sm">{votesOf(unit, names)}</td>
                  <td className="min-w-44 text-sm">
                    {unit.majority === null ? '–' : write(unit.majority, names)}
                  </td>
                  <td className="min-w-44 text-sm">
                    <strong>{write(unit.likely, names)}</strong> {figures.share(likeliest, 0)}
                    {unit.differs ? (
                      <span className="block text-[13px] text-warn">{say('differs')}</span>
                    ) : null}
                  </td>
                  <td className="num">{say('bits', { bits: figures.decimal(unit.doubt) })}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </WideBox>
      <p className="flex gap-4 text-sm">
        {from > 0 ? (
          <Link to="?" className="link">
            {say('first')}
          </Link>
        ) : null}
        {from + aPage < listed ? (
          <Link to={`?from=${from + aPage}`} className="link">
            {say('further')}
          </Link>
        ) : null}
      </p>
    </section>
  )
}

/** Whose responses were judged; two lead to all comparisons of theirs. */
function UnitModels({
  names: [one, other],
  ids: [oneId, otherId],
  address,
}: {
  names: readonly string[]
  ids: readonly string[]
  address: string
}) {
  const { say } = useSaying(consensusSayIn)
  if (one === undefined) return null
  return (
    <span className="block text-[13px] text-ink-3">
      {other === undefined ? (
        one
      ) : (
        <Link to={`${address}?one=${oneId}&other=${otherId}`} className="hover:underline">
          {say('compared', { one, other })}
        </Link>
      )}
    </span>
  )
}

/** The first sentence of the page. */
export function consensusHeadline({ differing, method }: Consensus, say: ConsensusSay): string {
  return differing === 0 ? say('same') : say('differ', { count: differing, units: method.units })
}

/** What it rests on. */
export function ConsensusBasis({ result }: { result: Consensus }) {
  const { say } = useSaying(consensusSayIn)
  const { units, prompts, raters, judgments, judged_once: judgedOnce } = result.method
  return (
    <div className="grid max-w-[75ch] gap-1.5">
      <p className="text-sm text-ink-2">
        {say('rests', { units, prompts, raters, judgments })}{' '}
        {result.undecided > 0 ? say('undecided', { count: result.undecided }) : ''}{' '}
        {judgedOnce > 0 ? say('judgedOnce', { count: judgedOnce }) : ''}
      </p>
      <p className="text-sm text-warn">{say('shared')}</p>
    </div>
  )
}
