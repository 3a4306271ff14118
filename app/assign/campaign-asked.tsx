import { counted } from '#app/base/text.ts'
import { LocalTime } from '#app/ui/local-time.tsx'
import type { Criterion, CriterionDefinition, DefinitionOf } from './campaign.ts'
import type { Campaign } from './campaigns.server.ts'

type Kind = CriterionDefinition['kind']
type Words = { [One in Kind]: (definition: DefinitionOf<One>) => string }

const words: Words = {
  preference: ({ points }) => `${points} points`,
  scale: ({ points }) =>
    points.map(({ label, anchor }) => (anchor ? `${label}: ${anchor}` : label)).join(' · '),
  choice: ({ options, multiple }) => `${multiple ? 'any' : 'one'} of: ${options.join(' · ')}`,
  ranking: ({ ties, partial }) =>
    `${ties ? 'ties allowed' : 'no ties'}${partial ? ', may be partial' : ''}`,
  text: () => 'in words',
  spans: ({ labels }) => `marked as: ${labels.join(' · ')}`,
  ideal: () => 'edited or written',
}

const wordsOf = (definition: CriterionDefinition): string =>
  (words[definition.kind] as (definition: CriterionDefinition) => string)(definition)

/** The questions of a campaign and what surrounds them. */
export function AskedCard({
  campaign,
  criteria,
  models,
}: {
  campaign: Pick<Campaign, 'kind' | 'overlap' | 'settings' | 'created_at'>
  criteria: readonly Criterion[]
  /** Labels by model's id. */
  models: Readonly<Record<string, string>>
}) {
  const facts = factsOf(campaign, models)
  return (
    <section className="card grid content-start gap-3">
      <h2>What is asked</h2>
      <p className="text-sm text-ink-2">
        {campaign.kind} · made <LocalTime time={campaign.created_at} />
      </p>
      <ol className="grid gap-2 text-sm">
        {criteria.map(({ id, title, isRequired, definition }) => (
          <li key={id}>
            <strong dir="auto">{title}</strong>
            {isRequired ? '' : ' (optional)'}
            <span className="block text-ink-2" dir="auto">
              {wordsOf(definition)}
            </span>
          </li>
        ))}
      </ol>
      <dl className="grid gap-x-4 gap-y-1 border-t border-line pt-3 text-sm sm:grid-cols-[auto_1fr]">
        {facts.map(({ title, says }) => (
          <div key={title} className="contents">
            <dt className="text-ink-2">{title}</dt>
            <dd>{says}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

const pairings = {
  all: 'every pair of models',
  baseline: 'each model against ',
  chosen: 'chosen pairs of models',
  prompt_versions: 'prompt versions of one model',
  model_versions: 'versions of one model',
  two_dates: 'two dates of ',
} as const

const orders = {
  balanced: 'balanced',
  priority: 'by tags',
  adaptive: 'adaptive, in rounds',
  disagreement: 'disagreement first',
} as const

interface Fact {
  title: string
  says: string
}

function factsOf(
  { kind, overlap, settings }: Pick<Campaign, 'kind' | 'overlap' | 'settings'>,
  models: Readonly<Record<string, string>>,
): Fact[] {
  const { pairing, adaptiveOverlap, qualification } = settings
  const labelOf = (id: string) => models[id] ?? 'a model that is gone'
  const share = (rate: number) => `${Math.round(rate * 1000) / 10} %`
  const checks = [
    ...(settings.goldRate > 0 ? [`${share(settings.goldRate)} gold`] : []),
    ...(settings.repeatRate > 0 ? [`${share(settings.repeatRate)} repeats`] : []),
    ...(settings.training ? ['training'] : []),
    ...(qualification ? [`qualification at ${share(qualification.passMark)}`] : []),
  ]
  const meets = pairings[pairing.kind] + ('modelId' in pairing ? labelOf(pairing.modelId) : '')
  const raters = `${overlap}${adaptiveOverlap ? ` to ${adaptiveOverlap.most}` : ''}`
  return [
    ...(overlap > 0 ? [{ title: 'Raters a task', says: raters }] : []),
    ...(kind === 'pairwise' ? [{ title: 'Pairs', says: meets }] : []),
    {
      title: 'Models',
      says: settings.modelIds.length > 0 ? settings.modelIds.map(labelOf).join(', ') : 'all',
    },
    { title: 'Prompts', says: settings.tags.length > 0 ? settings.tags.join(', ') : 'all' },
    { title: 'Order', says: orders[settings.order] },
    ...(settings.raterIds
      ? [
          {
            title: 'Raters',
            says: counted(settings.raterIds.length, 'chosen person', 'chosen people'),
          },
        ]
      : []),
    ...(settings.groups.length > 0 ? [{ title: 'Groups', says: settings.groups.join(', ') }] : []),
    ...(settings.matchLanguages ? [{ title: 'Languages', says: 'each rater’s own' }] : []),
    ...(checks.length > 0 ? [{ title: 'Checks', says: checks.join(', ') }] : []),
    ...(settings.reasons.length > 0
      ? [{ title: 'Reasons', says: settings.reasons.join(', ') }]
      : []),
  ]
}
