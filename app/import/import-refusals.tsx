import type { Refusal } from './batches.server.ts'
import { useWords } from './import-words.tsx'

export type ShownRefusal = Pick<Refusal, 'file' | 'line' | 'field' | 'reason' | 'raw'>

const textShown = 80

/** Refused records: where each stood, why, and its text. */
export function RefusalTable({
  refusals,
  labelledBy,
}: {
  refusals: readonly ShownRefusal[]
  labelledBy: string
}) {
  const { say, figures } = useWords()
  // On a narrow screen the page's title says it, where all come from one file.
  const fileClass = new Set(refusals.map(({ file }) => file)).size > 1 ? '' : 'max-md:hidden'
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="overflow-x-auto" tabIndex={0} aria-labelledby={labelledBy}>
      <table className="data-table" aria-labelledby={labelledBy}>
        <thead>
          <tr>
            <th scope="col" className={fileClass}>
              {say('file')}
            </th>
            <th scope="col" className="num">
              {say('line')}
            </th>
            <th scope="col">{say('field')}</th>
            <th scope="col">{say('reason')}</th>
            <th scope="col">{say('text')}</th>
          </tr>
        </thead>
        <tbody>
          {refusals.map(({ file, line, field, reason, raw }, place) => (
            <tr key={place}>
              <td className={`max-w-[20ch] break-words ${fileClass}`}>{file}</td>
              <td className="num">{line > 0 ? figures.whole(line) : '–'}</td>
              <td>{field || '–'}</td>
              <td className="min-w-[18ch] wrap-anywhere md:min-w-[24ch]" lang="en">
                {reason}
              </td>
              <td className="min-w-[24ch] max-w-[44ch] font-mono text-[12.5px] text-ink-2">
                <RawText raw={raw} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RawText({ raw }: { raw: string }) {
  const { say } = useWords()
  if (raw.length <= textShown) return <span className="break-words">{raw}</span>
  return (
    <>
      <span className="break-words">{raw.slice(0, textShown)}…</span>
      <details>
        <summary className="font-sans text-ink-3">{say('wholeText')}</summary>
        <pre className="mt-1 max-h-64 overflow-auto break-words whitespace-pre-wrap">{raw}</pre>
      </details>
    </>
  )
}
