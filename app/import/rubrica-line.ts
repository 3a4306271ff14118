/**
 * Rubrica JSONL: the format that import always understands and that the raw export writes without
 * loss. `docs/formats.md` describes it in words; `docs/rubrica-line.schema.json` is made from here.
 */
import { z } from 'zod'
import { idText, keyed, moment, text } from './line-values.ts'
import { conversationSchema } from './message.ts'

export const modelRefSchema = z.union([
  idText,
  z.object({
    name: idText,
    version: idText.optional(),
    prompt_version: idText.optional(),
    parameters: keyed.optional(),
  }),
])
export type ModelRef = z.infer<typeof modelRefSchema>

const responseSchema = z
  .looseObject({
    id: idText.optional(),
    model: modelRefSchema,
    version: idText.optional(),
    prompt_version: idText.optional(),
    parameters: keyed.optional(),
    /** What people read for the model, where the project does not know it yet. */
    model_label: idText.optional(),
    rendered: conversationSchema.optional(),
    content: text.optional(),
    messages: conversationSchema.optional(),
    sample: z.number().int().min(0).optional(),
    created_at: moment.optional(),
    context: z.unknown().optional(),
    tools: z.unknown().optional(),
    finish_reason: text.optional(),
    usage: keyed.optional(),
    latency_ms: z.number().min(0).optional(),
    cost: z.number().min(0).optional(),
    trace: z.unknown().optional(),
    metadata: keyed.optional(),
  })
  .refine((response) => response.content !== undefined || response.messages !== undefined, {
    message: 'a response needs "content" or "messages"',
  })

const promptFields = {
  id: idText.optional(),
  input_key: text.optional(),
  prompt: text.optional(),
  messages: conversationSchema.optional(),
  tags: z.array(text).optional(),
  metadata: keyed.optional(),
}

export const promptLineSchema = z
  .looseObject({ ...promptFields, responses: z.array(responseSchema).optional() })
  .refine((line) => line.prompt !== undefined || line.messages !== undefined, {
    message: 'a prompt needs "prompt" or "messages"',
  })

/** One response a line: its prompt is in the line, or is named by `prompt_id`. */
export const responseLineSchema = z
  .looseObject({
    ...responseSchema.shape,
    prompt_id: idText.optional(),
    input_key: text.optional(),
    prompt: text.optional(),
    prompt_messages: conversationSchema.optional(),
    tags: z.array(text).optional(),
    prompt_metadata: keyed.optional(),
  })
  .refine((line) => line.content !== undefined || line.messages !== undefined, {
    message: 'a response needs "content" or "messages"',
  })

export const winnerSchema = z.enum(['a', 'b', 'tie', 'both_bad', 'cant_judge'], {
  error: ({ input }) =>
    `the verdict ${JSON.stringify(input)} is none of a, b, tie, both_bad and cant_judge; say in a mapping what it means`,
})

const judgmentFields = {
  prompt_id: idText,
  /** All responses of the task in canonical order, where the answer names none or not all of them. */
  responses: z.array(idText).min(1).optional(),
  rater: idText,
  source: z.enum(['human', 'judge', 'adjudicator']).default('human'),
  campaign: text.optional(),
  comment: text.optional(),
  reasons: z.array(text).optional(),
  spans: z
    .array(
      z.looseObject({
        response: z.enum(['a', 'b']).optional(),
        response_id: idText.optional(),
        start: z.number().int().min(0),
        end: z.number().int().min(0),
        label: text,
      }),
    )
    .optional(),
  ideal: text.optional(),
  active_ms: z.number().int().min(0).optional(),
  revision: z.number().int().min(1).optional(),
  /** The lines of this revision hold all of it: nothing of an earlier one stays. */
  replaces: z.boolean().optional(),
  /** Ids of the responses in the order in which the rater saw them. */
  shown_order: z.array(idText).min(1).optional(),
  guidelines_version: z.number().int().min(1).optional(),
  purpose: z.enum(['work', 'gold', 'training', 'qualification', 'repeat']).default('work'),
  created_at: moment.optional(),
  is_extra: z.boolean().optional(),
  withdrawn: text.optional(),
  withdrawn_at: moment.optional(),
}

