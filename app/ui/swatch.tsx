const colors = 8

/** The colour of the nth thing of a kind: the same everywhere, from a palette safe for colour-blind eyes. */
export const colorOf = (place: number): string => `var(--m${(place % colors) + 1})`

/** A small square in that colour, beside a name. */
export function Swatch({ place }: { place: number }) {
  return (
    <span
      aria-hidden="true"
      className="mr-2 inline-block size-2.5 rounded-[3px]"
      style={{ background: colorOf(place) }}
    />
  )
}
