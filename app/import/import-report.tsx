import { Link } from '@remix-run/react'
import { whole } from '#app/ui/figures.ts'
import { Notice } from '#app/ui/notice.tsx'
import type { Refusal } from './batches.server.ts'
import type { ImportCounts } from './import-options.ts'

/** What an import kept, what it knew already, and every record it refused with the reason. */
export function ImportReport({
  slug,
  id,
  status,
  counts,
  refusals,
  campaigns,
}: {
  slug: string
  id: string
  status: string
  counts: ImportCounts
  refusals: Refusal[]
  campaigns: { id: string; name: string }[]
}) {
  if (status !== 'done' && refusals.length === 0) return null
  const figures = [
    ['new prompts', counts.created.prompts],
    ['new responses', counts.created.responses],
    ['new judgments', counts.created.judgments],
    ['new skips', counts.created.skips],
    ['gained something', counts.merged],
    ['known already', counts.unchanged],
    ['refused', counts.refused],
  ] as const
  return (
    <>
      {status === 'done' ? (
        <section className="card">
          <dl className="grid grid-cols-2 gap-4 sm:grid-cols-4 lg:grid-cols-7">
            {figures.map(([title, count]) => (
              <div key={title}>
                <dt className="text-[13px] text-ink-3">{title}</dt>
                <dd
                  className={`font-serif text-2xl font-semibold ${title === 'refused' && count > 0 ? 'text-danger' : ''}`}
                >
                  {whole(count)}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ) : null}
      {status === 'done' && counts.refused === 0 ? (
        <Notice tone="good">Nothing was refused.</Notice>
      ) : null}
      {status === 'done' ? (
        <p className="flex flex-wrap gap-3">
          {counts.created.responses > 0 ? (
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              New campaign
            </Link>
          ) : null}
          {campaigns.map((campaign) => (
            <Link key={campaign.id} to={`/p/${slug}/measure/${campaign.id}`} className="btn">
              Standings of “{campaign.name}”
            </Link>
          ))}
          <Link to={`/p/${slug}/prompts`} className="btn">
            Prompts
          </Link>
        </p>
      ) : null}
      {refusals.length > 0 ? (
        <section className="card grid gap-3">
          <div className="flex flex-wrap items-baseline gap-3">
            <h2 className="grow">Refused records</h2>
            {status === 'done' ? (
              <a href={`/files/${slug}/imports/${id}/refused`} className="link text-sm" download>
                Download them, to mend and import again
              </a>
            ) : null}
          </div>
          <div className="overflow-x-auto">
            <table className="data-table">
              <thead>
                <tr>
                  <th scope="col">File</th>
                  <th scope="col" className="num">
                    Line
                  </th>
                  <th scope="col">Field</th>
                  <th scope="col">Reason</th>
                  <th scope="col">Text</th>
                </tr>
              </thead>
              <tbody>
                {refusals.map((refusal) => (
                  <tr key={refusal.ordinal}>
                    <td>{refusal.file}</td>
                    <td className="num">{refusal.line || '–'}</td>
                    <td>{refusal.field || '–'}</td>
                    <td>{refusal.reason}</td>
                    <td className="max-w-[40ch] truncate font-mono text-[12.5px] text-ink-2">
                      {refusal.raw.slice(0, 200)}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          {counts.refused > refusals.length ? (
            <p className="text-sm text-ink-3">
              The first {refusals.length} of {whole(counts.refused)}; the file holds all.
            </p>
          ) : null}
        </section>
      ) : null}
    </>
  )
}
