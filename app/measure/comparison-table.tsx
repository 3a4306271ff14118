import { Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { Comparison } from './comparisons.server.ts'
import { TermHead } from './glossary-word.tsx'
import { standingsSayIn } from './standings-words.ts'

/** How two models came off on each prompt; a prompt leads to its responses and judgments. */
export function ComparisonTable({
  slug,
  one,
  other,
  rows,
}: {
  slug: string
  one: string
  other: string
  rows: readonly Comparison[]
}) {
  const { say, figures } = useSaying(standingsSayIn)
  return (
    <WideBox label={say('comparisons')}>
      <table className="data-table">
        <thead>
          <tr>
            <TermHead term="prompt" isText>
              {say('prompt')}
            </TermHead>
            <TermHead term="wins_of">{one}</TermHead>
            <TermHead term="ties">{say('ties')}</TermHead>
            <TermHead term="wins_of">{other}</TermHead>
            <TermHead term="both_bad">{say('both_bad')}</TermHead>
            <TermHead term="cant_judge">{say('cant_judge')}</TermHead>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ promptId, preview, wins, losses, ties, bothBad, cantJudge }) => (
            <tr key={promptId}>
              <th scope="row" className="min-w-56 text-left font-normal">
                <Link to={`/p/${slug}/prompts/${promptId}`} className="link">
                  {preview === '' ? say('promptWithoutText') : preview}
                </Link>
              </th>
              {[wins, ties, losses, bothBad, cantJudge].map((count, place) => (
                <td key={place} className="num">
                  {figures.whole(count)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}
