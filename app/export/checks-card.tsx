/** What the checks found in the rows of a dataset. */

import { useSaying } from '#app/ui/language.tsx'
import {
  type DatasetCheck,
  type DatasetReport,
  datasetChecks,
  type Share,
} from './dataset-report.ts'
import { datasetSayIn } from './dataset-words.ts'
import type { DropRule } from './policy.ts'
import { type RowCheck, rowChecks } from './row-checks.ts'
import { datasetCheckSayIn, rowCheckSayIn } from './rule-words.ts'

export interface Checked {
  report: DatasetReport
  dropped: Partial<Record<DropRule, number>>
  warned: Partial<Record<RowCheck, number>>
}

export function ChecksCard({ report, dropped, warned }: Checked) {
  const { say, figures, language } = useSaying(datasetSayIn)
  const checks = Object.keys(rowChecks) as RowCheck[]
  const refused = checks.filter((check) => (dropped[check as DropRule] ?? 0) > 0)
  const odd = checks.filter((check) => (warned[check] ?? 0) > 0)
  const found = Object.entries(report.found)
  const isClean = refused.length + odd.length + found.length === 0
  return (
    <section className="card" aria-labelledby="checks">
      <h2 id="checks" className="mb-2">
        {say('checks')}
      </h2>
      <dl className="text-sm">
        {refused.map((check) => (
          <Line key={check} title={rowCheckSayIn(language)(check)} tone="text-danger">
            {say('refused', { count: dropped[check as DropRule] ?? 0 })}
          </Line>
        ))}
        {odd.map((check) => (
          <Line key={check} title={rowCheckSayIn(language)(check)} tone="text-warn">
            {say('warned', { count: warned[check] ?? 0 })}
          </Line>
        ))}
        {found.map(([check, count]) => (
          <Line
            key={check}
            title={datasetCheckSayIn(language)(check as DatasetCheck)}
            tone={datasetChecks[check as DatasetCheck].blocks ? 'text-danger' : 'text-warn'}
          >
            {figures.whole(count)}
          </Line>
        ))}
        {isClean ? (
          <Line title={say('clean')} tone="text-good">
            {say('fine')}
          </Line>
        ) : null}
        <Lean title={say('longerBetter')} share={report.betterLonger} />
        <Lean title={say('firstBetter')} share={report.betterFirst} />
        {report.labels.good + report.labels.bad > 0 ? (
          <Line title={say('labels')}>
            {say('goodAndBad', { good: report.labels.good, bad: report.labels.bad })}
          </Line>
        ) : null}
      </dl>
    </section>
  )
}

function Lean({ title, share }: { title: string; share: Share | null }) {
  const { say, figures } = useSaying(datasetSayIn)
  if (share === null) return null
  const { low, high } = share
  return (
    <Line title={title}>
      {figures.share(share.share)}{' '}
      <span className="text-ink-3">
        {low === null || high === null
          ? ''
          : say('fromTo', { low: figures.share(low), high: figures.share(high) })}
      </span>
    </Line>
  )
}

function Line({
  title,
  tone = '',
  children,
}: {
  title: string
  tone?: string
  children: React.ReactNode
}) {
  return (
    <div className="flex items-baseline justify-between gap-4 border-b border-line py-2 last:border-0">
      <dt>{title}</dt>
      <dd className={`shrink-0 text-right ${tone}`}>{children}</dd>
    </div>
  )
}
