/** What each style is worth to judges: a sentence for each, and the figures behind it. */
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import { oddsFrom, styleSentence } from './finding.ts'
import { measuredSayIn } from './measured-words.ts'
import type { StyleEffect } from './standings.ts'
import { standingsSayIn } from './standings-words.ts'

export function StyleTable({ styles }: { styles: readonly StyleEffect[] }) {
  const { say, figures, language } = useSaying(standingsSayIn)
  const { say: shared } = useSaying(measuredSayIn)
  const odds = (effect: number) => oddsFrom(effect, language)
  return (
    <section aria-labelledby="styles" className="card grid gap-3">
      <h2 id="styles">{say('styles')}</h2>
      <ul className="grid max-w-[75ch] gap-1">
        {styles.map((effect) => (
          <li key={effect.style}>{styleSentence(effect, language)}</li>
        ))}
      </ul>
      <WideBox label={say('stylesTable')}>
        <table className="data-table">
          <caption className="sr-only">{say('stylesTable')}</caption>
          <thead>
            <tr>
              <th scope="col">{say('style')}</th>
              {[say('odds'), shared('interval'), say('pValue')].map((name) => (
                <th key={name} scope="col" className="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {styles.map(({ style, value, low, high, p_value }) => (
              <tr key={style}>
                <td>{say(`style.${style}`)}</td>
                <td className="num">{low === null ? '–' : odds(value)}</td>
                <td className="num whitespace-nowrap">
                  {low === null || high === null ? '–' : `${odds(low)}–${odds(high)}`}
                </td>
                <td className="num">{figures.probability(p_value)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
      <p className="max-w-[75ch] text-sm text-ink-2">{say('stylesHint')}</p>
    </section>
  )
}
