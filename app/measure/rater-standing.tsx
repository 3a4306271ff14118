import { Pause } from 'lucide-react'
import { useSaying } from '#app/ui/language.tsx'
import type { RaterOnPage } from './rater-page.server.ts'
import { ratersSayIn } from './raters-words.ts'

/** Where a rater stands in a campaign, in a few words; nothing where there is nothing to say. */
export function RaterStanding({ rater }: { rater: RaterOnPage }) {
  const { say } = useSaying(ratersSayIn)
  const phase = rater.phase === 'working' ? '' : say(`phase.${rater.phase}`)
  const words = [
    rater.isSimulated ? say('simulated') : '',
    rater.kind === 'imported' ? say('imported') : '',
    rater.isBelowMark ? say('belowMark') : phase,
    rater.sitting > 0 && rater.phase === 'qualifying'
      ? say('sitting', { number: String(rater.sitting + 1) })
      : '',
    rater.inHand > 0 ? say('inHand', { count: rater.inHand }) : '',
  ].filter(Boolean)
  const isPaused = rater.status === 'paused'
  if (words.length === 0 && !isPaused) return null
  return (
    <span className="block text-[13px] text-ink-2">
      {isPaused ? (
        <span className="text-warn">
          <Pause size={12} aria-hidden="true" className="mr-1 inline align-[-1px]" />
          {rater.pausedReason ? say('pausedFor', { reason: rater.pausedReason }) : say('paused')}
        </span>
      ) : null}
      {isPaused && words.length > 0 ? ' · ' : ''}
      {words.join(' · ')}
    </span>
  )
}
