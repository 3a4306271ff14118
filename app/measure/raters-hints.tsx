import { Link } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { ratersSayIn } from './raters-words.ts'

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
  const { say } = useSaying(ratersSayIn)
  if (hasGold && hasRepeats) return null
  // The place of the link is left open, and the link put there.
  const [before, after] = say(kind === 'rubric' ? 'noRepeatsRubric' : 'noRepeats').split(
    '{settings}',
  )
  const place = `/p/${slug}/assign/${campaignId}`
  return (
    <ul className="grid gap-1 text-sm text-ink-2">
      {hasGold ? null : (
        <li>
          {say('noGold')}{' '}
          <Link to={`${place}/gold`} className="link">
            {say('makeGold')}
          </Link>
        </li>
      )}
      {hasRepeats ? null : (
        <li>
          {before}
          <Link to={place} className="link">
            {say('settings')}
          </Link>
          {after}
        </li>
      )}
    </ul>
  )
}
