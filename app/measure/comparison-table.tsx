import { Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { Comparison } from './comparisons.server.ts'
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
            <th scope="col">{say('prompt')}</th>
            {[one, say('ties'), other, say('both_bad'), say('cant_judge')].map((name, place) => (
              <th key={`${place} ${name}`} scope="col" className="num">
                {name}
              </th>
            ))}
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
