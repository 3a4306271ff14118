/** How a campaign's judgments are to be counted: every choice is in the address. */
import { Form, Link, useSearchParams, useSubmit } from '@remix-run/react'
import { useSaying } from '#app/ui/language.tsx'
import { tableChoices } from '#app/ui/table-view.ts'
import { type MeasuredSay, measuredSayIn } from './measured-words.ts'
import type { ViewChoices, ViewOffers } from './view-choices.ts'

const options = {
  ties: ['half', 'drop', 'own'],
  both_bad: ['half', 'drop'],
  control: ['none', 'length', 'style', 'raters'],
  interval: ['prompt', 'both', 'judgment'],
  strengths: ['pairs', 'rankings'],
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
    case 'strengths':
      return options[name].map((value) => ({ value, words: say(`strengths.${value}`) }))
    case 'sources':
      return options[name].map((value) => ({ value, words: say(`sources.${value}`) }))
    case 'ties':
      return options[name].map((value) => ({ value, words: say(`ties.${value}`) }))
    case 'both_bad':
      return options[name].map((value) => ({ value, words: say(`both_bad.${value}`) }))
  }
}

export function ViewChoicesForm({
  choices,
  offers,
  isPlain,
  hasRankings,
}: {
  choices: ViewChoices
  offers: ViewOffers
  /** Whether nothing is chosen other than usual. */
  isPlain: boolean
  /** Whether raters rank, so that strengths may be those of whole rankings. */
  hasRankings: boolean
}) {
  const submit = useSubmit()
  const [search] = useSearchParams()
  const { say } = useSaying(measuredSayIn)
  const names = (Object.keys(options) as Name[]).filter(
    (name) => name !== 'strengths' || hasRankings || choices.strengths !== 'pairs',
  )
  // Another way to count leaves the table as it was set up.
  const kept = [...search].filter(([name]) => tableChoices.some((choice) => choice === name))
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
        {kept.map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {names.map((name) => (
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
        {narrowings.map((name) => (
          <Narrowing key={name} name={name} chosen={choices[name]} offered={offers[name]} />
        ))}
        {(['from', 'to'] as const).map((name) => (
          <label key={name} className="grid gap-1 text-ink-2">
            {say(`choice.${name}`)}
            <input
              type="date"
              name={name}
              key={choices[name] ?? ''}
              defaultValue={choices[name] ?? ''}
              className="input !w-auto"
            />
          </label>
        ))}
        <noscript>
          <button type="submit" className="btn">
            {say('show')}
          </button>
        </noscript>
        {isPlain ? null : (
          <Link to={`.?${new URLSearchParams(kept)}`} className="link pb-2">
            {say('backToUsual')}
          </Link>
        )}
      </Form>
    </details>
  )
}

const narrowings = ['tag', 'prompt_version', 'rater_group'] as const

/** One of the names that a project offers, or all. Nothing where it offers none. */
function Narrowing({
  name,
  chosen = '',
  offered,
}: {
  name: (typeof narrowings)[number]
  chosen: string | undefined
  offered: readonly string[]
}) {
  const { say } = useSaying(measuredSayIn)
  if (offered.length === 0 && chosen === '') return null
  return (
    <label className="grid gap-1 text-ink-2">
      {say(`choice.${name}`)}
      <select name={name} key={chosen} defaultValue={chosen} className="input !w-auto max-w-48">
        <option value="">{say(`all.${name}`)}</option>
        {[...new Set([...offered, ...(chosen === '' ? [] : [chosen])])].map((one) => (
          <option key={one} value={one}>
            {one}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What is chosen other than usual. */
const inWords = (choices: ViewChoices, say: MeasuredSay): string =>
  [
    choices.ties === 'half' ? '' : say(`chosen.ties.${choices.ties}`),
    choices.both_bad === 'drop' ? say('chosen.both_bad') : '',
    choices.control === 'none' ? '' : say(`chosen.control.${choices.control}`),
    choices.strengths === 'pairs' ? '' : say('chosen.strengths'),
    choices.interval === 'prompt' ? '' : say(`chosen.interval.${choices.interval}`),
    choices.sources === 'human' ? '' : say(`chosen.${choices.sources}`),
    choices.tag === undefined ? '' : say('chosen.tag', { tag: choices.tag }),
    choices.prompt_version === undefined
      ? ''
      : say('chosen.prompt_version', { version: choices.prompt_version }),
    choices.rater_group === undefined
      ? ''
      : say('chosen.rater_group', { group: choices.rater_group }),
    choices.from === undefined ? '' : say('chosen.from', { day: choices.from }),
    choices.to === undefined ? '' : say('chosen.to', { day: choices.to }),
  ]
    .filter((words) => words !== '')
    .join(', ')
