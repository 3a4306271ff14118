/** A snapshot in a list: what it is, whether it still holds, and its files. */
import { Link } from '@remix-run/react'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { datasetSayIn, keptReasonIn } from './dataset-words.ts'
import { snapshotProblemIn } from './rule-words.ts'
import type { Snapshot } from './snapshots.server.ts'

export type ListedSnapshot = Pick<
  Snapshot,
  | 'id'
  | 'number'
  | 'status'
  | 'sha256'
  | 'rows'
  | 'description'
  | 'deprecatedReason'
  | 'problem'
  | 'createdAt'
>

export function SnapshotLine({ snapshot, href }: { snapshot: ListedSnapshot; href: string }) {
  const { say, language } = useSaying(datasetSayIn)
  const { number, sha256, status, rows, description, deprecatedReason, problem } = snapshot
  return (
    <li className="grid gap-1 border-b border-line py-2.5 last:border-0">
      <div className="flex flex-wrap items-baseline gap-x-3">
        {status === 'ready' ? (
          <Link to={href} className="font-semibold hover:underline">
            v{number}
          </Link>
        ) : (
          <strong>v{number}</strong>
        )}
        <span className="font-mono text-[13px] text-ink-3">
          {sha256 ? `sha256 ${sha256.slice(0, 12)}…` : say(`status.${status}`)}
        </span>
        <span className="grow" />
        <span className="text-sm text-ink-2">
          {rows === null ? '' : `${say('countRows', { count: rows })} · `}
          {moment(snapshot.createdAt, language)} UTC
        </span>
      </div>
      {deprecatedReason === null ? null : (
        <p className="text-sm text-danger">
          {say('deprecated', { reason: keptReasonIn(language)(deprecatedReason) })}
        </p>
      )}
      {problem === null ? null : (
        <p className="text-sm text-danger">
          {say('notMade', { problem: snapshotProblemIn(language)(problem) })}
        </p>
      )}
      {description === '' ? null : <p className="text-sm text-ink-2">{description}</p>}
    </li>
  )
}

/** The files of a snapshot, to be downloaded one by one or all together. */
export function SnapshotFiles({
  base,
  files,
}: {
  base: string
  files: readonly { path: string; bytes: number; rows: number }[]
}) {
  const { say, figures } = useSaying(datasetSayIn)
  const beside = [
    'README.md',
    'REPORT.md',
    '.meta/manifest.json',
    '.meta/rows.jsonl',
    '.meta/croissant.json',
  ]
  return (
    <ul className="flex flex-wrap gap-2">
      <li>
        <a href={`${base}.zip`} className="btn btn-primary" download>
          {say('everything')}
        </a>
      </li>
      {files.map((file) => (
        <li key={file.path}>
          <a href={`${base}/${file.path}`} className="btn" download>
            {file.path} <span className="font-normal text-ink-3">{figures.bytes(file.bytes)}</span>
          </a>
        </li>
      ))}
      {beside.map((file) => (
        <li key={file}>
          <a href={`${base}/${file}`} className="btn" download>
            {file}
          </a>
        </li>
      ))}
    </ul>
  )
}
