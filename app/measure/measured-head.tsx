import { NavLink, useLocation, useRevalidator } from '@remix-run/react'
import { type ReactNode, useEffect } from 'react'
import { ago } from '#app/ui/figures.ts'
import { PageHead } from '#app/ui/page.tsx'

export interface Freshness {
  measuredAt: number | null
  newer: number
  /** Whether what was asked for is still being measured. */
  isWaiting: boolean
  isNewerCapped: boolean
  now: number
}

const tabs = [
  ['', 'Standings'],
  ['head-to-head', 'Head-to-head'],
  ['agreement', 'Agreement'],
  ['drift', 'Drift'],
  ['judges', 'Judges'],
] as const

/** The pages whose figures follow the choices in the address. */
const keepsView: ReadonlySet<string> = new Set(['', 'head-to-head'])

/** The head of every page about a campaign's figures: what they say, and how fresh they are. */
export function MeasuredHead({
  slug,
  campaign,
  freshness,
  title,
  children,
}: {
  slug: string
  campaign: { id: string; name: string; kind: string; isSimulated: boolean }
  freshness: Freshness
  title: ReactNode
  children?: ReactNode
}) {
  const { revalidate } = useRevalidator()
  const { search } = useLocation()
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
              {campaign.name} · {campaign.kind}
              {campaign.isSimulated ? <span className="text-warn"> · simulated raters</span> : null}
            </span>
            <span className="grow" />
            <span className="text-ink-3" role="status">
              {freshness.newer > 0
                ? `${freshness.newer}${freshness.isNewerCapped ? ' or more' : ''} judgments newer than this, recomputing…`
                : freshness.isWaiting
                  ? 'measuring…'
                  : freshness.measuredAt === null
                    ? ''
                    : `up to date, measured ${ago(freshness.measuredAt, freshness.now)}`}
            </span>
          </div>
        }
        title={title}
      >
        {children}
      </PageHead>
      <nav aria-label="Figures" className="flex gap-5 overflow-x-auto border-b border-line">
        {tabs.map(([to, name]) => (
          <NavLink
            key={to}
            to={`/p/${slug}/measure/${campaign.id}${to ? `/${to}` : ''}${keepsView.has(to) ? search : ''}`}
            end
            className={({ isActive }) =>
              `-mb-px py-2 whitespace-nowrap ${isActive ? 'border-b-2 border-rubric font-semibold' : 'font-medium text-ink-2'}`
            }
          >
            {name}
          </NavLink>
        ))}
      </nav>
    </>
  )
}
