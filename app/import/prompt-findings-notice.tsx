import { Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { findingTitleIn, leftToSee, namesItsModel } from './finding-titles.ts'
import type { PromptFacets } from './prompt-facets.server.ts'
import { promptSayIn } from './prompt-words.ts'

/** What raters would see that they perhaps should not, said before any of them does. */
export function FindingsNotice({
  slug,
  findings,
  unprepared,
  removed,
}: Pick<PromptFacets, 'findings' | 'unprepared'> & {
  slug: string
  removed: readonly string[]
}) {
  const { say, language } = useSaying(promptSayIn)
  const seen = leftToSee(findings, removed)
  const naming = findings.find(({ kind }) => kind === namesItsModel)
  const link = (kind: string, words: string) => (
    <Link to={`/p/${slug}/prompts?finding=${kind}`} className="link">
      {words}
    </Link>
  )
  if (unprepared === 0 && seen.length === 0 && !naming) return null
  return (
    <div className="grid max-w-[860px] gap-3">
      {unprepared > 0 ? <Notice>{say('stillLooking', { count: unprepared })}</Notice> : null}
      {seen.length > 0 ? (
        <Notice tone="warning">
          <p>{say('ratersWillSee')}</p>
          <ul className="my-1.5 list-disc pl-5">
            {seen.map(({ kind, prompts }) => (
              <li key={kind}>
                {findingTitleIn(language)(kind)} {say('inTextsOf')}{' '}
                {link(kind, say('countPrompts', { count: prompts }))}
              </li>
            ))}
          </ul>
          <p>
            {say('decideIn')}{' '}
            <Link to={`/p/${slug}/settings`} className="link">
              {say('settings')}
            </Link>{' '}
            {say('decideWhat')}
          </p>
        </Notice>
      ) : null}
      {naming ? (
        <Notice tone="warning">
          {say('responsesTo')} {link(namesItsModel, say('countPrompts', { count: naming.prompts }))}{' '}
          {say('nameModel')}
        </Notice>
      ) : null}
    </div>
  )
}
