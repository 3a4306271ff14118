/** How a campaign's judgments are to be counted: every choice is in the address. */
import { Form, Link, useSubmit } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { type MeasuredSay, measuredSayIn } from './measured-words.ts'
import type { ViewChoices } from './view-choices.ts'

const options = {
  ties: ['half', 'drop'],
  both_bad: ['half', 'drop'],
  control: ['none', 'length'],
  interval: ['prompt', 'judgment'],
  sources: ['human', 'human,adjudicator', 'human,judge', 'judge'],
} as const satisfies { [Name in keyof ViewChoices]?: readonly ViewChoices[Name][] }

type Name = keyof typeof options

/** The choices of one name, each with its words. */
const offered = (name: Name, say: MeasuredSay): { value: string; words: string }[] => {
  switch (name) {
    case 'control':
      return options[name].map((value) => ({ value, words: say(`control.${value}`) }))
    case 'interval':
      return options[name].map((value) => ({ value, words: say(`interval.${value}`) }))
    case 'sources':
      return options[name].map((value) => ({ value, words: say(`sources.${value}`) }))
    default:
      return options[name].map((value) => ({ value, words: say(`${name}.${value}`) }))
  }
}

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
  const { say } = useSaying(measuredSayIn)
  return (
    <details className="text-sm" open={!isPlain}>
      <summary className="text-ink-2">
        {say('choicesAre', { choices: isPlain ? say('asUsual') : inWords(choices, say) })}
      </summary>
      <Form
        method="get"
        aria-label={say('choices')}
        className="mt-2 flex flex-wrap items-end gap-x-4 gap-y-2"
        onChange={(event) =>
          submit(event.currentTarget, { replace: true, preventScrollReset: true })
        }
      >
        {(Object.keys(options) as Name[]).map((name) => (
          <label key={name} className="grid gap-1 text-ink-2">
            {say(`choice.${name}`)}
            <select
              name={name}
              key={choices[name]}
              defaultValue={choices[name]}
              className="input !w-auto"
            >
              {offered(name, say).map(({ value, words }) => (
                <option key={value} value={value}>
                  {words}
                </option>
              ))}
            </select>
          </label>
        ))}
        {tags.length > 0 ? (
          <label className="grid gap-1 text-ink-2">
            {say('tagged')}
            <select
              name="tag"
              key={choices.tag ?? ''}
              defaultValue={choices.tag ?? ''}
              className="input !w-auto max-w-48"
            >
              <option value="">{say('allPrompts')}</option>
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
            {say('show')}
          </button>
        </noscript>
        {isPlain ? null : (
          <Link to="." className="link pb-2">
            {say('backToUsual')}
          </Link>
        )}
      </Form>
    </details>
  )
}

/** What is chosen other than usual. */
const inWords = (choices: ViewChoices, say: MeasuredSay): string =>
  [
    choices.ties === 'drop' ? say('chosen.ties') : '',
    choices.both_bad === 'drop' ? say('chosen.both_bad') : '',
    choices.control === 'length' ? say('chosen.control') : '',
    choices.interval === 'judgment' ? say('chosen.interval') : '',
    choices.sources === 'human' ? '' : say(`chosen.${choices.sources}`),
    choices.tag === undefined ? '' : say('chosen.tag', { tag: choices.tag }),
  ]
    .filter((words) => words !== '')
    .join(', ')
