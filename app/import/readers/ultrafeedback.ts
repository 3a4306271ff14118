/** UltraFeedback as it was made: several completions, each rated by GPT-4 on several aspects. */
import { z } from 'zod'
import { fromAssistant, fromUser } from '../message.ts'
import type { Reader, ReadProblem } from '../reader.ts'
import { type Candidate, fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { numberOf, recordOf } from '../shapes/loose-value.ts'
import { nameOf, reads, requiredName, requiredText, scalarsOf } from '../shapes/row-values.ts'

const completionSchema = z.looseObject({ model: requiredName, response: requiredText })
type Completion = z.infer<typeof completionSchema>

const rowSchema = z.looseObject({
  instruction: requiredText,
  completions: z.array(z.unknown(), { error: 'is no list of completions' }),
})

export const ultrafeedback: Reader = {
  format: 'ultrafeedback',
  title: 'UltraFeedback',
  certainty: 0.99,
  mark: ({ instruction, completions }) => {
    if (typeof instruction !== 'string' || !Array.isArray(completions)) return null
    const isRated = completions.some((completion) => recordOf(recordOf(completion)?.annotations))
    return isRated ? 'has "instruction" and "completions" with "annotations"' : null
  },
  read: reads(rowSchema, (row, context) => {
    const responses: Candidate[] = []
    const verdicts: Verdict[] = []
    const problems: ReadProblem[] = []
    for (const [place, value] of row.completions.entries()) {
      const field = `completions.${place}`
      const parsed = completionSchema.safeParse(value)
      if (!parsed.success) {
        const reason = 'a completion has a "model" and a "response"'
        problems.push({ field, reason, raw: value })
        continue
      }
      const key = String(place)
      responses.push(candidateOf(parsed.data, key))
      const rated = ratingsOf(parsed.data, key, field)
      verdicts.push(...rated.verdicts)
      problems.push(...rated.problems)
    }
    const prompt = {
      messages: fromUser(row.instruction),
      metadata: scalarsOf(row, ['source']),
    }
    return { records: fromItem({ prompt, responses, verdicts }, context), problems }
  }),
}

const candidateOf = (completion: Completion, key: string): Candidate => ({
  key,
  model: completion.model,
  messages: fromAssistant(completion.response),
  metadata: {
    ...scalarsOf(completion, ['principle']),
    ...(typeof completion.custom_system_prompt === 'string'
      ? { custom_system_prompt: nameOf(completion.custom_system_prompt) ?? '' }
      : {}),
  },
})

interface Rated {
  verdicts: Verdict[]
  problems: ReadProblem[]
}

function ratingsOf(completion: Completion, response: string, field: string): Rated {
  const given = { kind: 'rubric' as const, response, rater: 'GPT-4', source: 'judge' as const }
  const verdicts: Verdict[] = []
  const problems: ReadProblem[] = []
  for (const [criterion, value] of Object.entries(recordOf(completion.annotations) ?? {})) {
    const annotation = recordOf(value) ?? {}
    if (isNotRated(annotation.Rating)) continue
    const score = numberOf(annotation.Rating)
    if (score === undefined) {
      const reason = 'a rating is a number or "N/A"'
      problems.push({ field: `${field}.annotations.${criterion}.Rating`, reason, raw: value })
      continue
    }
    const comment = nameOf(annotation['Rationale For Rating']) ?? nameOf(annotation.Rationale)
    verdicts.push({ ...given, criterion, answer: { score }, comment })
  }
  const overall = numberOf(completion.overall_score)
  if (overall !== undefined) {
    const comment = nameOf(completion.critique)
    verdicts.push({ ...given, criterion: 'overall_score', answer: { score: overall }, comment })
  }
  return { verdicts, problems }
}

const isNotRated = (rating: unknown): boolean =>
  rating === undefined ||
  rating === null ||
  (typeof rating === 'string' && /^\s*(?:n\/?a)?\s*$/i.test(rating))
