import { Form } from '@remix-run/react'
import { ChipChoices, SelectField, TextField } from '#app/ui/field.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { LocalTime } from '#app/ui/local-time.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { GateAnswer } from './gate.server.ts'
import { type GateVerdict, gateSentence } from './gate.ts'
import { gateSayIn } from './gate-words.ts'
import { storedSayIn } from './stored-words.ts'
import type { WatchedGate } from './watched-gates.server.ts'

interface Choices {
  models: readonly { id: string; label: string }[]
  campaigns: readonly { id: string; name: string }[]
  tags: readonly string[]
}

type Given = Readonly<Record<string, string>>

/** What is asked of the gate; the question is in the address. */
export function GateForm({ given, models, campaigns, tags }: Choices & { given: Given }) {
  const { say } = useSaying(gateSayIn)
  const all = { value: '', label: say('all') }
  if (models.length < 2) {
    return <EmptyState title={say('nothing')}>{say('nothingHint')}</EmptyState>
  }
  const named = models.map(({ id, label }) => ({ value: id, label }))
  /** Addresses may name a model by its label too. */
  const chosen = (wanted: string | undefined) =>
    models.find(({ id, label }) => id === wanted || label === wanted)?.id
  return (
    <Form method="get" className="card grid gap-4" aria-label={say('form')}>
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SelectField
          label={say('candidate')}
          name="candidate"
          options={named}
          defaultValue={chosen(given.candidate) ?? named[0]?.value ?? ''}
        />
        <SelectField
          label={say('baseline')}
          name="baseline"
          options={named}
          defaultValue={chosen(given.baseline) ?? named[1]?.value ?? ''}
        />
        <TextField
          label={say('least')}
          hint={say('leastHint')}
          name="min_win_rate"
          type="number"
          min="0"
          max="1"
          step="any"
          defaultValue={given.min_win_rate ?? '0.5'}
        />
        <TextField
          label={say('confidence')}
          name="confidence"
          type="number"
          min="0.5"
          max="0.999"
          step="any"
          defaultValue={given.confidence ?? '0.95'}
        />
        <SelectField
          label={say('prompts')}
          name="tag"
          options={[all, ...tags.map((tag) => ({ value: tag, label: tag }))]}
          defaultValue={given.tag ?? ''}
        />
        <SelectField
          label={say('campaign')}
          name="campaign"
          options={[all, ...campaigns.map(({ id, name }) => ({ value: id, label: name }))]}
          defaultValue={given.campaign ?? ''}
        />
        <SelectField
          label={say('ties')}
          name="ties"
          options={[
            { value: 'half', label: say('half') },
            { value: 'drop', label: say('drop') },
          ]}
          defaultValue={given.ties ?? 'half'}
        />
        <SelectField
          label={say('often')}
          name="anytime"
          options={[
            { value: 'false', label: say('once') },
            { value: 'true', label: say('anytime') },
          ]}
          defaultValue={given.anytime ?? 'false'}
        />
      </div>
      <ChipChoices
        legend={say('sources')}
        name="sources"
        options={[
          { value: 'human', label: say('human') },
          { value: 'adjudicator', label: say('adjudicator') },
          { value: 'judge', label: say('judge') },
        ]}
        chosen={(given.sources ?? 'human').split(',')}
      />
      <button type="submit" className="btn btn-primary justify-self-start">
        {say('ask')}
      </button>
    </Form>
  )
}

const tones: Record<GateVerdict, string> = {
  pass: 'text-good',
  fail: 'text-danger',
  'not enough evidence': 'text-warn',
}

function Verdict({ verdict }: { verdict: GateVerdict }) {
  const { say } = useSaying(gateSayIn)
  return <strong className={`whitespace-nowrap ${tones[verdict]}`}>{say(verdict)}</strong>
}

const ruleOf = ({ method }: GateAnswer) => ({
  minWinRate: method.min_win_rate,
  confidence: method.confidence,
})

