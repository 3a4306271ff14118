/** In: what is known of a campaign. Out: what a lead should look at, in words, each with its place. */
import type { Language } from '#app/ui/languages.ts'
import { alarmsOf, stepSentence } from './drift-finding.ts'
import type { DriftShown } from './drift-shown.ts'
import { overviewSayIn } from './overview-words.ts'

export interface Attention {
  words: string
  href: string
}

export interface AttentionInput {
  /** The project's address. */
  base: string
  campaignId: string
  /** Disagreements that wait for a decision; null where the reader may not decide. */
  doubtful: { count: number; isCapped: boolean } | null
  /** Raters with signals. */
  flaggedRaters: number
  /** Tasks that raters flagged and nobody looked at. */
  openFlags: number
  drift: DriftShown | null
  /** Whether even the earliest end that is forecast comes after the deadline. */
  missesDeadline: boolean
}

/** What waits for a lead in a campaign, what concerns the models first. */
export function attentionIn(
  { base, campaignId, doubtful, flaggedRaters, openFlags, drift, missesDeadline }: AttentionInput,
  language: Language,
): Attention[] {
  const say = overviewSayIn(language)
  const assign = `${base}/assign/${campaignId}`
  const [first] = drift ? alarmsOf(drift) : []
  const alarms = drift?.series.reduce((sum, { all }) => sum + all.alarms, 0) ?? 0
  return [
    ...(first
      ? [
          {
            words: [
              stepSentence(first.series, first.step, language),
              ...(alarms > 1 ? [say('moreAlarms', { count: alarms - 1 })] : []),
            ].join(' '),
            href: `${base}/measure/${campaignId}/drift`,
          },
        ]
      : []),
    ...(doubtful && doubtful.count > 0
      ? [
          {
            words: say(doubtful.isCapped ? 'manyDoubtful' : 'doubtful', { count: doubtful.count }),
            href: `${assign}/adjudicate`,
          },
        ]
      : []),
    ...(flaggedRaters > 0
      ? [{ words: say('flaggedRaters', { count: flaggedRaters }), href: `${assign}/raters` }]
      : []),
    ...(openFlags > 0
      ? [{ words: say('openFlags', { count: openFlags }), href: `${assign}#flags` }]
      : []),
    ...(missesDeadline ? [{ words: say('missesDeadline'), href: assign }] : []),
  ]
}
