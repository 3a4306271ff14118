import { Link } from '@remix-run/react'
import { Flag } from 'lucide-react'
import type { RoomWords } from '#app/rate/room-words.ts'
import { roomWordsEn } from '#app/rate/room-words-en.ts'
import { roomWordsPt } from '#app/rate/room-words-pt.ts'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { retelling } from '#app/ui/read-phrase.ts'
import { glossarySayIn } from './glossary-words.ts'
import { IntervalChart, type IntervalPoint } from './interval-chart.tsx'
import { raterColumnSayIn } from './rater-column-words.ts'
import { type FigureColumn, figureColumns } from './rater-columns.ts'
import type { Figure } from './rater-figure.ts'
import type { FigureName } from './rater-figures.ts'
import type { LastJudgment, RaterOnPage } from './rater-page.server.ts'
import { FigureCell } from './rater-table.tsx'
import { ratersSayIn } from './raters-words.ts'
import { keptSignalIn } from './signal-words.ts'

const groups = [
  {
    id: 'right',
    names: ['gold', 'consistency', 'consensus', 'consensus_than_others', 'adjudicated'],
  },
  { id: 'sides', names: ['first', 'longer', 'longer_than_others'] },
  { id: 'time', names: ['seconds', 'fast', 'pace'] },
  {
    id: 'undecided',
    names: ['tie', 'both_bad', 'cant_judge', 'undecided_than_others', 'skips'],
  },
] as const satisfies readonly { id: string; names: readonly FigureName[] }[]

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
  const { say } = useSaying(ratersSayIn)
  const { say: columnSay } = useSaying(raterColumnSayIn)
  const { say: glossary } = useSaying(glossarySayIn)
  return (
    <>
      <Signals rater={rater} />
      <div className="grid items-start gap-4.5 lg:grid-cols-2">
        {groups.map(({ id, names }) => (
          <section key={id} className="card grid gap-3">
            <h2>{say(`group.${id}`)}</h2>
            <dl className="grid gap-3 text-sm">
              {names.flatMap(columnOf).map((column) => (
                <div key={column.id} className="grid gap-x-4 sm:grid-cols-[1fr_11rem]">
                  <dt>
                    {columnSay(column.id)}
                    <span className="block text-[13px] text-ink-3">
                      {glossary(`rater.${column.id}`)}
                    </span>
                  </dt>
                  <dd>
                    <FigureCell column={column} rater={rater} />
                  </dd>
                </div>
              ))}
            </dl>
            {id === 'time' ? <Quartiles rater={rater} /> : null}
            {id === 'right' ? <Flips rater={rater} /> : null}
            {id === 'undecided' ? <Skips rater={rater} /> : null}
          </section>
        ))}
      </div>
      <BiasChart
        name="first"
        title={say('firstChart')}
        unit={say('firstUnit')}
        reference={0.5}
        rater={rater}
        others={others}
      />
      <BiasChart
        name="longer"
        title={say('longerChart')}
        unit={say('longerUnit')}
        rater={rater}
        others={others}
      />
      <LastJudgments judgments={judgments} slug={slug} />
    </>
  )
}

