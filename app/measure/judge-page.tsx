/** The report on judging models: how far they agree with people, how they lean, what they add. */
import { useSaying } from '#app/ui/language.tsx'
import type { Figures } from '#app/ui/languages.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import { GlossaryWord, TermHead } from './glossary-word.tsx'
import type { GlossaryTerm } from './glossary-words.ts'
import { agreementSentence, leanings } from './judge-finding.ts'
import type { CombinedRow, JudgeReport, JudgeRow } from './judge-report.ts'
import { judgeSayIn } from './judge-words.ts'
import { measuredSayIn } from './measured-words.ts'
import type { Figure } from './rater-figure.ts'
import { storedSayIn } from './stored-words.ts'

export function JudgeCard({ row, answers }: { row: JudgeRow; answers: JudgeReport['answers'] }) {
  const { say, language } = useSaying(judgeSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  return (
    <section className="card grid min-w-0 content-start gap-3" aria-label={row.judge}>
      <h2>{row.judge}</h2>
      <p className="font-serif text-[16px]">{agreementSentence(row, language)}</p>
      {leanings(row, language).map((sentence) => (
        <p key={sentence} className="text-warn">
          {sentence}
        </p>
      ))}
      <WideBox label={say('figuresOf', { judge: row.judge })}>
        <table className="data-table">
          <caption className="sr-only">{say('figuresOf', { judge: row.judge })}</caption>
          <thead>
            <tr>
              <TermHead term="judge.figure" isText>
                {say('figure')}
              </TermHead>
              <TermHead term="judge.value">{say('value')}</TermHead>
              <TermHead term="judge.interval">{shared('interval')}</TermHead>
              <TermHead term="judge.n">n</TermHead>
            </tr>
          </thead>
          <tbody>
            <FigureRow name={say('agreement')} term="judge.agreement" figure={row.agreement} />
            <FigureRow
              name={say('peopleAgreement')}
              term="judge.peopleAgreement"
              figure={row.people_agreement}
            />
            <FigureRow
              name={say('kappa')}
              term="judge.kappa"
              figure={row.kappa}
              form="coefficient"
            />
            <FigureRow name={say('first')} term="judge.first" figure={row.first} />
            <FigureRow
              name={say('peopleFirst')}
              term="judge.peopleFirst"
              figure={row.people_first}
            />
            <FigureRow
              name={say('longer')}
              term="judge.longer"
              figure={row.longer}
              form="difference"
            />
            <FigureRow
              name={say('ownFamily')}
              term="judge.ownFamily"
              figure={row.own_family}
              form="difference"
            />
          </tbody>
        </table>
      </WideBox>
      <p className="text-sm text-ink-2">
        {say('rests', { verdicts: row.verdicts, prompts: row.prompts, pairs: row.shared_pairs })}
      </p>
      {row.shared_pairs > 0 ? <Confusion row={row} answers={answers} /> : null}
    </section>
  )
}

type Form = 'share' | 'coefficient' | 'difference'

const writers: Record<Form, (figures: Figures, value: number) => string> = {
  share: (figures, value) => figures.share(value),
  coefficient: (figures, value) => figures.decimal(value),
  difference: (figures, value) => figures.signed(value, 1, 100),
}

function FigureRow({
  name,
  term,
  figure: { value, low, high, n, reason },
  form = 'share',
}: {
  name: string
  term: GlossaryTerm
  figure: Figure
  form?: Form
}) {
  const { say: shared, figures } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const write = (of: number) => writers[form](figures, of)
  const between = (ends: { low: string; high: string }) =>
    form === 'share' ? `${ends.low}–${ends.high}` : shared('fromTo', ends)
  return (
    <tr>
      <td>
        <GlossaryWord term={term}>{name}</GlossaryWord>
        {reason ? <span className="block text-[13px] text-ink-3">{stored(reason)}</span> : null}
      </td>
      <td className="num">{value === null ? '–' : write(value)}</td>
      <td className="num whitespace-nowrap">
        {low === null || high === null ? '–' : between({ low: write(low), high: write(high) })}
      </td>
      <td className="num">{figures.whole(Math.round(n))}</td>
    </tr>
  )
}

/** What the judge said where people said each answer, every pair weighing one. */
function Confusion({ row, answers }: { row: JudgeRow; answers: JudgeReport['answers'] }) {
  const { say, figures } = useSaying(judgeSayIn)
  return (
    <details className="text-sm">
      <summary>{say('confusion')}</summary>
      <WideBox label={say('confusionTable', { judge: row.judge })}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('confusionHead')}</th>
              {answers.map((answer) => (
                <th key={answer} scope="col" className="num">
                  {say(`answer.${answer}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {answers.map((answer, place) => (
              <tr key={answer}>
                <th scope="row">{say(`answer.${answer}`)}</th>
                {answers.map((said, at) => (
                  <td key={said} className="num">
                    {figures.decimal(row.confusion[place]?.[at] ?? 0, 1)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
      <p className="mt-1.5 text-ink-3">{say('confusionHint')}</p>
    </details>
  )
}

export function CombinedTable({ rows }: { rows: readonly CombinedRow[] }) {
  const { say, figures } = useSaying(judgeSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const { say: stored } = useSaying(storedSayIn)
  return (
    <section aria-labelledby="combined" className="card grid gap-3">
      <h2 id="combined">{say('combined')}</h2>
      <WideBox label={say('combinedTable')}>
        <table className="data-table">
          <thead>
            <tr>
              <TermHead term="model" isText>
                {shared('model')}
              </TermHead>
              <TermHead term="people_alone">{say('peopleAlone')}</TermHead>
              <TermHead term="people_interval">{shared('interval')}</TermHead>
              <TermHead term="with_judges">{say('withJudges')}</TermHead>
              <TermHead term="with_judges_interval">{shared('interval')}</TermHead>
              <TermHead term="pairs">{say('pairs')}</TermHead>
              <TermHead term="worth">{say('worth')}</TermHead>
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
                    <span className="block text-[13px] text-ink-3">{stored(row.reason)}</span>
                  ) : null}
                </td>
                <td className="num">{figures.share(row.people.win_rate)}</td>
                <td className="num whitespace-nowrap">
                  {figures.interval(row.people.low, row.people.high)}
                </td>
                <td className="num">
                  <strong>{figures.share(row.combined?.win_rate ?? null)}</strong>
                </td>
                <td className="num whitespace-nowrap">
                  {row.combined ? figures.interval(row.combined.low, row.combined.high) : '–'}
                </td>
                <td className="num whitespace-nowrap">
                  {figures.whole(row.people.pairs)}
                  {row.combined ? ` + ${figures.whole(row.combined.judged_pairs)}` : ''}
                </td>
                <td className="num">
                  {row.combined ? figures.whole(Math.round(row.combined.effective_pairs)) : '–'}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </section>
  )
}
