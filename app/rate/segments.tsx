import { type ReactNode, useEffect, useRef } from 'react'

export interface Segment {
  id: string
  label: string
  /** What it means, where the label does not say it; shown with the label. */
  more?: string
  /** The key that chooses it. */
  keys?: string
}

const sizes = {
  large: 'min-h-15 gap-1.5 px-1 py-2 text-[14px] max-md:text-[12.5px]',
  small: 'min-h-9 gap-2 px-1 py-1 text-[13.5px] max-md:min-h-11 max-md:text-[12.5px]',
}

/** A segment with its meaning: below its label, or after it where there is no width for that. */
const explained = (isBeside: boolean): string => {
  const inLine = 'grid-cols-[auto_minmax(0,1fr)] items-baseline content-center'
  const below =
    'md:grid-cols-1 md:content-start md:justify-items-center md:text-center md:items-start'
  const besides =
    'min-[75rem]:grid-cols-[auto_minmax(0,1fr)] min-[75rem]:content-center min-[75rem]:items-baseline min-[75rem]:justify-items-start min-[75rem]:text-left'
  return `grid gap-x-3 gap-y-0.5 px-3 py-1.5 text-left text-[13.5px] max-md:min-h-11 md:px-2 ${inLine} ${below} ${isBeside ? besides : ''}`
}

/** One of several, as a row of segments: a radio group whose keys are drawn on it. */
export function Segments({
  title,
  segments,
  chosen,
  size = 'small',
  isBeside = false,
  onChoose,
  onFocus,
}: {
  title: string
  segments: readonly Segment[]
  chosen: string | undefined
  size?: keyof typeof sizes
  onChoose: (id: string) => void
  onFocus?: () => void
  /** Whether it stands in the column beside the responses where the screen is wide. */
  isBeside?: boolean
}) {
  const group = useRef<HTMLDivElement>(null)
  const reached = chosen ?? segments[0]?.id
  // The arrows change the choice from anywhere; where the group has the focus it goes along.
  useEffect(() => {
    const inside = group.current?.contains(document.activeElement)
    if (!inside || chosen === undefined) return
    group.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus()
  }, [chosen])
  const isExplained = segments.some(({ more }) => more)
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label={title}
      className={`grid w-full gap-px overflow-hidden rounded-[10px] border border-line-strong bg-line ${isExplained ? `md:grid-cols-[repeat(var(--points),minmax(0,1fr))] ${isBeside ? 'min-[75rem]:grid-cols-1' : ''}` : 'grid-cols-[repeat(var(--points),minmax(0,1fr))]'}`}
      style={{ ['--points' as string]: segments.length }}
    >
      {segments.map(({ id, label, more, keys }) => {
        const isOn = chosen === id
        return (
          // biome-ignore lint/a11y/useSemanticElements: a radio that looks like a segment; the group carries the keys.
          <button
            key={id}
            type="button"
            role="radio"
            aria-checked={isOn}
            aria-label={more ? `${label}: ${more}` : label}
            tabIndex={id === reached ? 0 : -1}
            onFocus={onFocus}
            onClick={() => onChoose(id)}
            className={`relative leading-tight font-medium [overflow-wrap:anywhere] -outline-offset-2 ${isExplained ? explained(isBeside) : `flex flex-wrap content-center items-center justify-center text-center ${sizes[size]} ${segments.length > 5 ? 'max-md:!px-0.5 max-md:!text-[11px]' : ''} ${size === 'large' ? 'flex-col' : ''}`} ${isOn ? 'bg-act font-semibold text-on-act' : 'bg-surface text-ink-2 hover:bg-sunken'}`}
          >
            {isExplained ? <span className="min-w-3 font-semibold">{label}</span> : label}
            {more ? (
              <span dir="auto" className="text-[12.5px]">
                {more}
              </span>
            ) : null}
            {keys && keys !== label ? (
              <kbd
                className={`number-key max-[999px]:hidden ${size === 'small' ? 'absolute top-0.5 right-0.5 !min-h-0 !px-1 !py-0 !text-[10px]' : ''} ${isOn ? '!border-current !bg-transparent !text-inherit' : ''}`}
              >
                {keys}
              </kbd>
            ) : null}
          </button>
        )
      })}
    </div>
  )
}

/**
 * A key on a control; only where there is room, and only where the command has one. A number key is
 * drawn where it would be heard: on the question in focus.
 */
export function KeyOn({ children, isNumber = false }: { children: ReactNode; isNumber?: boolean }) {
  return children === '' ? null : (
    <span aria-hidden="true" className={`max-md:hidden ${isNumber ? 'number-key' : ''}`}>
      <kbd>{children}</kbd>
    </span>
  )
}
