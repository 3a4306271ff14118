import { useSaying } from '#app/ui/language.tsx'
import { LocalTime } from '#app/ui/local-time.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { dayMs, deadlineVerdict, type Forecast } from './campaign-forecast.ts'
import { campaignSayIn } from './campaign-words.ts'
import type { CampaignProgress } from './campaigns.server.ts'

/** How far a campaign is, in figures. */
export function ProgressFigures({ progress }: { progress: CampaignProgress }) {
  const { say, figures } = useSaying(campaignSayIn)
  const { wanted, submitted } = progress
  const judged =
    wanted > 0 ? say('someOf', { some: submitted, all: wanted }) : figures.whole(submitted)
  return (
    <>
      {wanted > 0 ? <ProgressBar share={submitted / wanted} label={say('judgments')} /> : null}
      <dl className="grid grid-cols-2 gap-3 text-sm sm:grid-cols-4">
        <Figure title={say('figure.tasks')} value={figures.whole(progress.tasks)} />
        <Figure title={say('figure.judgments')} value={judged} />
        <Figure title={say('figure.held')} value={figures.whole(progress.held)} />
        <Figure title={say('figure.raters')} value={figures.whole(progress.raters)} />
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
  const { say } = useSaying(campaignSayIn)
  const most = Math.max(1, ...perDay)
  const days = [...perDay].reverse()
  const total = perDay.reduce((sum, count) => sum + count, 0)
  return (
    <figure className="grid gap-1.5">
      <figcaption className="text-sm text-ink-2">
        {say('inDays', {
          judgments: say('countJudgments', { count: total }),
          days: perDay.length,
          today: perDay[0] ?? 0,
        })}
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
        <caption>{say('spans')}</caption>
        <tbody>
          {perDay.map((count, place) => (
            <tr key={place}>
              <th scope="row">
                {place === 0 ? say('last24') : say('daysBefore', { count: place })}
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
      <p>
        <EndWords forecast={forecast} left={left} days={days} />
      </p>
      <DeadlineWords forecast={forecast} deadlineAt={deadlineAt} />
    </div>
  )
}

function EndWords({ forecast, left, days }: { forecast: Forecast; left: number; days: number }) {
  const { say, figures } = useSaying(campaignSayIn)
  const judgments = say('countJudgments', { count: left })
  if (forecast.kind === 'done') return say('done')
  if (forecast.kind === 'too_early') {
    return say('tooEarly', { judgments })
  }
  if (forecast.kind === 'standing_still') {
    return say('standingStill', { judgments, days })
  }
  const { pace, likely, earliest, latest } = forecast
  return (
    <>
      {say('atPace', {
        judgments,
        pace: pace < 10 ? figures.decimal(pace, 1) : figures.whole(Math.round(pace)),
      })}{' '}
      <strong>
        {say('doneAround')} <LocalTime time={likely} style="day" />
      </strong>
      {earliest !== null && latest !== null && latest - earliest > dayMs ? (
        <>
          {say('inEight')} <LocalTime time={earliest} style="day" /> {say('and')}{' '}
          <LocalTime time={latest} style="day" />
        </>
      ) : null}
      {earliest !== null && latest === null ? (
        <>
          {say('hardlyBefore')} <LocalTime time={earliest} style="day" />
          {say('uneven')}
        </>
      ) : null}
      {earliest === null ? say('noRange') : null}.
    </>
  )
}

function DeadlineWords({
  forecast,
  deadlineAt,
}: {
  forecast: Forecast
  deadlineAt: number | null
}) {
  const { say } = useSaying(campaignSayIn)
  if (deadlineAt === null) return null
  const verdict = deadlineVerdict(forecast, deadlineAt)
  return (
    <p className={verdict === 'doubtful' || verdict === 'not' ? 'text-warn' : 'text-ink-2'}>
      {verdict ? `${say(`verdict.${verdict}`)} (` : `${say('closesOn')} `}
      <LocalTime time={deadlineAt} />
      {verdict ? ').' : '.'}
    </p>
  )
}
