import { useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { promptSayIn } from './prompt-words.ts'
import type { listVerdicts } from './prompts.server.ts'

type Verdict = Awaited<ReturnType<typeof listVerdicts>>[number]

/** @example 'alpha is much better than beta' */
function wordsOf(
  { winner, strength, score, label_a, label_b }: Verdict,
  language: Language,
): string {
  const say = promptSayIn(language)
  if (winner === null) return `${label_a ?? ''}: ${figuresOf(language).decimal(score, 0)}`
  const pair = { one: label_a ?? 'a', other: label_b ?? 'b' }
  if (winner === 'tie') return say('same', pair)
  if (winner === 'both_bad') return say('bothBad', pair)
  if (winner === 'cant_judge') return say('cantJudge', pair)
  const [better, worse] = winner === 'a' ? [label_a, label_b] : [label_b, label_a]
  return say(strength === 2 ? 'muchBetter' : 'better', {
    better: String(better),
    worse: String(worse),
  })
}

/** What raters said of the responses to a prompt. */
export function Verdicts({ verdicts }: { verdicts: readonly Verdict[] }) {
  const { say, language } = useSaying(promptSayIn)
  if (verdicts.length === 0) return null
  return (
    <section className="card overflow-x-auto">
      <h2 className="mb-2">{say('judgments')}</h2>
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col">{say('verdict')}</th>
            <th scope="col">{say('question')}</th>
            <th scope="col">{say('rater')}</th>
            <th scope="col">{say('campaign')}</th>
          </tr>
        </thead>
        <tbody>
          {verdicts.map((verdict) => (
            <tr key={`${verdict.id}${verdict.criterion}${verdict.position}`}>
              <td>
                {wordsOf(verdict, language)}
                {verdict.revision > 1 ? (
                  <span className="text-ink-3">
                    {' '}
                    {say('changed', { times: verdict.revision - 1 })}
                  </span>
                ) : null}
                {verdict.comment ? (
                  <div className="text-sm text-ink-2">“{verdict.comment}”</div>
                ) : null}
              </td>
              <td>{verdict.criterion}</td>
              <td>
                {verdict.rater}
                {verdict.source === 'human' ? '' : ` (${say(`source.${verdict.source}`)})`}
              </td>
              <td>{verdict.campaign}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
