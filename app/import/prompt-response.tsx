import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { counted } from '#app/base/text.ts'
import { moment, whole } from '#app/ui/figures.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { languageName } from './prompt-address.ts'
import { Folded, RawShown, SaidText, Turns, TurnText } from './prompt-conversation.tsx'
import type { ExternalName, Lineage } from './prompt-lineage.server.ts'
import type { ResponseView, ShownContext, ShownTrace } from './prompt-view.ts'

export interface Fact {
  name: string
  value: ReactNode
}

/** Names with what they stand for; those without anything are left out. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  const known = facts.filter(({ value }) => value !== null && value !== '')
  if (known.length === 0) return null
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1 text-sm">
      {known.map(({ name, value }) => (
        <div key={name} className="contents">
          <dt className="text-ink-3">{name}</dt>
          <dd className="break-words">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

interface Originated {
  lineage: Lineage | null
  externalNames: readonly ExternalName[]
}

/** Where something came from, as facts. */
export function lineageFacts(slug: string, { lineage, externalNames }: Originated): Fact[] {
  const known = externalNames.map(({ id, source }) => `${id} (${source})`).join(', ')
  if (!lineage) return [{ name: 'Known as', value: known }]
  const when = (
    <Link to={`/p/${slug}/import/${lineage.batchId}`} className="link">
      {moment(lineage.importedAt)} UTC
    </Link>
  )
  return [
    { name: 'Import', value: when },
    { name: 'Source', value: lineage.source },
    { name: 'File', value: lineage.file ?? '' },
    { name: 'Line', value: lineage.line === null ? '' : whole(lineage.line) },
    { name: 'Known as', value: known },
  ]
}

const cost = (value: number) => value.toLocaleString('en', { maximumSignificantDigits: 4 })

/** One answer of a model with everything that was logged of it. */
export function ResponseCard({ slug, response }: { slug: string; response: ResponseView }) {
  const { model } = response
  const [only] = response.turns
  const isPlain = response.turns.length === 1 && only?.role === 'assistant'
  return (
    <article
      aria-label={`Response of ${model.label}`}
      className="card grid grid-cols-[minmax(0,1fr)] content-start gap-3"
    >
      <h2 className="flex flex-wrap items-baseline gap-x-3 !text-[15px]">
        <span>
          <Swatch place={model.color} />
          {model.label}
        </span>
        <span className="font-sans text-[13px] font-normal text-ink-3">
          {counted(response.characters, 'character')}
          {response.tokens === null ? '' : ` · ${counted(response.tokens, 'token')}`}
          {response.latencyMs === null ? '' : ` · ${whole(Math.round(response.latencyMs))} ms`}
          {response.cost === null ? '' : ` · costs ${cost(response.cost)}`}
        </span>
      </h2>
      {response.isTextMissing ? (
        <p className="text-ink-3">The text was not imported.</p>
      ) : isPlain && only ? (
        <TurnText turn={only} />
      ) : (
        <Turns turns={response.turns} />
      )}
      {response.context ? <Context context={response.context} /> : null}
      {response.trace ? <Trace trace={response.trace} /> : null}
      {response.rendered ? (
        <Folded title="What the model was given, which is not the prompt as it stands">
          <Turns turns={response.rendered} />
        </Folded>
      ) : null}
      {response.tools ? (
        <Folded title="Tools it was offered">
          <RawShown {...response.tools} />
        </Folded>
      ) : null}
      <Folded title="Model, figures and where it came from">
        <Facts facts={factsOf(slug, response)} />
        {response.metadata ? <RawShown {...response.metadata} /> : null}
      </Folded>
    </article>
  )
}

const factsOf = (slug: string, response: ResponseView): Fact[] => [
  { name: 'Model', value: response.model.name },
  { name: 'Version', value: response.model.version },
  { name: 'Prompt version', value: response.model.promptVersion },
  { name: 'Parameters', value: response.model.parameters.join(', ') },
  { name: 'Sample', value: whole(response.sample + 1) },
  { name: 'Language', value: response.language === null ? '' : languageName(response.language) },
  { name: 'Finished', value: response.finishReason ?? '' },
  { name: 'Usage', value: response.usage.join(', ') },
  {
    name: 'Answered',
    value: response.answeredAt === null ? '' : `${moment(response.answeredAt)} UTC`,
  },
  ...lineageFacts(slug, response),
]

function Context({ context }: { context: ShownContext }) {
  if (context.form === 'json') {
    return (
      <Folded title="Retrieved context">
        <RawShown {...context.json} />
      </Folded>
    )
  }
  return (
    <Folded title={`Retrieved context · ${counted(context.documents.length, 'document')}`}>
      <ol className="grid gap-3">
        {context.documents.map((document, place) => (
          <li
            key={place}
            className="grid grid-cols-[minmax(0,1fr)] gap-1 border-l-2 border-line pl-3"
          >
            <span className="text-[13px] font-semibold text-ink-2">
              {document.title ?? `Document ${place + 1}`}
              {document.score === null ? '' : ` · score ${cost(document.score)}`}
            </span>
            <SaidText {...document.text} />
          </li>
        ))}
      </ol>
    </Folded>
  )
}

function Trace({ trace }: { trace: ShownTrace }) {
  if (trace.form === 'json') {
    return (
      <Folded title="Trace">
        <RawShown {...trace.json} />
      </Folded>
    )
  }
  return (
    <Folded title={`Trace · ${counted(trace.steps.length, 'step')}`}>
      <ol className="grid gap-3">
        {trace.steps.map((step, place) => (
          <li
            key={place}
            className="grid grid-cols-[minmax(0,1fr)] gap-1.5 border-l-2 border-line pl-3"
          >
            <span className="text-[13px] font-semibold text-ink-2">
              {place + 1}. {step.name}
              {step.kind === '' ? (
                ''
              ) : (
                <span className="font-normal text-ink-3"> · {step.kind}</span>
              )}
            </span>
            {step.input ? <Side title="in" text={step.input} /> : null}
            {step.output ? <Side title="out" text={step.output} /> : null}
          </li>
        ))}
      </ol>
    </Folded>
  )
}

const Side = ({
  title,
  text,
}: {
  title: string
  text: ResponseView['turns'][number]['content']
}) => (
  <div className="grid grid-cols-[2rem_minmax(0,1fr)] gap-1">
    <span className="text-[13px] text-ink-3">{title}</span>
    <RawShown {...text} />
  </div>
)
