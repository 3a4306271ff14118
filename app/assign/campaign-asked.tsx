import { useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { LocalTime } from '#app/ui/local-time.tsx'
import type { Criterion, CriterionDefinition, DefinitionOf } from './campaign.ts'
import { campaignSayIn } from './campaign-words.ts'
import type { Campaign } from './campaigns.server.ts'

type Kind = CriterionDefinition['kind']
type Say = ReturnType<typeof campaignSayIn>
type Words = { [One in Kind]: (definition: DefinitionOf<One>, say: Say) => string }

const words: Words = {
  preference: ({ points }, say) => say('askedPoints', { points }),
  scale: ({ points }) =>
    points.map(({ label, anchor }) => (anchor ? `${label}: ${anchor}` : label)).join(' · '),
  choice: ({ options, multiple }, say) =>
    say(multiple ? 'askedAny' : 'askedOne', { options: options.join(' · ') }),
  ranking: ({ ties, partial }, say) =>
    partial
      ? say(ties ? 'askedTiesPartial' : 'askedNoTiesPartial')
      : say(ties ? 'askedTies' : 'askedNoTies'),
  text: (_, say) => say('askedText'),
  spans: ({ labels }, say) => say('askedSpans', { labels: labels.join(' · ') }),
  ideal: (_, say) => say('askedIdeal'),
}

const wordsOf = (definition: CriterionDefinition, say: Say): string =>
  (words[definition.kind] as (definition: CriterionDefinition, say: Say) => string)(definition, say)

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
  const { say, language } = useSaying(campaignSayIn)
  const facts = factsOf(campaign, { models, language })
  return (
    <section className="card grid content-start gap-3">
      <h2>{say('whatIsAsked')}</h2>
      <p className="text-sm text-ink-2">
        {say(`kind.${campaign.kind}`)} · {say('made')} <LocalTime time={campaign.created_at} />
      </p>
      <ol className="grid gap-2 text-sm">
        {criteria.map(({ id, title, isRequired, definition }) => (
          <li key={id}>
            <strong dir="auto">{title}</strong>
            {isRequired ? '' : ` ${say('optional')}`}
            <span className="block text-ink-2" dir="auto">
              {wordsOf(definition, say)}
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

interface Fact {
  title: string
  says: string
}

function factsOf(
  { kind, overlap, settings }: Pick<Campaign, 'kind' | 'overlap' | 'settings'>,
  { models, language }: { models: Readonly<Record<string, string>>; language: Language },
): Fact[] {
  const say = campaignSayIn(language)
  const { pairing, adaptiveOverlap, qualification } = settings
  const labelOf = (id: string) => models[id] ?? say('goneModel')
  const share = (rate: number) => `${figuresOf(language).exact(Math.round(rate * 1000) / 10)} %`
  const checks = [
    ...(settings.goldRate > 0 ? [say('shareGold', { share: share(settings.goldRate) })] : []),
    ...(settings.repeatRate > 0
      ? [say('shareRepeats', { share: share(settings.repeatRate) })]
      : []),
    ...(settings.training ? [say('says.training')] : []),
    ...(qualification ? [say('qualificationAt', { share: share(qualification.passMark) })] : []),
  ]
  const meets = say(`meets.${pairing.kind}`, {
    model: 'modelId' in pairing ? labelOf(pairing.modelId) : '',
  })
  const raters = adaptiveOverlap
    ? say('fact.some', { least: overlap, most: adaptiveOverlap.most })
    : String(overlap)
  return [
    ...(overlap > 0 ? [{ title: say('fact.raters'), says: raters }] : []),
    ...(kind === 'pairwise' ? [{ title: say('pairs'), says: meets }] : []),
    {
      title: say('models'),
      says: settings.modelIds.length > 0 ? settings.modelIds.map(labelOf).join(', ') : say('all'),
    },
    {
      title: say('prompts'),
      says: settings.tags.length > 0 ? settings.tags.join(', ') : say('all'),
    },
    {
      title: say('fact.order'),
      says: say(settings.order === 'adaptive' ? 'order.rounds' : `order.${settings.order}`),
    },
    ...(settings.raterIds
      ? [
          {
            title: say('raters'),
            says: say('chosenPeople', { count: settings.raterIds.length }),
          },
        ]
      : []),
    ...(settings.groups.length > 0
      ? [{ title: say('groups'), says: settings.groups.join(', ') }]
      : []),
    ...(settings.matchLanguages
      ? [{ title: say('fact.languages'), says: say('fact.ownLanguages') }]
      : []),
    ...(checks.length > 0 ? [{ title: say('fact.checks'), says: checks.join(', ') }] : []),
    ...(settings.reasons.length > 0
      ? [{ title: say('fact.reasons'), says: settings.reasons.join(', ') }]
      : []),
  ]
}
