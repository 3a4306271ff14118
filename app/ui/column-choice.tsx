/** Which columns of a table are shown. */
export function ColumnChoice({
  title,
  legend,
  columns,
  shown,
  onToggle,
}: {
  title: string
  legend: string
  columns: readonly { id: string; name: string }[]
  shown: readonly string[]
  onToggle: (id: string) => void
}) {
  return (
    <details>
      <summary className="w-fit text-sm text-ink-2">{title}</summary>
      <fieldset className="mt-3 flex flex-wrap gap-2">
        <legend className="sr-only">{legend}</legend>
        {columns.map(({ id, name }) => (
          <label key={id} className="chip has-focus-visible:outline-2">
            <input
              type="checkbox"
              className="accent-act"
              checked={shown.includes(id)}
              onChange={() => onToggle(id)}
            />
            {name}
          </label>
        ))}
      </fieldset>
    </details>
  )
}
