/** What each target's own documentation demands of a row, as schemas that know nothing of how we print. */
import { z } from 'zod'

const text = z.string().refine((value) => value.trim() !== '', 'empty')
const toolCall = z.object({
  type: z.literal('function').optional(),
  function: z.object({ name: z.string(), arguments: z.unknown().optional() }),
})
const message = z.strictObject({
  role: z.enum(['system', 'developer', 'user', 'assistant', 'tool']),
  content: z.string(),
  name: z.string().optional(),
  tool_call_id: z.string().optional(),
  thinking: z.string().optional(),
  tool_calls: z.array(toolCall).optional(),
})
type Said = z.infer<typeof message>

const conversation = z.array(message).min(1)
const endsOpen = (messages: readonly Said[]) =>
  ['user', 'tool'].includes(messages.at(-1)?.role ?? '')
const prompt = conversation.refine(endsOpen, 'the prompt must end with a user or tool message')
const answer = conversation.refine(
  (messages) =>
    messages[0]?.role === 'assistant' &&
    messages.some(({ content, tool_calls }) => content.trim() !== '' || tool_calls),
  'a completion begins with the assistant and says something',
)
const oneAnswer = z.tuple([z.strictObject({ role: z.literal('assistant'), content: text })])
const answerObject = z.strictObject({ role: z.literal('assistant'), content: text })

const unlike = <Row extends { chosen: unknown; rejected: unknown }>({ chosen, rejected }: Row) =>
  JSON.stringify(chosen) !== JSON.stringify(rejected)
const same = 'chosen and rejected are the same'

const trlExtras = {
  margin: z.number().optional(),
  tools: z
    .string()
    .refine((value) => Array.isArray(JSON.parse(value)))
    .optional(),
}

const takesTurns = (first: string, second: string) => (messages: readonly { role: string }[]) =>
  messages.every(({ role }, place) => role === (place % 2 === 0 ? first : second))

const withoutSystem = (messages: readonly Said[]) =>
  messages.filter(({ role }) => role !== 'system' && role !== 'developer')

const openaiPreference = z.strictObject({
  input: z.strictObject({ messages: prompt, tools: z.array(z.unknown()).optional() }),
  preferred_output: answer,
  non_preferred_output: answer,
})
const openaiOneTurn = openaiPreference.extend({
  preferred_output: oneAnswer,
  non_preferred_output: oneAnswer,
})

const part = z.tuple([z.strictObject({ text })])
const geminiTurn = z.strictObject({ role: z.enum(['user', 'model']), parts: part })
const novaTurn = z.strictObject({ role: z.enum(['user', 'assistant']), content: part })