function Signals({ rater }: { rater: RaterOnPage }) {
  const { say, figures } = useSaying(ratersSayIn)
  const { say: kept } = useSaying(keptSignalIn)
  const signals = rater.row?.signals ?? []
  if (signals.length === 0) {
    return <p className="text-ink-2">{rater.row ? say('noSignal') : ''}</p>
  }
  return (
    <section className="card grid gap-2.5" aria-label={say('signals')}>
      <h2>{say('signals')}</h2>
      <ul className="grid gap-2">
        {signals.map(({ kind, words, adjusted_p }) => (
          <li key={kind} className="flex gap-2.5">
            <Flag size={15} aria-hidden="true" className="mt-1 shrink-0 text-rubric" />
            <span>
              {kept(words)}{' '}
              <span className="text-[13px] text-ink-3">
                {adjusted_p < 0.001
                  ? say('adjustedBelow', { p: figures.decimal(0.001, 3) })
                  : say('adjusted', { p: figures.decimal(adjusted_p, 3) })}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-3">{say('signalsHint')}</p>
    </section>
  )
}

function Quartiles({ rater }: { rater: RaterOnPage }) {
  const { say, figures } = useSaying(ratersSayIn)
  if (!rater.row || rater.row.quartiles.lower.value === null) return null
  const { lower, upper } = rater.row.quartiles
  const write = (value: number | null) => figures.decimal(value, 1)
  const secondsOf = ({ value, low, high }: Figure) =>
    low === null || high === null
      ? say('seconds', { value: write(value) })
      : say('secondsBetween', { value: write(value), low: write(low), high: write(high) })
  return (
    <p className="text-sm text-ink-2">
      {say('quartiles', {
        lower: secondsOf(lower),
        upper: secondsOf(upper),
        count: rater.row.sittings,
      })}
    </p>
  )
}

function Flips({ rater }: { rater: RaterOnPage }) {
  const { say } = useSaying(ratersSayIn)
  const flips = rater.row?.flips
  if (!flips) return null
  const all = flips.keptFirst + flips.keptSecond + flips.other
  if (all === 0) return null
  return (
    <p className="text-sm text-ink-2">
      {say('flips', {
        all,
        first: flips.keptFirst,
        second: flips.keptSecond,
        other: flips.other,
      })}
    </p>
  )
}

const offered = ({ skipKnowledge, skipSense, skipOffensive, skipDisplay }: RoomWords) => ({
  skipKnowledge,
  skipSense,
  skipOffensive,
  skipDisplay,
})

/** Offered reasons are kept in English, others in the rater’s own words. */
const skipReasonIn = retelling({ en: offered(roomWordsEn), pt: offered(roomWordsPt) })

function Skips({ rater }: { rater: RaterOnPage }) {
  const { say, figures } = useSaying(ratersSayIn)
  const { say: kept } = useSaying(skipReasonIn)
  const skips = rater.row?.skips ?? []
  if (skips.length === 0) return null
  return (
    <ul className="grid gap-1 text-sm text-ink-2" aria-label={say('skipReasons')}>
      {skips.slice(0, 8).map(({ reason, count }) => (
        <li key={reason} dir="auto">
          {figures.whole(count)} × {reason ? kept(reason) : say('noReason')}
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
  const { say, figures } = useSaying(ratersSayIn)
  const shown = [rater, ...others.filter(({ row }) => row?.figures[name].value != null)]
  const points = shown.slice(0, 1 + othersShown).flatMap((one): IntervalPoint[] => {
    const figure = one.row?.figures[name]
    if (!figure || figure.value === null) return []
    return [
      {
        key: one.id,
        name: one.id === rater.id ? say('thisRater', { rater: one.pseudonym }) : one.pseudonym,
        color: one.id === rater.id ? colorOfRater : colorOfOthers,
        value: figure.value,
        low: figure.low,
        high: figure.high,
        rests: say('decidedVerdicts', { verdicts: figure.n }),
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
        format={(value) => figures.share(value, 0)}
        {...(reference === undefined ? {} : { reference })}
      />
    </section>
  )
}

/** Purposes that are named; work is not. */
const purposes = ['gold', 'repeat', 'training', 'qualification'] as const

function LastJudgments({ judgments, slug }: { judgments: readonly LastJudgment[]; slug: string }) {
  const { say, figures, language } = useSaying(ratersSayIn)
  const purposeOf = ({ purpose }: LastJudgment) => {
    const named = purposes.find((one) => one === purpose)
    return named ? say(`purpose.${named}`) : ''
  }
  return (
    <section className="card grid gap-3">
      <h2>{say('lastJudgments')}</h2>
      {judgments.length === 0 ? <p className="text-ink-2">{say('noneYet')}</p> : null}
      <ul className="grid gap-3">
        {judgments.map((judgment) => (
          <li key={judgment.id} className="grid gap-0.5 border-b border-line pb-3 last:border-0">
            <Link to={`/p/${slug}/prompts/${judgment.promptId}`} className="link" dir="auto">
              {judgment.preview || say('promptWithoutWords')}
            </Link>
            <span className="text-sm" dir="auto">
              {judgment.verdict}
              {judgment.comment ? <span className="text-ink-2"> · {judgment.comment}</span> : null}
            </span>
            <span className="text-[13px] text-ink-3">
              {[
                judgment.judgedAt === null
                  ? ''
                  : say('time', { time: moment(judgment.judgedAt, language) }),
                judgment.activeMs === null
                  ? ''
                  : say('seconds', { value: figures.decimal(judgment.activeMs / 1_000, 1) }),
                purposeOf(judgment),
                judgment.isExtra ? say('extra') : '',
                judgment.withdrawnReason === null
                  ? ''
                  : say('withdrawn', { reason: judgment.withdrawnReason }),
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
