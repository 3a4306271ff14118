import { decimal } from '#app/ui/figures.ts'
import type { listVerdicts } from './prompts.server.ts'

type Verdict = Awaited<ReturnType<typeof listVerdicts>>[number]

/** @example 'alpha is much better than beta' */
function wordsOf({ winner, strength, score, label_a, label_b }: Verdict): string {
  if (winner === null) return `${label_a ?? ''}: ${decimal(score, 0)}`
  const pair = `${label_a ?? 'a'} and ${label_b ?? 'b'}`
  if (winner === 'tie') return `${pair}: about the same`
  if (winner === 'both_bad') return `${pair}: both bad`
  if (winner === 'cant_judge') return `${pair}: can’t judge`
  const [better, worse] = winner === 'a' ? [label_a, label_b] : [label_b, label_a]
  return `${better} is ${strength === 2 ? 'much ' : ''}better than ${worse}`
}

/** What raters said of the responses to a prompt. */
export function Verdicts({ verdicts }: { verdicts: readonly Verdict[] }) {
  if (verdicts.length === 0) return null
  return (
    <section className="card overflow-x-auto">
      <h2 className="mb-2">Judgments</h2>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">Verdict</th>
            <th scope="col">Question</th>
            <th scope="col">Rater</th>
            <th scope="col">Campaign</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((verdict) => (
            <tr key={`${verdict.id}${verdict.criterion}${verdict.position}`}>
              <td>
                {wordsOf(verdict)}
                {verdict.revision > 1 ? (
                  <span className="text-ink-3"> (changed {verdict.revision - 1}×)</span>
                ) : null}
                {verdict.comment ? (
                  <div className="text-sm text-ink-2">“{verdict.comment}”</div>
                ) : null}
              </td>
              <td>{verdict.criterion}</td>
              <td>
                {verdict.rater}
                {verdict.source === 'human' ? '' : ` (${verdict.source})`}
              </td>
              <td>{verdict.campaign}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
