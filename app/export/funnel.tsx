import { whole } from '#app/ui/figures.ts'
import { type DropRule, dropRules } from './policy.ts'

/** What each rule kept and dropped, from everything considered to the rows that are in. */
export function Funnel({
  unit,
  considered,
  dropped,
}: {
  unit: string
  considered: number
  dropped: Partial<Record<DropRule, number>>
}) {
  const rules = Object.keys(dropRules) as DropRule[]
  const used = rules.filter((rule) => (dropped[rule] ?? 0) > 0)
  let left = considered
  const steps = used.map((rule) => {
    const lost = dropped[rule] ?? 0
    left -= lost
    return { rule, lost, left }
  })
  return (
    <ol className="grid gap-0 text-sm">
      <Step title={`${unit} in the campaign`} count={considered} share={1} />
      {steps.map(({ rule, lost, left: rest }) => (
        <Step
          key={rule}
          title={`without: ${dropRules[rule]}`}
          count={rest}
          share={considered === 0 ? 0 : rest / considered}
          lost={lost}
        />
      ))}
    </ol>
  )
}

function Step({
  title,
  count,
  share,
  lost,
}: {
  title: string
  count: number
  share: number
  lost?: number
}) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_120px_64px_64px] items-center gap-3 border-b border-line py-2 last:border-0 max-md:grid-cols-[minmax(0,1fr)_64px_64px]">
      <span>{title}</span>
      <span
        className="h-3.5 rounded-sm bg-act-line max-md:hidden"
        style={{ width: `${Math.max(1, share * 100)}%` }}
      />
      <strong className="text-right">{whole(count)}</strong>
      <span className="text-right text-ink-3">{lost === undefined ? '' : `−${whole(lost)}`}</span>
    </li>
  )
}
