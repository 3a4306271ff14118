import { Link } from '@remix-run/react'
import { Flag } from 'lucide-react'
import { moment, percent, whole } from '#app/ui/figures.ts'
import { IntervalChart, type IntervalPoint } from './interval-chart.tsx'
import { type FigureColumn, figureColumns } from './rater-columns.ts'
import type { FigureName } from './rater-figures.ts'
import type { LastJudgment, RaterOnPage } from './rater-page.server.ts'
import { FigureCell } from './rater-table.tsx'

const groups: readonly { title: string; names: readonly FigureName[] }[] = [
  {
    title: 'Right and steady',
    names: ['gold', 'consistency', 'consensus', 'consensus_than_others', 'adjudicated'],
  },
  { title: 'Sides and length', names: ['first', 'longer', 'longer_than_others'] },
  { title: 'Time', names: ['seconds', 'fast', 'pace'] },
  {
    title: 'Verdicts that decide nothing',
    names: ['tie', 'both_bad', 'cant_judge', 'undecided_than_others', 'skips'],
  },
]

const columnOf = (name: FigureName): FigureColumn[] => figureColumns.filter(({ id }) => id === name)

/** Everything that is known of one rater's work in a campaign. */
export function RaterDetails({
  rater,
  others,
  judgments,
  slug,
}: {
  rater: RaterOnPage
  others: readonly RaterOnPage[]
  judgments: readonly LastJudgment[]
  slug: string
}) {
  return (
    <>
      <Signals rater={rater} />
      <div className="grid items-start gap-4.5 lg:grid-cols-2">
        {groups.map(({ title, names }) => (
          <section key={title} className="card grid gap-3">
            <h2>{title}</h2>
            <dl className="grid gap-3 text-sm">
              {names.flatMap(columnOf).map((column) => (
                <div key={column.id} className="grid gap-x-4 sm:grid-cols-[1fr_11rem]">
                  <dt>
                    {column.title}
                    <span className="block text-[13px] text-ink-3">{column.definition}</span>
                  </dt>
                  <dd>
                    <FigureCell column={column} rater={rater} />
                  </dd>
                </div>
              ))}
            </dl>
            {title === 'Time' ? <Quartiles rater={rater} /> : null}
            {title === 'Right and steady' ? <Flips rater={rater} /> : null}
            {names.includes('skips') ? <Skips rater={rater} /> : null}
          </section>
        ))}
      </div>
      <BiasChart
        name="first"
        title="Decided for the response shown first"
        unit="share of decided verdicts, 95 % intervals"
        reference={0.5}
        rater={rater}
        others={others}
      />
      <BiasChart
        name="longer"
        title="Decided for the longer response"
        unit="share of decided verdicts, 95 % intervals by prompt"
        rater={rater}
        others={others}
      />
      <LastJudgments judgments={judgments} slug={slug} />
    </>
  )
}

