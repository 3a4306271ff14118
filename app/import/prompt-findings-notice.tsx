import { Link } from '@remix-run/react'
import { counted } from '#app/base/text.ts'
import { Notice } from '#app/ui/notice.tsx'
import { findingTitle, leftToSee, namesItsModel } from './finding-titles.ts'
import type { PromptFacets } from './prompt-facets.server.ts'

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
      {unprepared > 0 ? (
        <Notice>
          {counted(unprepared, 'prompt')} {unprepared === 1 ? 'is' : 'are'} still being looked
          through for personal data and secrets; more may be found than is said here.
        </Notice>
      ) : null}
      {seen.length > 0 ? (
        <Notice tone="warning">
          <p>Raters will see personal data or secrets that are not removed:</p>
          <ul className="my-1.5 list-disc pl-5">
            {seen.map(({ kind, prompts }) => (
              <li key={kind}>
                {findingTitle(kind)} in the texts of {link(kind, counted(prompts, 'prompt'))}
              </li>
            ))}
          </ul>
          <p>
            Decide in the{' '}
            <Link to={`/p/${slug}/settings`} className="link">
              settings
            </Link>{' '}
            what is removed from the texts before they are shown.
          </p>
        </Notice>
      ) : null}
      {naming ? (
        <Notice tone="warning">
          Responses to {link(namesItsModel, counted(naming.prompts, 'prompt'))} name the model that
          gave them, which tells raters what they should not know.
        </Notice>
      ) : null}
    </div>
  )
}
