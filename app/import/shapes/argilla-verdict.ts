/** In: an answer to an Argilla question. Out: the verdict it is, or why it is none. */
import type { ArgillaAnswer } from './argilla-answer.ts'
import type { Verdict } from './labelled-item.ts'
import { numberOf, recordOf } from './loose-value.ts'
import { rankedGroups } from './ranked-groups.ts'
import { nameOf } from './row-values.ts'
import { plainName, responseNamed, type TaskFields } from './task-fields.ts'

type Given = Pick<ArgillaAnswer, 'rater' | 'source' | 'judgedAt'>

/** Rankings and choices between responses beside ratings: a campaign holds one kind. */
const rankingCampaign = 'Argilla rankings'
const choiceCampaign = 'Argilla preferences'

/**
 * The verdict of an answer. Ranked options and a label that names one of two responses compare;
 * all else is about one response. `asText` where the question asks for free text.
 */
export function verdictOf(
  answer: ArgillaAnswer,
  task: TaskFields,
  asText: boolean,
): Verdict | { reason: string } {
  const { question, value, rater, source, judgedAt } = answer
  const given: Given = { rater, source, ...(judgedAt === undefined ? {} : { judgedAt }) }
  if (Array.isArray(value) && value.some((one) => recordOf(one)?.rank !== undefined)) {
    return rankingOf(question, value, task, given)
  }
  const preferred = task.responses.find(
    ({ name }) => typeof value === 'string' && plainName(name) === plainName(value),
  )
  if (preferred && task.responses.length === 2) {
    return choiceOf(question, preferred.name, task, given)
  }
  const rated = ratedOf(value, asText)
  if (!rated) return { reason: 'holds neither a number, a label, a text nor a ranking' }
  const response = responseNamed(question, task)
  if (!response) return { reason: reasonFor(task) }
  return { ...given, kind: 'rubric', response: response.name, criterion: question, answer: rated }
}

const reasonFor = ({ responses }: TaskFields): string =>
  responses.length === 0
    ? 'is about a record without a response: only responses are judged'
    : `does not tell which of the ${responses.length} responses it is about`

function ratedOf(value: unknown, asText: boolean) {
  if (typeof value === 'number') return { score: value }
  if (Array.isArray(value)) {
    const labels = value.flatMap((one) => nameOf(one) ?? [])
    return labels.length === value.length && labels.length > 0
      ? { choice: labels.join(', ') }
      : undefined
  }
  const text = nameOf(value)
  if (text === undefined) return undefined
  return asText ? { text } : { choice: text }
}

function choiceOf(
  question: string,
  preferred: string,
  { responses }: TaskFields,
  given: Given,
): Verdict {
  const [a, b] = responses.map(({ name }) => name)
  return {
    ...given,
    kind: 'pairwise',
    campaign: choiceCampaign,
    a: a ?? preferred,
    b: b ?? preferred,
    winner: preferred === a ? 'a' : 'b',
    criterion: question,
  }
}

function rankingOf(
  question: string,
  options: readonly unknown[],
  task: TaskFields,
  given: Given,
): Verdict | { reason: string } {
  const ranks = new Map<string, number | undefined>()
  for (const option of options) {
    const { value, rank } = recordOf(option) ?? {}
    const response = responseNamed(nameOf(value) ?? '', { ...task, promptName: '' })
    if (!response)
      return { reason: `ranks "${nameOf(value) ?? ''}", which is none of the responses` }
    ranks.set(response.name, numberOf(rank))
  }
  const { order, problems } = rankedGroups(ranks, question)
  if (!order) return { reason: problems[0]?.reason ?? 'ranks nothing' }
  return { ...given, kind: 'ranking', campaign: rankingCampaign, order, criterion: question }
}
