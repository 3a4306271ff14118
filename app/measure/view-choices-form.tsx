/** How a campaign's judgments are to be counted: every choice is in the address. */
import { Form, Link, useSubmit } from '@remix-run/react'
import type { SourceChoice, ViewChoices } from './view-choices.ts'

const sourceNames: Record<SourceChoice, string> = {
  human: 'People',
  'human,adjudicator': 'People and adjudicators',
  'human,judge': 'People and judges',
  judge: 'Judges alone',
}

const options = {
  ties: { half: 'Half a win each', drop: 'Left out' },
  both_bad: { half: 'Half a win each', drop: 'Left out' },
  control: { none: 'As they are', length: 'At equal length' },
  interval: { prompt: 'By prompt', judgment: 'By judgment (too narrow)' },
  sources: sourceNames,
} as const

const names = {
  ties: 'Ties',
  both_bad: 'Both bad',
  control: 'Ratings',
  interval: 'Intervals',
  sources: 'Verdicts of',
} as const satisfies Record<keyof typeof options, string>

export function ViewChoicesForm({
  choices,
  tags,
  isPlain,
}: {
  choices: ViewChoices
  tags: readonly string[]
  /** Whether nothing is chosen other than usual. */
  isPlain: boolean
}) {
  const submit = useSubmit()
  return (
    <details className="text-sm" open={!isPlain}>
      <summary className="text-ink-2">
        How judgments are counted: {isPlain ? 'as usual' : inWords(choices)}
      </summary>
      <Form
        method="get"
        aria-label="How judgments are counted"
        className="mt-2 flex flex-wrap items-end gap-x-4 gap-y-2"
        onChange={(event) =>
          submit(event.currentTarget, { replace: true, preventScrollReset: true })
        }
      >
        {(Object.keys(names) as (keyof typeof names)[]).map((name) => (
          <label key={name} className="grid gap-1 text-ink-2">
            {names[name]}
            <select
              name={name}
              key={choices[name]}
              defaultValue={choices[name]}
              className="input !w-auto"
            >
              {Object.entries(options[name]).map(([value, words]) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        ))}
        {tags.length > 0 ? (
          <label className="grid gap-1 text-ink-2">
            Prompts tagged
            <select
              name="tag"
              key={choices.tag ?? ''}
              defaultValue={choices.tag ?? ''}
              className="input !w-auto max-w-48"
            >
              <option value="">All prompts</option>
              {tags.map((tag) => (
                <option key={tag} value={tag}>
                  {tag}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <noscript>
          <button type="submit" className="btn">
            Show
          </button>
        </noscript>
        {isPlain ? null : (
          <Link to="." className="link pb-2">
            As usual
          </Link>
        )}
      </Form>
    </details>
  )
}

/** What is chosen other than usual. */
const inWords = (choices: ViewChoices): string =>
  [
    choices.ties === 'drop' ? 'ties left out' : '',
    choices.both_bad === 'drop' ? 'both bad left out' : '',
    choices.control === 'length' ? 'ratings at equal length' : '',
    choices.interval === 'judgment' ? 'intervals by judgment' : '',
    choices.sources === 'human' ? '' : sourceNames[choices.sources].toLowerCase(),
    choices.tag === undefined ? '' : `prompts tagged “${choices.tag}”`,
  ]
    .filter((words) => words !== '')
    .join(', ')
