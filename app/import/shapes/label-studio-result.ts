/** In: one result of a Label Studio annotation. Out: the verdict it is, or why it is none. */
import type { Verdict } from './labelled-item.ts'
import { listOf, numberOf, recordOf } from './loose-value.ts'
import { nameOf } from './row-values.ts'
import { responseNamed, type TaskFields, type TaskResponse } from './task-fields.ts'

export interface Annotator {
  rater: string
  source: 'human' | 'judge'
  judgedAt?: number
}

export interface Result {
  type: string
  control: string
  object: string
  value: Record<string, unknown>
}

/** Ratings beside comparisons need a campaign of their own: a campaign holds one kind. */
const ratingCampaign = 'Label Studio ratings'

/** A result's parts, or undefined where it has no type or value. */
export function resultOf(raw: unknown): Result | undefined {
  const fields = recordOf(raw)
  const value = recordOf(fields?.value)
  if (typeof fields?.type !== 'string' || !value) return undefined
  return {
    type: fields.type,
    control: nameOf(fields.from_name) ?? fields.type,
    object: nameOf(fields.to_name) ?? '',
    value,
  }
}

/** The verdict of a result about a task; of one that speaks of no response, the reason. */
export function verdictOf(
  result: Result,
  task: TaskFields,
  annotator: Annotator,
): Verdict | { reason: string } {
  if (result.type === 'pairwise') return pairwiseOf(result, task, annotator)
  const answer = answerOf(result)
  if (answer === undefined) {
    return {
      reason: `a result of the type "${result.type}" is no comparison, rating, choice or text`,
    }
  }
  const response = responseNamed(result.object, task) ?? responseNamed(result.control, task)
  if (!response) {
    const reason = `"${result.control}" is about "${result.object}", which is none of the responses`
    return { reason }
  }
  return {
    ...annotator,
    kind: 'rubric',
    campaign: ratingCampaign,
    response: response.name,
    criterion: result.control,
    answer,
  }
}

function pairwiseOf(
  { value, control, object }: Result,
  task: TaskFields,
  annotator: Annotator,
): Verdict | { reason: string } {
  const [left, right, ...more] = comparedIn(object, task)
  if (!left || !right || more.length > 0) {
    const { responses } = task
    const reason = `"${control}" compares two texts, but ${responses.length} fields read as responses`
    return { reason }
  }
  if (value.selected !== 'left' && value.selected !== 'right') {
    return { reason: `"${control}" selects neither "left" nor "right"` }
  }
  const winner = value.selected === 'left' ? 'a' : 'b'
  return {
    ...annotator,
    kind: 'pairwise',
    a: left.name,
    b: right.name,
    winner,
    criterion: control,
  }
}

/** The two texts a comparison names, where it does so; else all that read as responses. */
function comparedIn(object: string, task: TaskFields): TaskResponse[] {
  const named = object.split(',').map((name) => responseNamed(name.trim(), task))
  const found = named.filter((response) => response !== undefined)
  return new Set(found).size === 2 && named.length === 2 ? found : task.responses
}

type Answer = Extract<Verdict, { kind: 'rubric' }>['answer']

function answerOf({ type, value }: Result): Answer | undefined {
  if (type === 'rating' || type === 'number') {
    const score = numberOf(value[type])
    return score === undefined ? undefined : { score }
  }
  if (type === 'choices') {
    const choice = textsOf(value.choices).join(', ')
    return choice === '' ? undefined : { choice }
  }
  if (type === 'textarea') {
    const text = textsOf(value.text).join('\n')
    return text === '' ? undefined : { text }
  }
  return undefined
}

const textsOf = (value: unknown): string[] =>
  (typeof value === 'string' ? [value] : listOf(value)).flatMap((one) => nameOf(one) ?? [])
