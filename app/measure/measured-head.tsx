import { NavLink, useLocation, useRevalidator } from '@remix-run/react'
import { type ReactNode, useEffect } from 'react'
import { ago } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import type { Language } from '#app/ui/languages.ts'
import { PageHead } from '#app/ui/page.tsx'
import { useCurrentInSight } from '#app/ui/use-current-in-sight.ts'
import { measuredSayIn } from './measured-words.ts'

export interface Freshness {
  measuredAt: number | null
  newer: number
  /** Whether what was asked for is still being measured. */
  isWaiting: boolean
  isNewerCapped: boolean
  now: number
}

const tabs = [
  ['', 'standings'],
  ['head-to-head', 'head-to-head'],
  ['agreement', 'agreement'],
  ['consensus', 'consensus'],
  ['drift', 'drift'],
  ['judges', 'judges'],
  ['plan', 'plan'],
] as const

/** The pages whose figures follow the choices in the address. */
const keepsView: ReadonlySet<string> = new Set(['', 'head-to-head'])

/** How far the figures of a page are those of the newest judgments. */
export function freshnessWords(
  { newer, isNewerCapped, isWaiting, measuredAt, now }: Freshness,
  language: Language,
): string {
  const say = measuredSayIn(language)
  if (newer > 0) return say(isNewerCapped ? 'newerOrMore' : 'newer', { judgments: String(newer) })
  if (isWaiting) return say('measuring')
  return measuredAt === null ? '' : say('upToDate', { ago: ago(measuredAt, now, language) })
}

/** The head of every page about a campaign's figures: what they say, and how fresh they are. */
export function MeasuredHead({
  slug,
  campaign,
  freshness,
  title,
  children,
}: {
  slug: string
  campaign: {
    id: string
    name: string
    kind: 'pairwise' | 'rubric' | 'ranking'
    isSimulated: boolean
  }
  freshness: Freshness
  title: ReactNode
  children?: ReactNode
}) {
  const { revalidate } = useRevalidator()
  const { search } = useLocation()
  const { say, language } = useSaying(measuredSayIn)
  const row = useCurrentInSight()
  const isBehind = freshness.newer > 0 || freshness.isWaiting
  useEffect(() => {
    if (!isBehind) return
    const timer = setInterval(revalidate, 1_500)
    return () => clearInterval(timer)
  }, [isBehind, revalidate])
  return (
    <>
      <PageHead
        eyebrow={
          <div className="flex flex-wrap gap-x-3">
            <span>
              {campaign.name} · {say(`kind.${campaign.kind}`)}
              {campaign.isSimulated ? (
                <span className="text-warn"> · {say('simulated')}</span>
              ) : null}
            </span>
            <span className="grow" />
            <span className="text-ink-3" role="status">
              {freshnessWords(freshness, language)}
            </span>
          </div>
        }
        title={title}
      >
        {children}
      </PageHead>
      <nav
        ref={row}
        aria-label={say('figures')}
        className="flex gap-5 overflow-x-auto border-b border-line"
      >
        {tabs.map(([to, name]) => (
          <NavLink
            key={to}
            to={`/p/${slug}/measure/${campaign.id}${to ? `/${to}` : ''}${keepsView.has(to) ? search : ''}`}
            end
            className={({ isActive }) =>
              `-mb-px py-2 whitespace-nowrap ${isActive ? 'border-b-2 border-rubric font-semibold' : 'font-medium text-ink-2'}`
            }
          >
            {say(`tab.${name}`)}
          </NavLink>
        ))}
      </nav>
    </>
  )
}