export const pairwiseLineSchema = z.looseObject({
  ...judgmentFields,
  model_a: modelRefSchema,
  model_b: modelRefSchema,
  response_a: idText.optional(),
  response_b: idText.optional(),
  winner: winnerSchema,
  strength: z.number().int().min(1).max(3).optional(),
  criterion: text.default('preference'),
  shown_first: z.enum(['a', 'b']).optional(),
})

const answersOf = (line: {
  score?: unknown
  choice?: unknown
  choices?: unknown
  text?: unknown
}) =>
  [line.score, line.choice, line.choices, line.text].filter((answer) => answer !== undefined).length

export const rubricLineSchema = z
  .looseObject({
    ...judgmentFields,
    model: modelRefSchema.optional(),
    response: idText.optional(),
    criterion: text,
    score: z.number().optional(),
    choice: text.optional(),
    choices: z.array(text).min(1).optional(),
    text: text.optional(),
  })
  .refine((line) => line.model !== undefined || line.responses !== undefined, {
    message: 'a rubric judgment needs "model", or "responses" where it is about several',
    path: ['model'],
  })
  .refine(
    (line) =>
      answersOf(line) === 1 ||
      (answersOf(line) === 0 &&
        line.responses !== undefined &&
        (line.spans === undefined) !== (line.ideal === undefined)),
    { message: 'a rubric judgment needs one of "score", "choice", "choices" and "text"' },
  )

/** A place in a ranking: a response by its id, or a model that answered this prompt once. */
const rankedSchema = z.union([z.object({ response: idText }), modelRefSchema])
export type Ranked = z.infer<typeof rankedSchema>

export const rankingLineSchema = z.looseObject({
  ...judgmentFields,
  ranking: z.array(z.array(rankedSchema).min(1)).min(1),
  criterion: text.default('ranking'),
})

export const skippedLineSchema = z.looseObject({
  prompt_id: idText,
  responses: judgmentFields.responses,
  skipped: text,
  rater: idText,
  campaign: text.optional(),
  model: modelRefSchema.optional(),
  model_a: modelRefSchema.optional(),
  model_b: modelRefSchema.optional(),
  response: idText.optional(),
  response_a: idText.optional(),
  response_b: idText.optional(),
  purpose: judgmentFields.purpose,
  created_at: moment.optional(),
})

export type PromptLine = z.infer<typeof promptLineSchema>
export type ResponseLine = z.infer<typeof responseLineSchema>
export type PairwiseLine = z.infer<typeof pairwiseLineSchema>
export type RubricLine = z.infer<typeof rubricLineSchema>
export type RankingLine = z.infer<typeof rankingLineSchema>
export type SkippedLine = z.infer<typeof skippedLineSchema>

/** What a line holds, told by the fields that only such a line has. */
export type LineKind =
  | 'campaign'
  | 'task'
  | 'skipped'
  | 'ranking'
  | 'pairwise'
  | 'rubric'
  | 'response'
  | 'prompt'

/** The kind of a line, or null where none fits. */
export function lineKindOf(line: Record<string, unknown>): LineKind | null {
  const has = (name: string) => line[name] !== undefined
  if (has('campaign') && has('criteria')) return 'campaign'
  if (has('task') && has('prompt_id') && has('responses')) return 'task'
  if (has('skipped')) return 'skipped'
  if (has('ranking')) return 'ranking'
  if (has('winner')) return 'pairwise'
  if (has('criterion')) return 'rubric'
  if (has('responses')) return 'prompt'
  if (has('model') && (has('content') || has('prompt_id') || has('prompt_messages'))) {
    return 'response'
  }
  if (has('model') && has('prompt')) return 'response'
  if (has('prompt') || has('messages')) return 'prompt'
  return null
}
