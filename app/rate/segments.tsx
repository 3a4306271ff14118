import { type ReactNode, useEffect, useRef } from 'react'

export interface Segment {
  id: string
  label: string
  /** What a screen reader says more than the label, and what hovering shows. */
  more?: string
  /** The key that chooses it. */
  keys?: string
}

const sizes = {
  large: 'min-h-15 gap-1.5 px-1 py-2 text-[14px] max-md:text-[12.5px]',
  small: 'min-h-9 gap-2 px-1 py-1 text-[13.5px] max-md:min-h-11 max-md:text-[12.5px]',
}

/** One of several, as a row of segments: a radio group whose keys are drawn on it. */
export function Segments({
  title,
  segments,
  chosen,
  size = 'small',
  onChoose,
  onFocus,
  onLook,
}: {
  title: string
  segments: readonly Segment[]
  chosen: string | undefined
  size?: keyof typeof sizes
  onChoose: (id: string) => void
  onFocus?: () => void
  /** A segment under the pointer or in focus, or none. */
  onLook?: (id: string | undefined) => void
}) {
  const group = useRef<HTMLDivElement>(null)
  const reached = chosen ?? segments[0]?.id
  // The arrows change the choice from anywhere; where the group has the focus it goes along.
  useEffect(() => {
    const inside = group.current?.contains(document.activeElement)
    if (!inside || chosen === undefined) return
    group.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus()
  }, [chosen])
  return (
    <div
      ref={group}
      role="radiogroup"
      aria-label={title}
      className="grid w-full overflow-hidden rounded-[10px] border border-line-strong bg-surface"
      style={{ gridTemplateColumns: `repeat(${segments.length}, minmax(0, 1fr))` }}
      onMouseLeave={() => onLook?.(undefined)}
      onBlur={() => onLook?.(undefined)}
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
            onFocus={() => {
              onFocus?.()
              onLook?.(id)
            }}
            onMouseEnter={() => onLook?.(id)}
            onClick={() => onChoose(id)}
            className={`relative flex flex-wrap content-center items-center justify-center border-line text-center leading-tight font-medium [overflow-wrap:anywhere] -outline-offset-2 not-first:border-l ${sizes[size]} ${segments.length > 5 ? 'max-md:!px-0.5 max-md:!text-[11px]' : ''} ${size === 'large' ? 'flex-col' : ''} ${isOn ? 'bg-act font-semibold text-on-act' : 'text-ink-2 hover:bg-sunken'}`}
          >
            {label}
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
