import { Link } from '@remix-run/react'

/** What a campaign lacks for some figures, and where it is made. */
export function RatersHints({
  slug,
  campaignId,
  hasGold,
  hasRepeats,
  kind,
}: {
  slug: string
  campaignId: string
  hasGold: boolean
  hasRepeats: boolean
  kind: string
}) {
  if (hasGold && hasRepeats) return null
  const place = `/p/${slug}/assign/${campaignId}`
  return (
    <ul className="grid gap-1 text-sm text-ink-2">
      {hasGold ? null : (
        <li>
          No gold tasks yet, so nothing says who is right.{' '}
          <Link to={`${place}/gold`} className="link">
            Make some
          </Link>
        </li>
      )}
      {hasRepeats ? null : (
        <li>
          No hidden repeats yet, so nothing says who is steady.{' '}
          {kind === 'rubric' ? 'They' : 'They come with sides swapped, and'} are handed out at the
          rate that the{' '}
          <Link to={place} className="link">
            campaign’s settings
          </Link>{' '}
          say.
        </li>
      )}
    </ul>
  )
}
