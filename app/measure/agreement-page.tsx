/** How far raters agree on one question, beside alpha: companions, answers, tags and pairs of raters. */
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { AgreementRow } from './agreement.ts'
import type { AgreementDetails, Companion } from './agreement-details.ts'
import { agreementSayIn } from './agreement-words.ts'
import { GlossaryWord, TermHead } from './glossary-word.tsx'
import { measuredSayIn } from './measured-words.ts'
import { storedSayIn } from './stored-words.ts'

export function AgreementOnQuestion({ row }: { row: AgreementRow }) {
  const { details } = row
  const { say, figures } = useSaying(agreementSayIn)
  const { say: stored } = useSaying(storedSayIn)
  return (
    <section className="card grid content-start gap-4" aria-label={row.criterion}>
      <div className="grid gap-2">
        <h2>{row.criterion}</h2>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-serif text-[30px] leading-none font-semibold">
            <GlossaryWord term="alpha">{figures.decimal(row.alpha)}</GlossaryWord>
          </span>
          <span className="text-ink-2">
            {row.alpha_low === null
              ? stored(row.reason ?? '')
              : say('alphaBetween', {
                  level: say(`level.${row.level}`),
                  low: figures.decimal(row.alpha_low),
                  high: figures.decimal(row.alpha_high),
                })}
          </span>
        </p>
        <p className="text-sm text-ink-2">
          {say('rests', {
            units: row.units,
            prompts: row.prompts,
            judgments: row.judgments,
            raters: row.raters,
          })}
        </p>
        {row.alpha_low !== null && row.reason ? (
          <p className="text-sm text-warn">{stored(row.reason)}</p>
        ) : null}
      </div>
      {row.units > 0 ? (
        <>
          <Companions companions={details.companions} />
          <div className="grid gap-4 lg:grid-cols-2">
            <Answers details={details} />
            <Tags tags={details.tags} />
          </div>
          <Pairs pairs={details.pairs} />
        </>
      ) : null}
    </section>
  )
}

/** What writes an interval of a coefficient in the language of the page. */
function useRange() {
  const { say, figures } = useSaying(measuredSayIn)
  return ({ low, high }: { low: number | null; high: number | null }): string =>
    low === null || high === null
      ? '–'
      : say('fromTo', { low: figures.decimal(low), high: figures.decimal(high) })
}

