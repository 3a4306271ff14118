import { Form, Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { findingTitleIn } from './finding-titles.ts'
import type { PromptFacets } from './prompt-facets.server.ts'
import { promptSayIn } from './prompt-words.ts'

/** Which personal data and secrets a project removes from what it shows and gives away. */
export function RedactionSettings({
  slug,
  kinds,
  findings,
  unprepared,
  removed,
  mayBringBack,
}: Pick<PromptFacets, 'findings' | 'unprepared'> & {
  slug: string
  /** What can be removed, and what stands in its place. */
  kinds: readonly { kind: string; mark: string }[]
  removed: readonly string[]
  mayBringBack: boolean
}) {
  const { say, figures, language } = useSaying(promptSayIn)
  const found = new Map(findings.map((finding) => [finding.kind, finding]))
  return (
    <section className="card grid gap-4">
      <h2>{say('personal')}</h2>
      <p className="max-w-[70ch] text-sm text-ink-2">
        {say('redactionIntro')}
        {unprepared > 0 ? ` ${say('stillToLook', { count: unprepared })}` : ''}
      </p>
      <Form method="post" className="grid gap-4">
        <div className="overflow-x-auto">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col" className="!whitespace-normal">
                  {say('removeFrom')}
                </th>
                <th scope="col" className="max-md:hidden">
                  {say('inPlace')}
                </th>
                <th scope="col" className="num">
                  {say('foundTimes')}
                </th>
                <th scope="col" className="num">
                  {say('inPrompts')}
                </th>
              </tr>
            </thead>
            <tbody>
              {kinds.map(({ kind, mark }) => {
                const isRemoved = removed.includes(kind)
                const finding = found.get(kind)
                return (
                  <tr key={kind}>
                    <td>
                      <label className="flex items-center gap-2">
                        <input
                          type="checkbox"
                          name="kinds"
                          value={kind}
                          defaultChecked={isRemoved}
                          disabled={isRemoved && !mayBringBack}
                          className="accent-act"
                        />
                        {findingTitleIn(language)(kind)}
                      </label>
                      {isRemoved && !mayBringBack ? (
                        <input type="hidden" name="kinds" value={kind} />
                      ) : null}
                    </td>
                    <td lang="en" className="text-[13px] text-ink-2 max-md:hidden">
                      {mark}
                    </td>
                    <td className="num">{figures.whole(finding?.times ?? 0)}</td>
                    <td className="num">
                      {finding ? (
                        <Link to={`/p/${slug}/prompts?finding=${kind}`} className="link">
                          {figures.whole(finding.prompts)}
                        </Link>
                      ) : (
                        '0'
                      )}
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
        <div className="flex flex-wrap items-center gap-3">
          <button type="submit" name="intent" value="redaction" className="btn btn-primary">
            {say('save')}
          </button>
          {mayBringBack ? null : <span className="text-sm text-ink-3">{say('adminAlone')}</span>}
        </div>
      </Form>
    </section>
  )
}
