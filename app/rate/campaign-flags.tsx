import { Form, Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { LocalTime } from '#app/ui/local-time.tsx'
import type { OpenFlag } from './flags.server.ts'
import { leadSayIn } from './lead-words.ts'

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
  const { say } = useSaying(leadSayIn)
  if (flags.length === 0) return null
  return (
    <section className="card grid gap-3" aria-labelledby="flags">
      <h2 id="flags">{say('flags')}</h2>
      {count > flags.length ? (
        <p className="text-sm text-ink-2">{say('oldestFlags', { shown: flags.length, count })}</p>
      ) : null}
      <ul className="grid gap-3">
        {flags.map((flag) => (
          <li key={flag.id} className="grid gap-2 rounded-lg border border-line p-3.5">
            <p dir="auto">{flag.reason || say('noFlagReason')}</p>
            <p className="text-sm text-ink-2">
              {flag.pseudonym}, <LocalTime time={flag.created_at} />, {say('flagOn')}{' '}
              <Link to={`/p/${slug}/prompts/${flag.promptId}`} className="link" dir="auto">
                {flag.preview || say('wordless')}
              </Link>{' '}
              ·{' '}
              <Link
                to={`/p/${slug}/assign/${campaignId}/adjudicate/${flag.taskId}`}
                className="link"
              >
                {say('asShown')}
              </Link>
            </p>
            <Form method="post" className="flex flex-wrap items-center gap-2">
              <input type="hidden" name="flag" value={flag.id} />
              <input
                name="reason"
                className="input !w-64 grow"
                aria-label={say('flagDone', { rater: flag.pseudonym })}
                placeholder={say('flagDoneHint')}
                maxLength={2000}
              />
              <button type="submit" name="intent" value="resolve-flag" className="btn">
                {say('resolve')}
              </button>
              <button
                type="submit"
                name="intent"
                value="withdraw-flagged"
                className="btn btn-quiet"
                title={say('withdrawHint')}
              >
                {say('withdraw')}
              </button>
            </Form>
          </li>
        ))}
      </ul>
    </section>
  )
}
