import type { Criterion } from '#app/assign/campaign.ts'

export type Scores = Readonly<Record<string, number>>

/** Criteria as rows of anchored points; the focused row takes the number keys. */
export function RubricScales({
  criteria,
  scores,
  focused,
  onFocus,
  onScore,
}: {
  criteria: readonly Criterion[]
  scores: Scores
  focused: number
  onFocus: (place: number) => void
  onScore: (criterionId: string, value: number) => void
}) {
  return (
    <div className="grid w-full max-w-[1000px] gap-1.5">
      {criteria.map((criterion, place) => {
        if (criterion.definition.kind !== 'scale') return null
        const isFocused = place === focused
        const { points } = criterion.definition
        const chosen = points.find((point) => point.value === scores[criterion.id])
        return (
          <div
            key={criterion.id}
            role="radiogroup"
            aria-label={criterion.title}
            className={`grid items-center gap-x-4 gap-y-1 rounded-lg border px-3 py-1.5 sm:grid-cols-[11rem_minmax(0,1fr)] ${isFocused ? 'border-act-line bg-act-soft' : 'border-transparent'}`}
          >
            <span className="font-semibold">{criterion.title}</span>
            <div className="grid gap-1">
              <div className="flex overflow-hidden rounded-lg border border-line-strong bg-surface">
                {points.map((point, at) => {
                  const isOn = scores[criterion.id] === point.value
                  return (
                    // biome-ignore lint/a11y/useSemanticElements: a radio that looks like a segment.
                    <button
                      key={point.value}
                      type="button"
                      role="radio"
                      aria-checked={isOn}
                      aria-label={point.anchor ? `${point.label}: ${point.anchor}` : point.label}
                      title={point.anchor}
                      onFocus={() => onFocus(place)}
                      onClick={() => onScore(criterion.id, point.value)}
                      className={`grid min-h-9 grow basis-0 place-content-center border-line font-semibold not-first:border-l ${isOn ? 'bg-act text-on-act' : 'text-ink-2 hover:bg-sunken'}`}
                    >
                      {point.label === String(at + 1) ? point.label : `${point.label} (${at + 1})`}
                    </button>
                  )
                })}
              </div>
              <Anchors points={points} chosen={chosen} />
            </div>
          </div>
        )
      })}
    </div>
  )
}

type Point = { value: number; label: string; anchor: string }

/** What the chosen point means; before a choice, what the ends mean. */
function Anchors({ points, chosen }: { points: readonly Point[]; chosen: Point | undefined }) {
  if (chosen?.anchor) {
    return (
      <p className="text-[13px] text-ink-2">
        {chosen.label}: {chosen.anchor}
      </p>
    )
  }
  const named = points.filter((point) => point.anchor !== '')
  if (named.length === 0) return null
  return (
    <p className="text-[13px] text-ink-2">
      {named.map((point) => `${point.label}: ${point.anchor}`).join(' · ')}
    </p>
  )
}
