import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language, locales } from '#app/ui/languages.ts'
import { Swatch } from '#app/ui/swatch.tsx'
import { languageName } from './prompt-address.ts'
import { Folded, RawShown, SaidText, Turns, TurnText } from './prompt-conversation.tsx'
import type { ExternalName, Lineage } from './prompt-lineage.server.ts'
import type { ResponseView, ShownContext, ShownTrace } from './prompt-view.ts'
import { promptSayIn } from './prompt-words.ts'

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
  language: Language
  lineage: Lineage | null
  externalNames: readonly ExternalName[]
}

/** Where something came from, as facts. */
export function lineageFacts(
  slug: string,
  { lineage, externalNames, language }: Originated,
): Fact[] {
  const say = promptSayIn(language)
  const known = externalNames.map(({ id, source }) => `${id} (${source})`).join(', ')
  if (!lineage) return [{ name: say('knownAs'), value: known }]
  const when = (
    <Link to={`/p/${slug}/import/${lineage.batchId}`} className="link">
      {moment(lineage.importedAt, language)} UTC
    </Link>
  )
  return [
    { name: say('import'), value: when },
    { name: say('source'), value: lineage.source },
    { name: say('file'), value: lineage.file ?? '' },
    {
      name: say('line'),
      value: lineage.line === null ? '' : figuresOf(language).whole(lineage.line),
    },
    { name: say('knownAs'), value: known },
  ]
}

const cost = (value: number, language: Language) =>
  value.toLocaleString(locales[language], { maximumSignificantDigits: 4 })

/** One answer of a model with everything that was logged of it. */
export function ResponseCard({ slug, response }: { slug: string; response: ResponseView }) {
  const { say, figures, language } = useSaying(promptSayIn)
  const { model } = response
  const [only] = response.turns
  const isPlain = response.turns.length === 1 && only?.role === 'assistant'
  return (
    <article
      aria-label={say('responseOf', { model: model.label })}
      className="card grid grid-cols-[minmax(0,1fr)] content-start gap-3"
    >
      <h2 className="flex flex-wrap items-baseline gap-x-3 !text-[15px]">
        <span>
          <Swatch place={model.color} />
          {model.label}
        </span>
        <span className="font-sans text-[13px] font-normal text-ink-3">
          {say('characters', { count: response.characters })}
          {response.tokens === null ? '' : ` · ${say('tokens', { count: response.tokens })}`}
          {response.latencyMs === null
            ? ''
            : ` · ${figures.whole(Math.round(response.latencyMs))} ms`}
          {response.cost === null
            ? ''
            : ` · ${say('costs', { cost: cost(response.cost, language) })}`}
        </span>
      </h2>
      {response.isTextMissing ? (
        <p className="text-ink-3">{say('notImported')}</p>
      ) : isPlain && only ? (
        <TurnText turn={only} />
      ) : (
        <Turns turns={response.turns} />
      )}
      {response.context ? <Context context={response.context} /> : null}
      {response.trace ? <Trace trace={response.trace} /> : null}
      {response.rendered ? (
        <Folded title={say('given')}>
          <Turns turns={response.rendered} />
        </Folded>
      ) : null}
      {response.tools ? (
        <Folded title={say('toolsOffered')}>
          <RawShown {...response.tools} />
        </Folded>
      ) : null}
      <Folded title={say('modelFacts')}>
        <Facts facts={factsOf(slug, { response, language })} />
        {response.metadata ? <RawShown {...response.metadata} /> : null}
      </Folded>
    </article>
  )
}

function factsOf(
  slug: string,
  { response, language }: { response: ResponseView; language: Language },
): Fact[] {
  const say = promptSayIn(language)
  return [
    { name: say('fact.model'), value: response.model.name },
    { name: say('fact.version'), value: response.model.version },
    { name: say('fact.promptVersion'), value: response.model.promptVersion },
    { name: say('fact.parameters'), value: response.model.parameters.join(', ') },
    { name: say('fact.sample'), value: figuresOf(language).whole(response.sample + 1) },
    {
      name: say('language'),
      value: response.language === null ? '' : languageName(response.language, language),
    },
    { name: say('fact.finished'), value: response.finishReason ?? '' },
    { name: say('fact.usage'), value: response.usage.join(', ') },
    {
      name: say('fact.answered'),
      value: response.answeredAt === null ? '' : `${moment(response.answeredAt, language)} UTC`,
    },
    ...lineageFacts(slug, { ...response, language }),
  ]
}

function Context({ context }: { context: ShownContext }) {
  const { say, language } = useSaying(promptSayIn)
  if (context.form === 'json') {
    return (
      <Folded title={say('context')}>
        <RawShown {...context.json} />
      </Folded>
    )
  }
  return (
    <Folded title={say('contextOf', { count: context.documents.length })}>
      <ol className="grid gap-3">
        {context.documents.map((document, place) => (
          <li
            key={place}
            className="grid grid-cols-[minmax(0,1fr)] gap-1 border-l-2 border-line pl-3"
          >
            <span className="text-[13px] font-semibold text-ink-2">
              {document.title ?? say('document', { number: place + 1 })}
              {document.score === null
                ? ''
                : ` · ${say('score', { score: cost(document.score, language) })}`}
            </span>
            <SaidText {...document.text} />
          </li>
        ))}
      </ol>
    </Folded>
  )
}

function Trace({ trace }: { trace: ShownTrace }) {
  const { say } = useSaying(promptSayIn)
  if (trace.form === 'json') {
    return (
      <Folded title={say('trace')}>
        <RawShown {...trace.json} />
      </Folded>
    )
  }
  return (
    <Folded title={say('traceOf', { count: trace.steps.length })}>
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
            {step.input ? <Side title={say('in')} text={step.input} /> : null}
            {step.output ? <Side title={say('out')} text={step.output} /> : null}
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
