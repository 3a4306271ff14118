import { counted } from '#app/base/text.ts'
import { whole } from '#app/ui/figures.ts'
import { LocalTime } from '#app/ui/local-time.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { dayMs, deadlineVerdict, type Forecast } from './campaign-forecast.ts'
import type { CampaignProgress } from './campaigns.server.ts'

/** How far a campaign is, in figures. */
export function ProgressFigures({ progress }: { progress: CampaignProgress }) {
  const { wanted, submitted } = progress
  const judged = wanted > 0 ? `${whole(submitted)} of ${whole(wanted)}` : whole(submitted)
  return (
    <>
      {wanted > 0 ? <ProgressBar share={submitted / wanted} label="Judgments" /> : null}
      <dl className="grid grid-cols-2 gap-3 text-sm sm:grid-cols-4">
        <Figure title="tasks" value={whole(progress.tasks)} />
        <Figure title="judgments" value={judged} />
        <Figure title="in hand" value={whole(progress.held)} />
        <Figure title="raters" value={whole(progress.raters)} />
      </dl>
    </>
  )
}

function Figure({ title, value }: { title: string; value: string }) {
  return (
    <div>
      <dt className="text-[13px] text-ink-2">{title}</dt>
      <dd className="font-semibold">{value}</dd>
    </div>
  )
}

/** The judgments of the last days as bars, and as a table for whoever does not see them. */
export function DayBars({ perDay }: { perDay: readonly number[] }) {
  const most = Math.max(1, ...perDay)
  const days = [...perDay].reverse()
  const total = perDay.reduce((sum, count) => sum + count, 0)
  return (
    <figure className="grid gap-1.5">
      <figcaption className="text-sm text-ink-2">
        {counted(total, 'judgment')} in {perDay.length} days, {whole(perDay[0] ?? 0)} in the last 24
        hours
      </figcaption>
      <div aria-hidden="true" className="flex h-16 items-end gap-1 border-b border-line-strong">
        {days.map((count, place) => (
          <div
            key={place}
            title={`${count}`}
            className="grow rounded-t-[3px] bg-act"
            style={{ height: count === 0 ? 0 : `max(2px, ${(100 * count) / most}%)` }}
          />
        ))}
      </div>
      <table className="sr-only">
        <caption>Judgments in each span of 24 hours</caption>
        <tbody>
          {perDay.map((count, place) => (
            <tr key={place}>
              <th scope="row">
                {place === 0 ? 'the last 24 hours' : `${counted(place, 'day')} before`}
              </th>
              <td>{count}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  )
}

/** When it may end, with what that rests on. */
export function ForecastWords({
  forecast,
  left,
  days,
  deadlineAt,
}: {
  forecast: Forecast
  left: number
  days: number
  deadlineAt: number | null
}) {
  return (
    <div className="grid gap-1 text-sm">
      <p>{endWords(forecast, left, days)}</p>
      <DeadlineWords forecast={forecast} deadlineAt={deadlineAt} />
    </div>
  )
}

function endWords(forecast: Forecast, left: number, days: number) {
  if (forecast.kind === 'done') return 'Everything that was made is judged or decided.'
  if (forecast.kind === 'too_early') {
    return `${counted(left, 'judgment')} to go. It is too early for a forecast: that takes ten judgments and a few hours.`
  }
  if (forecast.kind === 'standing_still') {
    return `${counted(left, 'judgment')} to go, and none came in the last ${days} days. At this pace it does not end.`
  }
  const { pace, likely, earliest, latest } = forecast
  return (
    <>
      {counted(left, 'judgment')} to go at about{' '}
      {pace < 10 ? pace.toFixed(1) : whole(Math.round(pace))} a day:{' '}
      <strong>
        done around <LocalTime time={likely} style="day" />
      </strong>
      {earliest !== null && latest !== null && latest - earliest > dayMs ? (
        <>
          , in eight of ten cases between <LocalTime time={earliest} style="day" /> and{' '}
          <LocalTime time={latest} style="day" />
        </>
      ) : null}
      {earliest !== null && latest === null ? (
        <>
          , hardly before <LocalTime time={earliest} style="day" />; days were so uneven that the
          latest cannot be said
        </>
      ) : null}
      {earliest === null ? '; a range takes three whole days' : null}.
    </>
  )
}

const verdictWords = {
  surely: 'Before the deadline',
  probably: 'Probably before the deadline, not surely',
  doubtful: 'Hardly before the deadline',
  not: 'After the deadline: more raters, a later deadline or a lower overlap would help',
} as const

function DeadlineWords({
  forecast,
  deadlineAt,
}: {
  forecast: Forecast
  deadlineAt: number | null
}) {
  if (deadlineAt === null) return null
  const verdict = deadlineVerdict(forecast, deadlineAt)
  return (
    <p className={verdict === 'doubtful' || verdict === 'not' ? 'text-warn' : 'text-ink-2'}>
      {verdict ? `${verdictWords[verdict]} (` : 'Closes by itself on '}
      <LocalTime time={deadlineAt} />
      {verdict ? ').' : '.'}
    </p>
  )
}
