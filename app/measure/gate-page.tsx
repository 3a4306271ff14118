import { Form } from '@remix-run/react'
import { ChipChoices, SelectField, TextField } from '#app/ui/field.tsx'
import { LocalTime } from '#app/ui/local-time.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import type { GateAnswer } from './gate.server.ts'
import type { GateVerdict } from './gate.ts'
import type { WatchedGate } from './watched-gates.server.ts'

interface Choices {
  models: readonly { id: string; label: string }[]
  campaigns: readonly { id: string; name: string }[]
  tags: readonly string[]
}

type Given = Readonly<Record<string, string>>

const any = { value: '', label: 'all' }

/** What is asked of the gate; the question is in the address. */
export function GateForm({ given, models, campaigns, tags }: Choices & { given: Given }) {
  if (models.length < 2) {
    return (
      <EmptyState title="Nothing to compare yet">
        A gate compares two models that answered the same prompts. Import their responses first.
      </EmptyState>
    )
  }
  const named = models.map(({ id, label }) => ({ value: id, label }))
  return (
    <Form method="get" className="card grid gap-4" aria-label="Ask the gate">
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          label="Candidate, to ship"
          name="candidate"
          options={named}
          defaultValue={given.candidate ?? named[0]?.value ?? ''}
        />
        <SelectField
          label="Baseline, that is there"
          name="baseline"
          options={named}
          defaultValue={given.baseline ?? named[1]?.value ?? ''}
        />
        <TextField
          label="Least win rate"
          hint="0.5 asks for no worse than even"
          name="min_win_rate"
          type="number"
          min="0"
          max="1"
          step="any"
          defaultValue={given.min_win_rate ?? '0.5'}
        />
        <TextField
          label="Confidence"
          name="confidence"
          type="number"
          min="0.5"
          max="0.999"
          step="any"
          defaultValue={given.confidence ?? '0.95'}
        />
        <SelectField
          label="Prompts"
          name="tag"
          options={[any, ...tags.map((tag) => ({ value: tag, label: tag }))]}
          defaultValue={given.tag ?? ''}
        />
        <SelectField
          label="Campaign"
          name="campaign"
          options={[any, ...campaigns.map(({ id, name }) => ({ value: id, label: name }))]}
          defaultValue={given.campaign ?? ''}
        />
        <SelectField
          label="Ties"
          name="ties"
          options={[
            { value: 'half', label: 'half a win each' },
            { value: 'drop', label: 'left out' },
          ]}
          defaultValue={given.ties ?? 'half'}
        />
        <SelectField
          label="How often it is asked"
          name="anytime"
          options={[
            { value: 'false', label: 'once' },
            { value: 'true', label: 'again and again, while judgments come in' },
          ]}
          defaultValue={given.anytime ?? 'false'}
        />
      </div>
      <ChipChoices
        legend="Verdicts of"
        name="sources"
        options={[
          { value: 'human', label: 'people' },
          { value: 'adjudicator', label: 'adjudicators' },
          { value: 'judge', label: 'judging models' },
        ]}
        chosen={(given.sources ?? 'human').split(',')}
      />
      <button type="submit" className="btn btn-primary justify-self-start">
        Ask
      </button>
    </Form>
  )
}

const tones: Record<GateVerdict, string> = {
  pass: 'text-good',
  fail: 'text-danger',
  'not enough evidence': 'text-warn',
}

const Verdict = ({ verdict }: { verdict: GateVerdict }) => (
  <strong className={`whitespace-nowrap ${tones[verdict]}`}>{verdict}</strong>
)

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
  const asked = { ...given, candidate: answer.candidate, baseline: answer.baseline }
  return (
    <section className="card grid gap-3" aria-label="The answer" aria-live="polite">
      <h2>
        {answer.candidate} in place of {answer.baseline}: <Verdict verdict={answer.verdict} />
      </h2>
      <p className="max-w-[75ch] font-serif">{answer.summary}</p>
      <p className="text-sm text-ink-2">
        {answer.wins} wins, {answer.losses} losses, {answer.ties} ties, {answer.both_bad} both bad,{' '}
        {answer.cant_judge} can’t judge. Interval {answer.method.interval}.
      </p>
      <details>
        <summary className="link w-fit text-sm">Ask it from a pipeline</summary>
        <WideBox label="The same question for a pipeline">
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
          Watch this gate
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

/** The gates that are asked anew after every measurement, with what they say now. */
export function WatchedGates({
  watched,
  campaigns,
}: {
  watched: readonly WatchedGate[]
  campaigns: Choices['campaigns']
}) {
  if (watched.length === 0) return null
  const names = new Map(campaigns.map(({ id, name }) => [id, name]))
  return (
    <section className="card grid gap-3" aria-labelledby="watched">
      <h2 id="watched">Watched</h2>
      <p className="text-sm text-ink-2">
        Asked anew after every measurement. A webhook tells of each whose answer changes.
      </p>
      <WideBox label="Watched gates">
        <table className="data-table">
          <thead>
            <tr>
              <th scope="col">Gate</th>
              <th scope="col">Answer</th>
              <th scope="col">Why</th>
              <th scope="col">Asked</th>
              <th scope="col">
                <span className="sr-only">What to do</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {watched.map(({ id, question, answer, error, answeredAt }) => (
              <tr key={id}>
                <th scope="row" className="text-left">
                  {answer?.candidate ?? question.candidate} for{' '}
                  {answer?.baseline ?? question.baseline}
                  <span className="block text-sm font-normal text-ink-3">
                    at least {question.minWinRate}
                    {question.tag ? `, tagged ${question.tag}` : ''}
                    {question.campaign
                      ? `, in ${names.get(question.campaign) ?? question.campaign}`
                      : ''}
                    {question.isAnytime ? ', asked any time' : ''}
                  </span>
                </th>
                <td>{answer ? <Verdict verdict={answer.verdict} /> : '–'}</td>
                <td className="min-w-72 text-sm">{error ?? answer?.summary}</td>
                <td className="text-sm">{answeredAt ? <LocalTime time={answeredAt} /> : '–'}</td>
                <td>
                  <Form method="post">
                    <input type="hidden" name="id" value={id} />
                    <button type="submit" name="intent" value="unwatch" className="link text-sm">
                      Stop watching
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
