import { bytes } from '#app/ui/figures.ts'
import { Notice } from '#app/ui/notice.tsx'
import type { FilePreview, RecordPreview } from './preview.server.ts'

const tones: Record<RecordPreview['kind'], string> = {
  prompt: 'text-rubric',
  response: 'text-act',
  judgment: 'text-good',
  refused: 'text-danger',
}

/** What a file seems to be, how sure that is, and its first records. */
export function ImportPreview({ preview }: { preview: FilePreview }) {
  const { recognition } = preview
  return (
    <section className="card grid gap-3">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="grow">{preview.name}</h2>
        <span className="text-sm text-ink-3">{bytes(preview.bytes)}</span>
      </div>
      {preview.isEmpty ? <Notice tone="danger">The file is empty.</Notice> : null}
      <p className="text-sm text-ink-2">
        Looks like <strong>{recognition.title}</strong>, {recognition.container.toUpperCase()} (
        {Math.round(recognition.confidence * 100)} % sure): {recognition.reasons.join('; ')}.
      </p>
      {preview.records.length > 0 ? (
        <ul className="grid gap-2 text-sm">
          {preview.records.slice(0, 12).map((record, place) => (
            <li key={place} className="grid gap-0.5 border-l-2 border-line pl-3">
              <span className={`font-semibold ${tones[record.kind]}`}>{record.title}</span>
              <span className="text-ink-2">{record.detail}</span>
            </li>
          ))}
        </ul>
      ) : (
        <RowTable rows={preview.rows} columns={preview.columns} />
      )}
    </section>
  )
}

function RowTable({ rows, columns }: { rows: Record<string, string>[]; columns: string[] }) {
  if (rows.length === 0) return null
  return (
    <div className="overflow-x-auto">
      <table className="data-table !text-[13px]">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, place) => (
            <tr key={place}>
              {columns.map((column) => (
                <td key={column}>{row[column] ?? ''}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