function Companions({ companions }: { companions: readonly Companion[] }) {
  const { say, figures } = useSaying(agreementSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const range = useRange()
  return (
    <WideBox label={say('companions')}>
      <table className="data-table">
        <thead>
          <tr>
            <TermHead term="companion" isText>
              {say('besideIt')}
            </TermHead>
            <TermHead term="companion">{say('value')}</TermHead>
            <TermHead term="companion_interval">{shared('interval')}</TermHead>
          </tr>
        </thead>
        <tbody>
          {companions.map((one) => (
            <tr key={one.name}>
              <td className="w-full">
                {stored(one.name)}
                <span className="block text-[13px] text-ink-3">
                  {stored(one.about)}
                  {one.reason ? `; ${stored(one.reason)}` : ''}
                </span>
              </td>
              <td className="num">{figures.decimal(one.value)}</td>
              <td className="num whitespace-nowrap">{range(one)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}

const verdicts = ['a', 'tie', 'b', 'both_bad'] as const
const verdictIn = (answer: string | number) => verdicts.find((verdict) => verdict === answer)

/** What is said where another rater of the same unit says something else. */
function Answers({
  details: { answers, distribution, coincidences },
}: {
  details: AgreementDetails
}) {
  const { say, figures } = useSaying(agreementSayIn)
  // A choice of the lead’s own may be called as a verdict is, beside others that are not.
  const areVerdicts = answers.every((answer) => verdictIn(answer) !== undefined)
  const nameOf = (answer: string | number) => {
    const verdict = areVerdicts || answer === 'both_bad' ? verdictIn(answer) : undefined
    return verdict === undefined ? String(answer) : say(`answer.${verdict}`)
  }
  const all = distribution.reduce((sum, count) => sum + count, 0)
  return (
    <div className="grid content-start gap-2">
      <h3>{say('answersTitle')}</h3>
      <WideBox label={say('answersTable')}>
        <table className="data-table">
          <thead>
            <tr>
              <TermHead term="answer" isText>
                {say('answer')}
              </TermHead>
              <TermHead term="given">{say('given')}</TermHead>
              {answers.map((answer) => (
                <TermHead key={answer} term="given_beside">
                  {nameOf(answer)}
                </TermHead>
              ))}
            </tr>
          </thead>
          <tbody>
            {answers.map((answer, place) => {
              const row = coincidences[place] ?? []
              const sum = row.reduce((total, count) => total + count, 0)
              return (
                <tr key={answer}>
                  <td>{nameOf(answer)}</td>
                  <td className="num">
                    {figures.share(all === 0 ? null : (distribution[place] ?? 0) / all, 0)}
                  </td>
                  {answers.map((other, at) => (
                    <td key={other} className={`num ${at === place ? 'font-semibold' : ''}`}>
                      {figures.share(sum === 0 ? null : (row[at] ?? 0) / sum, 0)}
                    </td>
                  ))}
                </tr>
              )
            })}
          </tbody>
        </table>
      </WideBox>
    </div>
  )
}

function Tags({ tags }: Pick<AgreementDetails, 'tags'>) {
  const { say, figures } = useSaying(agreementSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const range = useRange()
  if (tags.length === 0) return null
  return (
    <div className="grid content-start gap-2">
      <h3>{say('tagsTitle')}</h3>
      <WideBox label={say('tagsTable')}>
        <table className="data-table">
          <thead>
            <tr>
              <TermHead term="tag" isText>
                {say('tag')}
              </TermHead>
              <TermHead term="alpha_tag">{say('alpha')}</TermHead>
              <TermHead term="alpha_interval">{shared('interval')}</TermHead>
              <TermHead term="alpha_prompts">{shared('prompts')}</TermHead>
            </tr>
          </thead>
          <tbody>
            {tags.map((one) => (
              <tr key={one.tag}>
                <td dir="auto">{one.tag}</td>
                <td className="num">{figures.decimal(one.alpha)}</td>
                <td className="num whitespace-nowrap">{range(one)}</td>
                <td className="num">{figures.whole(one.prompts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </div>
  )
}

function Pairs({ pairs }: Pick<AgreementDetails, 'pairs'>) {
  const { say, figures } = useSaying(agreementSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const range = useRange()
  if (pairs.length === 0) return null
  return (
    <details className="text-sm">
      <summary>{say('pairsTitle')}</summary>
      <div className="mt-2">
        <WideBox label={say('pairsTable')}>
          <table className="data-table">
            <thead>
              <tr>
                <TermHead term="raters" isText>
                  {say('raters')}
                </TermHead>
                <TermHead term="same_answer">{say('sameAnswer')}</TermHead>
                <TermHead term="kappa">{say('kappa')}</TermHead>
                <TermHead term="kappa_interval">{shared('interval')}</TermHead>
                <TermHead term="units">{say('units')}</TermHead>
              </tr>
            </thead>
            <tbody>
              {pairs.map((pair) => (
                <tr key={`${pair.one} ${pair.other}`}>
                  <td>
                    {pair.one}, {pair.other}
                    {pair.reason ? (
                      <span className="block text-[13px] text-ink-3">{stored(pair.reason)}</span>
                    ) : null}
                  </td>
                  <td className="num">{figures.share(pair.percent, 0)}</td>
                  <td className="num">{figures.decimal(pair.kappa)}</td>
                  <td className="num whitespace-nowrap">{range(pair)}</td>
                  <td className="num">{figures.whole(pair.units)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
      </div>
    </details>
  )
}
