import { useLanguage, useSaying } from '#app/ui/language.tsx'
import { figuresOf } from '#app/ui/languages.ts'
import { datasetSayIn } from './dataset-words.ts'
import { type DropRule, dropRules } from './policy.ts'
import { dropSayIn } from './rule-words.ts'

/** What each rule kept and dropped, from everything considered to the rows that are in. */
export function Funnel({
  considered,
  dropped,
  rows,
}: {
  considered: number
  dropped: Partial<Record<DropRule, number>>
  rows: number
}) {
  const { say, language } = useSaying(datasetSayIn)
  const rules = (Object.keys(dropRules) as DropRule[]).filter((rule) => (dropped[rule] ?? 0) > 0)
  let left = considered
  const steps = rules.map((rule) => {
    const lost = dropped[rule] ?? 0
    left -= lost
    return { rule, lost, left }
  })
  const shareOf = (count: number) => (considered === 0 ? 0 : count / considered)
  return (
    <ol className="grid gap-0 text-sm">
      <Step title={say('couldBe')} count={considered} share={1} />
      {steps.map(({ rule, lost, left: rest }) => (
        <Step
          key={rule}
          title={say('without', { rule: dropSayIn(language)(rule) })}
          count={rest}
          share={shareOf(rest)}
          lost={lost}
        />
      ))}
      <Step title={say('rows')} count={rows} share={shareOf(rows)} isLast />
    </ol>
  )
}

function Step({
  title,
  count,
  share,
  lost,
  isLast = false,
}: {
  title: string
  count: number
  share: number
  lost?: number
  isLast?: boolean
}) {
  const figures = figuresOf(useLanguage())
  return (
    <li
      className={`grid grid-cols-[minmax(0,1fr)_120px_64px_64px] items-center gap-3 border-b border-line py-2 last:border-0 max-md:grid-cols-[minmax(0,1fr)_64px_64px] ${isLast ? 'font-semibold' : ''}`}
    >
      <span>{title}</span>
      <span
        className={`h-3.5 rounded-sm max-md:hidden ${isLast ? 'bg-act' : 'bg-act-line'}`}
        style={{ width: `${Math.max(1, share * 100)}%` }}
      />
      <strong className="text-right">{figures.whole(count)}</strong>
      <span className="text-right text-ink-3">
        {lost === undefined ? '' : `−${figures.whole(lost)}`}
      </span>
    </li>
  )
}