/** The answer to the question in the address, how a pipeline asks it, and a way to go on watching it. */
export function AnsweredGate({
  answer,
  given,
  slug,
  project,
}: {
  answer: GateAnswer
  given: Given
  slug: string
  project: string
}) {
  const { say, language } = useSaying(gateSayIn)
  const { say: stored } = useSaying(storedSayIn)
  const { candidate, baseline } = answer
  const asked = { ...given, candidate: answer.candidate, baseline: answer.baseline }
  return (
    <section className="card grid gap-3" aria-label={say('answer')} aria-live="polite">
      <h2>
        {say('inPlaceOf', { candidate, baseline })} <Verdict verdict={answer.verdict} />
      </h2>
      <p className="max-w-[75ch] font-serif">{gateSentence(answer, ruleOf(answer), language)}</p>
      <p className="text-sm text-ink-2">
        {say('counts', {
          wins: answer.wins,
          losses: answer.losses,
          ties: answer.ties,
          bothBad: answer.both_bad,
          cantJudge: answer.cant_judge,
        })}
      </p>
      <p className="text-sm text-ink-2">
        {say('intervalMade', { interval: stored(answer.method.interval) })}
      </p>
      <details>
        <summary className="link w-fit text-sm">{say('fromPipeline')}</summary>
        <WideBox label={say('pipeline')}>
          <pre className="mt-2 w-max min-w-full rounded-lg bg-sunken px-4 py-3 font-mono text-[13px]">
            {`${commandOf(project, asked)}\n\nGET /api/v1/projects/${slug}/gate?${new URLSearchParams(asked)}`}
          </pre>
        </WideBox>
      </details>
      <Form method="post">
        {Object.entries(given).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <button type="submit" name="intent" value="watch" className="btn">
          {say('watch')}
        </button>
      </Form>
    </section>
  )
}

/** The same question at the command line. */
function commandOf(project: string, given: Given): string {
  const flags = Object.entries({ project, ...given })
    .filter(([name, value]) => name !== 'anytime' || value === 'true')
    .map(([name, value]) => {
      const flag = `--${name.replaceAll('_', '-')}`
      return name === 'anytime' ? flag : `${flag} '${value.replaceAll("'", "'\\''")}'`
    })
  return `npm run --silent rubrica -- gate ${flags.join(' ')}`
}

/** What a gate demands, besides who is compared. */
function aboutGate(
  { minWinRate, tag, campaign, isAnytime }: WatchedGate['question'],
  {
    say,
    language,
    names,
  }: {
    say: ReturnType<typeof gateSayIn>
    language: Language
    names: ReadonlyMap<string, string>
  },
): string {
  return [
    say('atLeast', { least: figuresOf(language).share(minWinRate) }),
    tag === undefined ? '' : say('tagged', { tag }),
    campaign === undefined ? '' : say('inCampaign', { campaign: names.get(campaign) ?? campaign }),
    isAnytime ? say('askedAnytime') : '',
  ]
    .filter((words) => words !== '')
    .join(', ')
}

/** The gates that are asked anew after every measurement, with what they say now. */
export function WatchedGates({
  watched,
  campaigns,
}: {
  watched: readonly WatchedGate[]
  campaigns: Choices['campaigns']
}) {
  const { say, language } = useSaying(gateSayIn)
  if (watched.length === 0) return null
  const names = new Map(campaigns.map(({ id, name }) => [id, name]))
  return (
    <section className="card grid gap-3" aria-labelledby="watched">
      <h2 id="watched">{say('watched')}</h2>
      <p className="text-sm text-ink-2">{say('watchedHint')}</p>
      <WideBox label={say('watchedHint')}>
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">{say('gate')}</th>
              <th scope="col">{say('answer')}</th>
              <th scope="col">{say('why')}</th>
              <th scope="col">{say('asked')}</th>
              <th scope="col">
                <span className="sr-only">{say('act')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {watched.map(({ id, question, answer, error, answeredAt }) => (
              <tr key={id}>
                <th scope="row" className="text-left">
                  {say('for', {
                    candidate: answer?.candidate ?? question.candidate,
                    baseline: answer?.baseline ?? question.baseline,
                  })}
                  <span className="block text-sm font-normal text-ink-3">
                    {aboutGate(question, { say, language, names })}
                  </span>
                </th>
                <td>{answer ? <Verdict verdict={answer.verdict} /> : '–'}</td>
                <td className="min-w-72 text-sm">
                  {error ?? (answer ? gateSentence(answer, ruleOf(answer), language) : '')}
                </td>
                <td className="text-sm">{answeredAt ? <LocalTime time={answeredAt} /> : '–'}</td>
                <td>
                  <Form method="post">
                    <input type="hidden" name="id" value={id} />
                    <button type="submit" name="intent" value="unwatch" className="link text-sm">
                      {say('unwatch')}
                    </button>
                  </Form>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </WideBox>
    </section>
  )
}
