/**
 * In: a prompt, its candidate responses and what raters said of them, as preference sets hold them.
 * Out: import records whose judgments point at their texts by id.
 */
import { promptKey, responseKey } from '../fingerprint.ts'
import type {
  ImportRecord,
  JudgmentRecord,
  PromptRecord,
  ResponseRecord,
} from '../import-record.ts'
import type { Message } from '../message.ts'
import type { ReadContext } from '../reader.ts'
import type { ModelRef } from '../rubrica-line.ts'

/** The model of texts whose author a set does not tell. */
export const unknownModel = 'unknown'

export interface Candidate {
  /** Names the response within the item. */
  key: string
  model?: string
  promptVersion?: string
  parameters?: Record<string, unknown>
  messages: Message[]
  /** The response's id in the set, where it has one. */
  id?: string
  answeredAt?: number
  metadata?: Record<string, unknown>
}

interface Given {
  rater: string
  /** `human` where nothing is said. */
  source?: 'human' | 'judge' | 'adjudicator'
  criterion?: string
  comment?: string
  reasons?: string[]
  judgedAt?: number
  /** Only for judgments of another kind than the set's main one: a campaign holds one kind. */
  campaign?: string
}

export type Verdict = Given &
  (
    | {
        kind: 'pairwise'
        a: string
        b: string
        winner: 'a' | 'b' | 'tie' | 'both_bad' | 'cant_judge'
        /** 1 slightly, 2 clearly, 3 much better. */
        strength?: number
      }
    | {
        kind: 'rubric'
        response: string
        criterion: string
        answer: { score: number } | { choice: string } | { text: string }
      }
    | {
        kind: 'ranking'
        /** Keys of responses, the best first; those of one rank together. */
        order: string[][]
      }
  )

export interface LabelledItem {
  prompt: {
    messages: Message[]
    id?: string
    inputKey?: string
    tags?: string[]
    metadata?: Record<string, unknown>
  }
  responses: Candidate[]
  verdicts: Verdict[]
}

/**
 * The records of an item: its content first, then its judgments. Ids are made from the texts where
 * the set gives none, so that the same item read twice is the same.
 */
export function fromItem(item: LabelledItem, context: Pick<ReadContext, 'hash'>): ImportRecord[] {
  const isJudged = item.verdicts.length > 0
  const promptId =
    item.prompt.id ?? (isJudged ? `text-${context.hash(promptKey(item.prompt))}` : undefined)
  const ids = new Map<string, { id: string; model: ModelRef }>()
  const responses = item.responses.map((candidate) => {
    const response = toResponse(candidate)
    if (isJudged && promptId !== undefined) {
      const key = `${response.model.name}\n${responseKey(response)}`
      response.externalId ??= `${promptId}/${context.hash(key)}`
      ids.set(candidate.key, { id: response.externalId, model: response.model.name })
    }
    return response
  })
  const content = { kind: 'content' as const, prompt: toPrompt(item, promptId), responses }
  if (promptId === undefined) return [content]
  return [content, ...item.verdicts.flatMap((verdict) => toJudgment(verdict, promptId, ids))]
}

const toPrompt = ({ prompt }: LabelledItem, externalId: string | undefined): PromptRecord => ({
  ...(externalId === undefined ? {} : { externalId }),
  ...(prompt.inputKey === undefined ? {} : { inputKey: prompt.inputKey }),
  messages: prompt.messages,
  tags: prompt.tags ?? [],
  metadata: prompt.metadata ?? {},
})

const toResponse = (candidate: Candidate): ResponseRecord => ({
  ...(candidate.id === undefined ? {} : { externalId: candidate.id }),
  model: {
    name: candidate.model ?? unknownModel,
    version: '',
    promptVersion: candidate.promptVersion ?? '',
    parameters: candidate.parameters ?? {},
  },
  messages: candidate.messages,
  ...(candidate.answeredAt === undefined ? {} : { answeredAt: candidate.answeredAt }),
  metadata: candidate.metadata ?? {},
})

type Ids = ReadonlyMap<string, { id: string; model: ModelRef }>

/** A judgment of responses that the item does not hold is dropped with them. */
function toJudgment(verdict: Verdict, promptId: string, ids: Ids): JudgmentRecord[] {
  const shared = {
    prompt_id: promptId,
    rater: verdict.rater,
    source: verdict.source ?? 'human',
    purpose: 'work' as const,
    ...(verdict.comment ? { comment: verdict.comment } : {}),
    ...(verdict.reasons ? { reasons: verdict.reasons } : {}),
    ...(verdict.judgedAt === undefined ? {} : { created_at: verdict.judgedAt }),
    ...(verdict.campaign === undefined ? {} : { campaign: verdict.campaign }),
  }
  if (verdict.kind === 'pairwise') {
    const [a, b] = [ids.get(verdict.a), ids.get(verdict.b)]
    if (!a || !b) return []
    const line = {
      ...shared,
      model_a: a.model,
      model_b: b.model,
      response_a: a.id,
      response_b: b.id,
      winner: verdict.winner,
      criterion: verdict.criterion ?? 'preference',
      ...(verdict.strength === undefined ? {} : { strength: verdict.strength }),
    }
    return [{ kind: 'pairwise', line }]
  }
  if (verdict.kind === 'rubric') {
    const response = ids.get(verdict.response)
    if (!response) return []
    const { criterion, answer } = verdict
    const line = { ...shared, model: response.model, response: response.id, criterion, ...answer }
    return [{ kind: 'rubric', line }]
  }
  const ranking = verdict.order.map((rank) =>
    rank.flatMap((key) => {
      const found = ids.get(key)
      return found ? [{ response: found.id }] : []
    }),
  )
  if (ranking.some((rank) => rank.length === 0)) return []
  return [
    { kind: 'ranking', line: { ...shared, ranking, criterion: verdict.criterion ?? 'ranking' } },
  ]
}
