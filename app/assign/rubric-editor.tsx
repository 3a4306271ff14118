import { Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { TextField } from '#app/ui/field.tsx'

interface DraftCriterion {
  key: number
  title: string
  anchors: string[]
}

const fresh = (key: number, title = ''): DraftCriterion => ({
  key,
  title,
  anchors: Array(5).fill(''),
})

/** The criteria of a rubric, each a scale whose points may carry a text. Sent as JSON in one field. */
export function RubricEditor({ name, error }: { name: string; error?: string | undefined }) {
  const [criteria, setCriteria] = useState([fresh(0, 'Helpfulness')])
  const change = (key: number, next: Partial<DraftCriterion>) =>
    setCriteria(criteria.map((one) => (one.key === key ? { ...one, ...next } : one)))
  const value = criteria.map(({ title, anchors }) => ({
    title,
    points: anchors.map((anchor, place) => ({
      value: place + 1,
      label: String(place + 1),
      anchor,
    })),
  }))
  return (
    <div className="grid gap-4">
      <input type="hidden" name={name} value={JSON.stringify(value)} />
      {criteria.map((criterion, place) => (
        <fieldset key={criterion.key} className="grid gap-3 rounded-lg border border-line p-4">
          <legend className="px-1 text-sm font-semibold">Criterion {place + 1}</legend>
          <div className="flex items-end gap-3">
            <div className="grow">
              <TextField
                label="What is scored"
                value={criterion.title}
                onChange={(event) => change(criterion.key, { title: event.currentTarget.value })}
              />
            </div>
            <label className="grid gap-1.5 text-sm font-semibold">
              Points
              <select
                className="input"
                value={criterion.anchors.length}
                onChange={(event) => {
                  const count = Number(event.currentTarget.value)
                  const anchors = Array.from(
                    { length: count },
                    (_, at) => criterion.anchors[at] ?? '',
                  )
                  change(criterion.key, { anchors })
                }}
              >
                {[2, 3, 4, 5, 6, 7].map((count) => (
                  <option key={count} value={count}>
                    {count}
                  </option>
                ))}
              </select>
            </label>
            <button
              type="button"
              className="btn btn-quiet"
              disabled={criteria.length === 1}
              onClick={() => setCriteria(criteria.filter((one) => one.key !== criterion.key))}
              aria-label={`Remove criterion ${place + 1}`}
            >
              <Trash2 size={16} aria-hidden="true" />
            </button>
          </div>
          <div className="grid gap-2 sm:grid-cols-2">
            {criterion.anchors.map((anchor, at) => (
              <label key={at} className="flex items-center gap-2 text-sm">
                <kbd>{at + 1}</kbd>
                <input
                  className="input"
                  value={anchor}
                  placeholder={
                    at === 0
                      ? 'what the lowest point means'
                      : at === criterion.anchors.length - 1
                        ? 'what the highest point means'
                        : ''
                  }
                  aria-label={`What point ${at + 1} means`}
                  onChange={(event) => {
                    const anchors = [...criterion.anchors]
                    anchors[at] = event.currentTarget.value
                    change(criterion.key, { anchors })
                  }}
                />
              </label>
            ))}
          </div>
        </fieldset>
      ))}
      {error ? <p className="text-sm text-danger">{error}</p> : null}
      <button
        type="button"
        className="btn justify-self-start"
        onClick={() =>
          setCriteria([...criteria, fresh(Math.max(...criteria.map((one) => one.key)) + 1)])
        }
      >
        <Plus size={16} aria-hidden="true" /> Criterion
      </button>
    </div>
  )
}