export const targetFormats: Record<string, z.ZodType> = {
  'trl-preference': z
    .looseObject({ prompt, chosen: answer, rejected: answer, ...trlExtras })
    .refine(unlike, same),
  'trl-preference-standard': z
    .looseObject({ prompt: text, chosen: text, rejected: text, margin: z.number().optional() })
    .refine(unlike, same),
  'trl-reward': z
    .looseObject({ chosen: conversation, rejected: conversation, ...trlExtras })
    .refine(
      ({ chosen, rejected }) => chosen[0]?.content === rejected[0]?.content,
      'no shared prompt',
    )
    .refine(unlike, same),
  'trl-kto': z.looseObject({ prompt, completion: answer, label: z.boolean() }),
  'trl-sft': z.looseObject({ prompt, completion: answer }),
  'trl-prompts': z.looseObject({ prompt }),
  'trl-messages': z.looseObject({
    messages: conversation.refine(
      (all) => all.some(({ role }) => role === 'assistant'),
      'no answer',
    ),
  }),
  'openai-evals': z.strictObject({
    input: z.array(z.strictObject({ role: z.string(), content: z.string() })).min(1),
    ideal: z.array(text).min(1),
  }),
  'axolotl-kto': z.strictObject({
    system: text.optional(),
    prompt: text,
    completion: text,
    label: z.boolean(),
  }),
  'axolotl-sft': z.strictObject({
    messages: conversation.refine(
      (all) => all.some(({ role }) => role === 'assistant'),
      'no answer',
    ),
  }),
  'llama-factory-sft': z.strictObject({
    messages: conversation
      .refine((all) => all.at(-1)?.role === 'assistant', 'must end with the answer')
      .refine((all) => takesTurns('user', 'assistant')(withoutSystem(all)), 'must alternate'),
  }),
  ranking: z.looseObject({
    prompt,
    answers: z
      .array(z.looseObject({ answer, model: z.string(), rank: z.number().int().min(1) }))
      .min(2),
  }),
  'openai-dpo': openaiOneTurn,
  'azure-dpo': openaiPreference,
  'together-dpo': openaiOneTurn.refine(
    ({ input }) => takesTurns('user', 'assistant')(withoutSystem(input.messages)),
    'user and assistant must alternate',
  ),
  'fireworks-dpo': openaiOneTurn,
  'openai-sft': z.strictObject({
    messages: conversation.refine(
      (all) => all.some(({ role }) => role === 'assistant'),
      'no answer',
    ),
    tools: z.array(z.unknown()).optional(),
  }),
  'openai-rft': z.looseObject({
    messages: conversation.refine((all) => all.at(-1)?.role === 'user', 'must end with the user'),
  }),
  'axolotl-dpo': z
    .strictObject({ messages: prompt, chosen: answerObject, rejected: answerObject })
    .refine(unlike, same),
  'llama-factory-dpo': z
    .strictObject({
      conversations: prompt.refine(
        (all) => takesTurns('user', 'assistant')(withoutSystem(all)),
        'user and assistant must alternate',
      ),
      chosen: answerObject,
      rejected: answerObject,
    })
    .refine(unlike, same),
  'llama-factory-kto': z.strictObject({
    messages: conversation.refine(
      (all) => all.at(-1)?.role === 'assistant',
      'must end with the answer',
    ),
    label: z.boolean(),
  }),
  'nemo-rl': z.strictObject({
    context: prompt,
    completions: z.tuple([
      z.strictObject({ rank: z.literal(0), completion: answer }),
      z.strictObject({ rank: z.literal(1), completion: answer }),
    ]),
  }),
  openrlhf: z
    .strictObject({ prompt, chosen: answer, rejected: answer, margin: z.number().optional() })
    .refine(unlike, same),
  verl: z.strictObject({
    data_source: text,
    prompt,
    ability: text,
    reward_model: z.strictObject({ style: z.string(), ground_truth: z.string() }),
    extra_info: z.looseObject({}),
  }),
  helpsteer: z.looseObject({
    prompt: text,
    response: text,
    disagreements: z.record(z.string(), z.array(z.number())),
  }),
  gemini: z.strictObject({
    system_instruction: z.strictObject({ parts: part }).optional(),
    contents: z
      .array(geminiTurn)
      .min(1)
      .refine(takesTurns('user', 'model'), 'user and model must alternate')
      .refine((turns) => turns.at(-1)?.role === 'user', 'must end with the user'),
    completions: z.tuple([
      z.strictObject({
        score: z.literal(1),
        completion: z.strictObject({ role: z.literal('model'), parts: part }),
      }),
      z.strictObject({
        score: z.literal(0),
        completion: z.strictObject({ role: z.literal('model'), parts: part }),
      }),
    ]),
  }),
  nova: z.strictObject({
    system: part.optional(),
    messages: z.array(
      z.union([
        novaTurn,
        z.strictObject({
          role: z.literal('assistant'),
          candidates: z.tuple([
            z.strictObject({ content: part, preferenceLabel: z.literal('preferred') }),
            z.strictObject({ content: part, preferenceLabel: z.literal('non-preferred') }),
          ]),
        }),
      ]),
    ),
  }),
  argilla: z.strictObject({
    id: z.string(),
    fields: z.record(z.string(), z.string()),
    metadata: z.record(z.string(), z.union([z.string(), z.number()])),
    suggestions: z.record(
      z.string(),
      z.strictObject({ value: z.unknown(), score: z.number(), agent: z.string() }),
    ),
    responses: z.record(z.string(), z.array(z.unknown())),
    vectors: z.record(z.string(), z.unknown()),
  }),
  'label-studio': z.strictObject({
    data: z.record(z.string(), z.string()),
    annotations: z.array(
      z.strictObject({
        result: z.array(
          z.strictObject({
            from_name: z.string(),
            to_name: z.string(),
            type: z.literal('pairwise'),
            value: z.strictObject({ selected: z.enum(['left', 'right']) }),
          }),
        ),
      }),
    ),
  }),
}
