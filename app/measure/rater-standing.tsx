import { Pause } from 'lucide-react'
import { counted } from '#app/base/text.ts'
import type { RaterOnPage } from './rater-page.server.ts'

const phases = {
  training: 'in training',
  qualifying: 'in qualification',
  working: '',
  failed: 'did not pass the qualification',
} as const

/** Where a rater stands in a campaign, in a few words; nothing where there is nothing to say. */
export function RaterStanding({ rater }: { rater: RaterOnPage }) {
  const words = [
    rater.isSimulated ? 'simulated' : '',
    rater.kind === 'imported' ? 'imported' : '',
    rater.isBelowMark ? 'did not pass the qualification, works all the same' : phases[rater.phase],
    rater.sitting > 0 && rater.phase === 'qualifying' ? `sitting ${rater.sitting + 1}` : '',
    rater.inHand > 0 ? `${counted(rater.inHand, 'task')} in hand` : '',
  ].filter(Boolean)
  const isPaused = rater.status === 'paused'
  if (words.length === 0 && !isPaused) return null
  return (
    <span className="block text-[13px] text-ink-2">
      {isPaused ? (
        <span className="text-warn">
          <Pause size={12} aria-hidden="true" className="mr-1 inline align-[-1px]" />
          paused{rater.pausedReason ? `: ${rater.pausedReason}` : ''}
        </span>
      ) : null}
      {isPaused && words.length > 0 ? ' · ' : ''}
      {words.join(' · ')}
    </span>
  )
}
