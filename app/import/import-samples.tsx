import { isOnlyLookedUp } from './import-columns.ts'
import type { Sample, SampleJudgment, SampleProblem, SampleTurn } from './import-sample.server.ts'
import { useWords } from './import-words.tsx'
import type { FilePreview } from './preview.server.ts'
import { sayPart } from './words.ts'

/** The first records of a file: prompt above, responses side by side, judgments below. */
export function ImportSamples({
  preview,
  samples,
  isNamed,
}: {
  preview: FilePreview
  samples: Sample[]
  /** Says the file's name, where there are several. */
  isNamed: boolean
}) {
  const { say } = useWords()
  const title = isNamed ? say('previewOf', { name: preview.name }) : say('preview')
  const joins = (preview.recognition.mapping?.join.length ?? 0) > 0
  if (preview.isEmpty || isOnlyLookedUp(preview.recognition.mapping, preview.name)) return null
  return (
    <section className="card grid gap-4" aria-label={title}>
      <div>
        <h2 className="break-words">{title}</h2>
        <p className="text-sm text-ink-3">{say(joins ? 'joinsLater' : 'asRatersSee')}</p>
      </div>
      {samples.map((sample, place) => (
        <SampleItem key={place} sample={sample} />
      ))}
      <RowTable preview={preview} isOpen={samples.length === 0} />
    </section>
  )
}

function SampleItem({ sample }: { sample: Sample }) {
  const { say } = useWords()
  return (
    <article className="grid min-w-0 gap-3 border-t border-line pt-4">
      {sample.prompt.length > 0 ? (
        <div className="grid gap-2">
          <h3 className="eyebrow">{say('prompt')}</h3>
          <Turns turns={sample.prompt} />
        </div>
      ) : sample.promptId ? (
        <p className="text-sm text-ink-2">{say('promptKnown', { id: sample.promptId })}</p>
      ) : null}
      {sample.responses.length > 0 ? (
        <div className="grid gap-3 md:grid-cols-2">
          {sample.responses.map((response, place) => (
            <div key={place} className="grid min-w-0 content-start gap-2 rounded-lg bg-sunken p-3">
              <h3 className="font-sans text-sm break-words text-act">{response.model}</h3>
              <Turns turns={response.turns} isAnswer />
            </div>
          ))}
        </div>
      ) : null}
      {sample.judgments.length > 0 ? (
        <ul className="grid gap-1 text-sm text-good">
          {sample.judgments.map((judgment, place) => (
            <li key={place} className="break-words">
              <Judgment judgment={judgment} />
            </li>
          ))}
        </ul>
      ) : null}
      {sample.problems.map((problem, place) => (
        <Problem key={place} problem={problem} />
      ))}
    </article>
  )
}

/** What was said, turn by turn; a single turn of the usual speaker needs no name. */
function Turns({ turns, isAnswer = false }: { turns: SampleTurn[]; isAnswer?: boolean }) {
  const { say } = useWords()
  const isPlain = turns.length === 1 && turns[0]?.role === (isAnswer ? 'assistant' : 'user')
  return turns.map((turn, place) => (
    <div key={place} className="min-w-0">
      {isPlain ? null : (
        <span className="text-[13px] font-semibold text-ink-3">
          {sayPart(say, 'role', turn.role)}
        </span>
      )}
      <p className="text-[14.5px] break-words whitespace-pre-wrap">
        {turn.text}
        {turn.hidden > 0 ? (
          <span className="text-ink-3"> … {say('hidden', { count: turn.hidden })}</span>
        ) : null}
      </p>
    </div>
  ))
}

function Judgment({ judgment }: { judgment: SampleJudgment }) {
  const { say } = useWords()
  const { kind, rater, modelA: a, modelB: b, criterion, answer } = judgment
  return say(`judged.${kind}`, { rater, a, b, criterion, answer })
}

function Problem({ problem: { line, field, reason } }: { problem: SampleProblem }) {
  const { say } = useWords()
  return (
    <p className="text-sm break-words text-danger">
      {line === null ? say('refusedRecord') : say('refusedLine', { line })}
      {': '}
      <span lang="en">
        {field ? `${field}: ` : ''}
        {reason}
      </span>
    </p>
  )
}

function RowTable({ preview, isOpen }: { preview: FilePreview; isOpen: boolean }) {
  const { say } = useWords()
  const { rows, columns } = preview
  if (rows.length === 0) return null
  return (
    <details open={isOpen}>
      <summary className="text-sm text-ink-2">{say('rowsAsTheyAre')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className="mt-2 overflow-x-auto" tabIndex={0} aria-label={say('rowsAsTheyAre')}>
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
                  <td key={column} className="max-w-[30ch] min-w-[8ch]">
                    {row[column] ?? ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  )
}
