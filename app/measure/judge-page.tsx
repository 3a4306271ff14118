/** The report on judging models: how far they agree with people, how they lean, what they add. */
import { decimal, interval, percent, signed, whole } from '#app/ui/figures.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import { agreementSentence, leanings } from './judge-finding.ts'
import type { CombinedRow, JudgeReport, JudgeRow } from './judge-report.ts'
import type { VoteKind } from './judge-tally.ts'
import type { Figure } from './rater-figure.ts'

const answerNames: Record<VoteKind, string> = {
  a: 'a',
  b: 'b',
  tie: 'tie',
  both_bad: 'both bad',
}

export function JudgeCard({ row, answers }: { row: JudgeRow; answers: JudgeReport['answers'] }) {
  return (
    <section className="card grid min-w-0 content-start gap-3" aria-label={row.judge}>
      <h2>{row.judge}</h2>
      <p className="font-serif text-[16px]">{agreementSentence(row)}</p>
      {leanings(row).map((sentence) => (
        <p key={sentence} className="text-warn">
          {sentence}
        </p>
      ))}
      <WideBox label={`Figures of ${row.judge}`}>
        <table className="data-table">
          <caption className="sr-only">Figures of {row.judge}</caption>
          <thead>
            <tr>
              <th scope="col">Figure</th>
              <th scope="col" className="num">
                Value
              </th>
              <th scope="col" className="num">
                95 % interval
              </th>
              <th scope="col" className="num">
                n
              </th>
            </tr>
          </thead>
          <tbody>
            <FigureRow name="Agrees with a person" figure={row.agreement} />
            <FigureRow name="Two people agree" figure={row.people_agreement} />
            <FigureRow
              name="Cohen’s kappa with the majority"
              figure={row.kappa}
              form="coefficient"
            />
            <FigureRow name="First response wins" figure={row.first} />
            <FigureRow name="First response wins, people" figure={row.people_first} />
            <FigureRow
              name="Prefers the longer one, judge less people (points)"
              figure={row.longer}
              form="difference"
            />
            <FigureRow
              name="Score of its own family, judge less people (points)"
              figure={row.own_family}
              form="difference"
            />
          </tbody>
        </table>
      </WideBox>
      <p className="text-sm text-ink-2">
        {whole(row.verdicts)} verdicts on {whole(row.prompts)} prompts; {whole(row.shared_pairs)}{' '}
        pairs judged by people too.
      </p>
      {row.shared_pairs > 0 ? <Confusion row={row} answers={answers} /> : null}
    </section>
  )
}

const forms = {
  share: { one: (value: number) => percent(value), between: '–' },
  coefficient: { one: (value: number) => decimal(value), between: ' to ' },
  difference: { one: (value: number) => signed(value, 1, 100), between: ' to ' },
} as const

function FigureRow({
  name,
  figure: { value, low, high, n, reason },
  form = 'share',
}: {
  name: string
  figure: Figure
  form?: keyof typeof forms
}) {
  const { one, between } = forms[form]
  return (
    <tr>
      <td>
        {name}
        {reason ? <span className="block text-[13px] text-ink-3">{reason}</span> : null}
      </td>
      <td className="num">{value === null ? '–' : one(value)}</td>
      <td className="num whitespace-nowrap">
        {low === null || high === null ? '–' : `${one(low)}${between}${one(high)}`}
      </td>
      <td className="num">{whole(Math.round(n))}</td>
    </tr>
  )
}

/** What the judge said where people said each answer, every pair weighing one. */
function Confusion({ row, answers }: { row: JudgeRow; answers: JudgeReport['answers'] }) {
  return (
    <details className="text-sm">
      <summary>What the judge says where people say each answer</summary>
      <WideBox label={`Answers of people and ${row.judge}`}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">People ↓ judge →</th>
              {answers.map((answer) => (
                <th key={answer} scope="col" className="num">
                  {answerNames[answer]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answers.map((answer, place) => (
              <tr key={answer}>
                <th scope="row">{answerNames[answer]}</th>
                {answers.map((said, at) => (
                  <td key={said} className="num">
                    {decimal(row.confusion[place]?.[at] ?? 0, 1)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
      <p className="mt-1.5 text-ink-3">
        Pairs, shared among the answers that people gave. a and b are the two models in the order of
        their ids.
      </p>
    </details>
  )
}

export function CombinedTable({ rows }: { rows: readonly CombinedRow[] }) {
  return (
    <section aria-labelledby="combined" className="card grid gap-3">
      <h2 id="combined">Win rates of people alone, and of people with judges</h2>
      <WideBox label="Table of win rates">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Model</th>
              <th scope="col" className="num">
                People alone
              </th>
              <th scope="col" className="num">
                95 % interval
              </th>
              <th scope="col" className="num">
                With judges
              </th>
              <th scope="col" className="num">
                95 % interval
              </th>
              <th
                scope="col"
                className="num"
                title="Pairs that people judged, and those that judges alone judged"
              >
                Pairs
              </th>
              <th
                scope="col"
                className="num"
                title="How many pairs people would have had to judge to know as much"
              >
                Worth
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.model_id}>
                <td>
                  <span className="font-semibold md:whitespace-nowrap">
                    <Swatch place={row.color} />
                    {row.model}
                  </span>
                  {row.reason ? (
                    <span className="block text-[13px] text-ink-3">{row.reason}</span>
                  ) : null}
                </td>
                <td className="num">{percent(row.people.win_rate)}</td>
                <td className="num whitespace-nowrap">
                  {interval(row.people.low, row.people.high)}
                </td>
                <td className="num">
                  <strong>{percent(row.combined?.win_rate ?? null)}</strong>
                </td>
                <td className="num whitespace-nowrap">
                  {row.combined ? interval(row.combined.low, row.combined.high) : '–'}
                </td>
                <td className="num whitespace-nowrap">
                  {whole(row.people.pairs)}
                  {row.combined ? ` + ${whole(row.combined.judged_pairs)}` : ''}
                </td>
                <td className="num">
                  {row.combined ? whole(Math.round(row.combined.effective_pairs)) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </section>
  )
}