function Signals({ rater }: { rater: RaterOnPage }) {
  const signals = rater.row?.signals ?? []
  if (signals.length === 0) {
    return (
      <p className="text-ink-2">
        {rater.row ? 'No signal: nothing here is out of the ordinary, as far as can be told.' : ''}
      </p>
    )
  }
  return (
    <section className="card grid gap-2.5" aria-label="Worth a look">
      <h2>Worth a look</h2>
      <ul className="grid gap-2">
        {signals.map(({ kind, words, adjusted_p }) => (
          <li key={kind} className="flex gap-2.5">
            <Flag size={15} aria-hidden="true" className="mt-1 shrink-0 text-rubric" />
            <span>
              {words}{' '}
              <span className="text-[13px] text-ink-3">
                adjusted p {adjusted_p < 0.001 ? 'below 0.001' : adjusted_p.toFixed(3)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-3">
        These are signals, not verdicts on a person. Look at the judgments, and ask.
      </p>
    </section>
  )
}

const range = (low: number | null, high: number | null) =>
  low === null || high === null ? '' : ` (${low.toFixed(1)}–${high.toFixed(1)})`

function Quartiles({ rater }: { rater: RaterOnPage }) {
  if (!rater.row || rater.row.quartiles.lower.value === null) return null
  const { lower, upper } = rater.row.quartiles
  return (
    <p className="text-sm text-ink-2">
      Half of the tasks took between {lower.value?.toFixed(1)} s{range(lower.low, lower.high)} and{' '}
      {upper.value?.toFixed(1)} s{range(upper.low, upper.high)}, in {whole(rater.row.sittings)}{' '}
      {rater.row.sittings === 1 ? 'sitting' : 'sittings'}.
    </p>
  )
}

function Flips({ rater }: { rater: RaterOnPage }) {
  const flips = rater.row?.flips
  if (!flips) return null
  const all = flips.keptFirst + flips.keptSecond + flips.other
  if (all === 0) return null
  return (
    <p className="text-sm text-ink-2">
      Of {whole(all)} changed answers {whole(flips.keptFirst)} went to the first side both times,{' '}
      {whole(flips.keptSecond)} to the second, {whole(flips.other)} changed otherwise.
    </p>
  )
}

function Skips({ rater }: { rater: RaterOnPage }) {
  const skips = rater.row?.skips ?? []
  if (skips.length === 0) return null
  return (
    <ul className="grid gap-1 text-sm text-ink-2" aria-label="Reasons for skipping">
      {skips.slice(0, 8).map(({ reason, count }) => (
        <li key={reason} dir="auto">
          {whole(count)} × {reason || 'no reason'}
        </li>
      ))}
    </ul>
  )
}

const colorOfRater = 0
const colorOfOthers = 7
const othersShown = 11

function BiasChart({
  name,
  title,
  unit,
  reference,
  rater,
  others,
}: {
  name: 'first' | 'longer'
  title: string
  unit: string
  reference?: number
  rater: RaterOnPage
  others: readonly RaterOnPage[]
}) {
  const shown = [rater, ...others.filter(({ row }) => row?.figures[name].value != null)]
  const points = shown.slice(0, 1 + othersShown).flatMap((one): IntervalPoint[] => {
    const figure = one.row?.figures[name]
    if (!figure || figure.value === null) return []
    return [
      {
        key: one.id,
        name: one.id === rater.id ? `${one.pseudonym} (this rater)` : one.pseudonym,
        color: one.id === rater.id ? colorOfRater : colorOfOthers,
        value: figure.value,
        low: figure.low,
        high: figure.high,
        rests: `${whole(figure.n)} decided verdicts`,
      },
    ]
  })
  if (points[0]?.key !== rater.id) return null
  return (
    <section className="card">
      <IntervalChart
        title={title}
        points={points}
        domain={[0, 1]}
        unit={unit}
        format={(value) => percent(value, 0)}
        {...(reference === undefined ? {} : { reference })}
      />
    </section>
  )
}

const purposes: Record<string, string> = {
  gold: 'gold',
  repeat: 'repeat',
  training: 'training',
  qualification: 'qualification',
}

function LastJudgments({ judgments, slug }: { judgments: readonly LastJudgment[]; slug: string }) {
  return (
    <section className="card grid gap-3">
      <h2>Last judgments</h2>
      {judgments.length === 0 ? <p className="text-ink-2">None yet.</p> : null}
      <ul className="grid gap-3">
        {judgments.map((judgment) => (
          <li key={judgment.id} className="grid gap-0.5 border-b border-line pb-3 last:border-0">
            <Link to={`/p/${slug}/prompts/${judgment.promptId}`} className="link" dir="auto">
              {judgment.preview || 'a prompt without words'}
            </Link>
            <span className="text-sm" dir="auto">
              {judgment.verdict}
              {judgment.comment ? <span className="text-ink-2"> · {judgment.comment}</span> : null}
            </span>
            <span className="text-[13px] text-ink-3">
              {[
                judgment.judgedAt === null ? '' : `${moment(judgment.judgedAt)} UTC`,
                judgment.activeMs === null ? '' : `${(judgment.activeMs / 1_000).toFixed(1)} s`,
                purposes[judgment.purpose] ?? '',
                judgment.isExtra ? 'extra' : '',
                judgment.withdrawnReason === null ? '' : `withdrawn: ${judgment.withdrawnReason}`,
              ]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
