import { Form, Link } from '@remix-run/react'
import { counted } from '#app/base/text.ts'
import { whole } from '#app/ui/figures.ts'
import { findingTitle } from './finding-titles.ts'
import type { PromptFacets } from './prompt-facets.server.ts'

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
  const found = new Map(findings.map((finding) => [finding.kind, finding]))
  return (
    <section className="card grid gap-4">
      <h2>Personal data and secrets</h2>
      <p className="max-w-[70ch] text-sm text-ink-2">
        What is removed is replaced by a mark in what raters see, on the pages of prompts and in new
        snapshots of datasets. The texts themselves stay as they came, so a site administrator can
        bring them back.
        {unprepared > 0
          ? ` ${counted(unprepared, 'prompt')} still to be looked through: the counts may grow.`
          : ''}
      </p>
      <Form method="post" className="grid gap-4">
        <div className="overflow-x-auto">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col" className="!whitespace-normal">
                  Remove from what raters see and from datasets
                </th>
                <th scope="col" className="max-md:hidden">
                  Shown in its place
                </th>
                <th scope="col" className="num">
                  Found
                </th>
                <th scope="col" className="num">
                  In prompts
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
                        {findingTitle(kind)}
                      </label>
                      {isRemoved && !mayBringBack ? (
                        <input type="hidden" name="kinds" value={kind} />
                      ) : null}
                    </td>
                    <td className="text-[13px] text-ink-2 max-md:hidden">{mark}</td>
                    <td className="num">{whole(finding?.times ?? 0)}</td>
                    <td className="num">
                      {finding ? (
                        <Link to={`/p/${slug}/prompts?finding=${kind}`} className="link">
                          {whole(finding.prompts)}
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
            Save
          </button>
          {mayBringBack ? null : (
            <span className="text-sm text-ink-3">
              What is removed already can be brought back by a site administrator alone.
            </span>
          )}
        </div>
      </Form>
    </section>
  )
}
