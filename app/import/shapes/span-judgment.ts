/** In: what people and models said of a step of a trace. Out: judgments of its answer. */
import { promptKey } from '../fingerprint.ts'
import type { ContentRecord, JudgmentRecord, ResponseRecord } from '../import-record.ts'
import { fromAssistant } from '../message.ts'
import type { ReadContext, Reading, ReadProblem } from '../reader.ts'

interface Given {
  /** What was judged: the criterion. */
  name: string
  source: 'human' | 'judge'
  rater: string
  comment?: string
  /** A label beside a score. */
  reasons?: string[]
  judgedAt?: number
}

export type SpanJudgment = Given &
  (
    | { answer: { score: number } | { choice: string } | { text: string } }
    /** What should have been answered; it wins against what was. */
    | { correction: string; campaign: string }
  )

/** The answer of a judgment by its number, else its label. Undefined where it has neither. */
export function answerOf(
  score: number | undefined,
  label: string | undefined,
): Pick<Extract<SpanJudgment, { answer: unknown }>, 'answer' | 'reasons'> | undefined {
  if (score !== undefined) return { answer: { score }, ...(label ? { reasons: [label] } : {}) }
  return label ? { answer: { choice: label } } : undefined
}

/** Judgments as they are noted for the row that holds the answer, by the id of its span. */
export const gatherJudgments = (
  target: string,
  judgments: readonly SpanJudgment[],
): [key: string, text: string][] =>
  judgments.map((judgment) => [
    `verdict|${target}|${judgment.name}|${judgment.source}|${judgment.rater}`,
    JSON.stringify(judgment),
  ])

/** The judgments that were gathered for an id of a span or of a response. */
export const gatheredJudgments = (
  target: string,
  context: Pick<ReadContext, 'list'>,
): SpanJudgment[] =>
  context.list(`verdict|${target}|`).map((text) => JSON.parse(text) as SpanJudgment)

/**
 * The records of a call with its judgments. A correction becomes a second response. Where the call
 * has several answers, nobody knows which one was judged: that is a problem.
 */
export function withJudgments(
  content: ContentRecord,
  judgments: readonly SpanJudgment[],
  context: Pick<ReadContext, 'hash'>,
): Reading {
  const [response, ...others] = content.responses
  if (judgments.length === 0) return { records: [content], problems: [] }
  if (!response || !content.prompt || response.externalId === undefined || others.length > 0) {
    return { records: [content], problems: judgments.map(notToldWhich) }
  }
  const promptId = content.prompt.externalId ?? `text-${context.hash(promptKey(content.prompt))}`
  const judged = { promptId, model: response.model.name, responseId: response.externalId }
  const corrections = judgments.flatMap((judgment, place) =>
    'correction' in judgment ? [corrected(judged.responseId, judgment.correction, place)] : [],
  )
  const prompt = { ...content.prompt, externalId: promptId }
  return {
    records: [
      { ...content, prompt, responses: [response, ...corrections] },
      ...judgments.map((judgment, place) => toRecord(judgment, judged, place)),
    ],
    problems: [],
  }
}

const notToldWhich = (judgment: SpanJudgment): ReadProblem => ({
  field: judgment.name,
  reason: 'it does not say which of several answers it judges',
})

const correctionModel = 'correction'
const correctionId = (responseId: string, place: number) => `${responseId}/correction-${place}`

const corrected = (responseId: string, text: string, place: number): ResponseRecord => ({
  externalId: correctionId(responseId, place),
  model: { name: correctionModel, version: '', promptVersion: '', parameters: {} },
  messages: fromAssistant(text),
  metadata: {},
})

interface Judged {
  promptId: string
  model: string
  responseId: string
}

function toRecord(judgment: SpanJudgment, judged: Judged, place: number): JudgmentRecord {
  const shared = {
    prompt_id: judged.promptId,
    rater: judgment.rater,
    source: judgment.source,
    purpose: 'work' as const,
    ...(judgment.comment ? { comment: judgment.comment } : {}),
    ...(judgment.reasons ? { reasons: judgment.reasons } : {}),
    ...(judgment.judgedAt === undefined ? {} : { created_at: judgment.judgedAt }),
  }
  if ('correction' in judgment) {
    const line = {
      ...shared,
      model_a: judged.model,
      model_b: correctionModel,
      response_a: judged.responseId,
      response_b: correctionId(judged.responseId, place),
      winner: 'b' as const,
      criterion: 'preference',
      campaign: judgment.campaign,
    }
    return { kind: 'pairwise', line }
  }
  const { answer, name } = judgment
  const line = {
    ...shared,
    model: judged.model,
    response: judged.responseId,
    criterion: name,
    ...answer,
  }
  return { kind: 'rubric', line }
}
