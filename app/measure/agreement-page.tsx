/** How far raters agree on one question, beside alpha: companions, answers, tags and pairs of raters. */
import { decimal, percent, whole } from '#app/ui/figures.ts'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { AgreementRow } from './agreement.ts'
import type { AgreementDetails, Companion } from './agreement-details.ts'

export function AgreementOnQuestion({ row }: { row: AgreementRow }) {
  const { details } = row
  return (
    <section className="card grid content-start gap-4" aria-label={row.criterion}>
      <div className="grid gap-2">
        <h2>{row.criterion}</h2>
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-serif text-[30px] leading-none font-semibold">
            {decimal(row.alpha)}
          </span>
          <span className="text-ink-2">
            {row.alpha_low === null
              ? (row.reason ?? '')
              : `alpha (${row.level}), 95 % interval ${decimal(row.alpha_low)} to ${decimal(row.alpha_high)}`}
          </span>
        </p>
        <p className="text-sm text-ink-2">
          {whole(row.units)} units judged twice or more on {whole(row.prompts)} prompts ·{' '}
          {whole(row.judgments)} judgments by {whole(row.raters)} raters
        </p>
        {row.alpha_low !== null && row.reason ? (
          <p className="text-sm text-warn">{row.reason}</p>
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

const range = ({ low, high }: { low: number | null; high: number | null }): string =>
  low === null || high === null ? '–' : `${decimal(low)} to ${decimal(high)}`

const Companions = ({ companions }: { companions: readonly Companion[] }) => (
  <WideBox label="Other measures of agreement">
    <table className="data-table">
      <thead>
        <tr>
          <th scope="col">Beside it</th>
          <th scope="col" className="num">
            Value
          </th>
          <th scope="col" className="num">
            95 % interval
          </th>
        </tr>
      </thead>
      <tbody>
        {companions.map((one) => (
          <tr key={one.name}>
            <td className="w-full">
              {one.name}
              <span className="block text-[13px] text-ink-3">
                {one.about}
                {one.reason ? `; ${one.reason}` : ''}
              </span>
            </td>
            <td className="num">{decimal(one.value)}</td>
            <td className="num whitespace-nowrap">{range(one)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </WideBox>
)

const answerNames: Record<string, string> = { both_bad: 'both bad' }
const nameOf = (answer: string | number) => answerNames[answer] ?? String(answer)

/** What is said where another rater of the same unit says something else. */
function Answers({
  details: { answers, distribution, coincidences },
}: {
  details: AgreementDetails
}) {
  const all = distribution.reduce((sum, count) => sum + count, 0)
  return (
    <div className="grid content-start gap-2">
      <h3>Where one rater says this, another says</h3>
      <WideBox label="Answers of two raters of one unit">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Answer</th>
              <th scope="col" className="num" title="Share of all answers">
                Given
              </th>
              {answers.map((answer) => (
                <th key={answer} scope="col" className="num">
                  {nameOf(answer)}
                </th>
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
                    {percent(all === 0 ? null : (distribution[place] ?? 0) / all, 0)}
                  </td>
                  {answers.map((other, at) => (
                    <td key={other} className={`num ${at === place ? 'font-semibold' : ''}`}>
                      {percent(sum === 0 ? null : (row[at] ?? 0) / sum, 0)}
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
  if (tags.length === 0) return null
  return (
    <div className="grid content-start gap-2">
      <h3>By tag, the least agreed first</h3>
      <WideBox label="Agreement by tag">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Tag</th>
              <th scope="col" className="num">
                Alpha
              </th>
              <th scope="col" className="num">
                95 % interval
              </th>
              <th scope="col" className="num">
                Prompts
              </th>
            </tr>
          </thead>
          <tbody>
            {tags.map((one) => (
              <tr key={one.tag}>
                <td dir="auto">{one.tag}</td>
                <td className="num">{decimal(one.alpha)}</td>
                <td className="num whitespace-nowrap">{range(one)}</td>
                <td className="num">{whole(one.prompts)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </div>
  )
}

function Pairs({ pairs }: Pick<AgreementDetails, 'pairs'>) {
  if (pairs.length === 0) return null
  return (
    <details className="text-sm">
      <summary>Raters two by two: Cohen’s kappa of those who share ten units or more</summary>
      <div className="mt-2">
        <WideBox label="Agreement of pairs of raters">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Raters</th>
                <th scope="col" className="num">
                  Same answer
                </th>
                <th scope="col" className="num">
                  Kappa
                </th>
                <th scope="col" className="num">
                  95 % interval
                </th>
                <th scope="col" className="num">
                  Units
                </th>
              </tr>
            </thead>
            <tbody>
              {pairs.map((pair) => (
                <tr key={`${pair.one} ${pair.other}`}>
                  <td>
                    {pair.one}, {pair.other}
                    {pair.reason ? (
                      <span className="block text-[13px] text-ink-3">{pair.reason}</span>
                    ) : null}
                  </td>
                  <td className="num">{percent(pair.percent, 0)}</td>
                  <td className="num">{decimal(pair.kappa)}</td>
                  <td className="num whitespace-nowrap">{range(pair)}</td>
                  <td className="num">{whole(pair.units)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
      </div>
    </details>
  )
}
