import { Form, Link } from '@remix-run/react'
import { whole } from '#app/ui/figures.ts'
import { LocalTime } from '#app/ui/local-time.tsx'
import type { OpenFlag } from './flags.server.ts'

/** Tasks that raters flagged and nobody has dealt with yet. */
export function CampaignFlags({
  slug,
  campaignId,
  flags,
  count,
}: {
  slug: string
  campaignId: string
  flags: readonly OpenFlag[]
  /** How many wait altogether. */
  count: number
}) {
  if (flags.length === 0) return null
  return (
    <section className="card grid gap-3" aria-labelledby="flags">
      <h2 id="flags">Flagged by raters</h2>
      {count > flags.length ? (
        <p className="text-sm text-ink-2">
          The oldest {whole(flags.length)} of {whole(count)}.
        </p>
      ) : null}
      <ul className="grid gap-3">
        {flags.map((flag) => (
          <li key={flag.id} className="grid gap-2 rounded-lg border border-line p-3.5">
            <p dir="auto">{flag.reason || 'No reason given.'}</p>
            <p className="text-sm text-ink-2">
              {flag.pseudonym}, <LocalTime time={flag.created_at} />, on{' '}
              <Link to={`/p/${slug}/prompts/${flag.promptId}`} className="link" dir="auto">
                {flag.preview || 'a prompt without words'}
              </Link>{' '}
              ·{' '}
              <Link
                to={`/p/${slug}/assign/${campaignId}/adjudicate/${flag.taskId}`}
                className="link"
              >
                as it was shown
              </Link>
            </p>
            <Form method="post" className="flex flex-wrap items-center gap-2">
              <input type="hidden" name="flag" value={flag.id} />
              <input
                name="reason"
                className="input !w-64 grow"
                aria-label={`What was done about the flag of ${flag.pseudonym}`}
                placeholder="What was done (optional)"
                maxLength={2000}
              />
              <button type="submit" name="intent" value="resolve-flag" className="btn">
                Resolve
              </button>
              <button
                type="submit"
                name="intent"
                value="withdraw-flagged"
                className="btn btn-quiet"
                title="Nobody gets this task any more. What was judged of it stays and counts."
              >
                Withdraw the task
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  )
}
