/** What the checks found in the rows of a dataset. */
import { percent, whole } from '#app/ui/figures.ts'
import { type DatasetReport, datasetChecks, type Share } from './dataset-report.ts'
import type { DropRule } from './policy.ts'
import { type RowCheck, rowChecks } from './row-checks.ts'

export interface Checked {
  report: DatasetReport
  dropped: Partial<Record<DropRule, number>>
  warned: Partial<Record<RowCheck, number>>
}

export function ChecksCard({ report, dropped, warned }: Checked) {
  const checks = Object.keys(rowChecks) as RowCheck[]
  const refused = checks.filter((check) => (dropped[check as DropRule] ?? 0) > 0)
  const odd = checks.filter((check) => (warned[check] ?? 0) > 0)
  const found = Object.entries(report.found)
  const isClean = refused.length + odd.length + found.length === 0
  return (
    <section className="card" aria-labelledby="checks">
      <h2 id="checks" className="mb-2">
        Checks
      </h2>
      <dl className="text-sm">
        {refused.map((check) => (
          <Line key={check} title={rowChecks[check].words} tone="text-danger">
            {whole(dropped[check as DropRule] ?? 0)} refused
          </Line>
        ))}
        {odd.map((check) => (
          <Line key={check} title={rowChecks[check].words} tone="text-warn">
            {whole(warned[check] ?? 0)} warned
          </Line>
        ))}
        {found.map(([check, count]) => (
          <Line
            key={check}
            title={datasetChecks[check as keyof typeof datasetChecks].words}
            tone={
              datasetChecks[check as keyof typeof datasetChecks].blocks
                ? 'text-danger'
                : 'text-warn'
            }
          >
            {whole(count)}
          </Line>
        ))}
        {isClean ? (
          <Line title="Nothing to refuse and nothing to warn of" tone="text-good">
            fine
          </Line>
        ) : null}
        <Lean title="Longer response is the better" share={report.betterLonger} />
        <Lean title="Better response was shown first" share={report.betterFirst} />
        {report.labels.good + report.labels.bad > 0 ? (
          <Line title="Good and bad labels">
            {whole(report.labels.good)} and {whole(report.labels.bad)}
          </Line>
        ) : null}
      </dl>
    </section>
  )
}

function Lean({ title, share }: { title: string; share: Share | null }) {
  if (share === null) return null
  const { low, high } = share
  return (
    <Line title={title}>
      {percent(share.share)}{' '}
      <span className="text-ink-3">
        {low === null || high === null ? '' : `(${percent(low)} to ${percent(high)})`}
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
