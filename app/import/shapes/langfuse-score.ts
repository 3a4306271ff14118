/** In: a score of Langfuse. Out: a judgment of the step it names. */
import { listOf, numberOf, parseNested, recordOf, stringOf } from './loose-value.ts'
import { momentOf } from './row-values.ts'
import { answerOf, type SpanJudgment } from './span-judgment.ts'

export interface LangfuseScore {
  /** The observation that is scored; none where the whole trace is. */
  observationId?: string
  judgment: SpanJudgment
}

/**
 * The judgment of a score. Annotations are people's, evaluations a judge's; what came over the
 * interface is taken for a person's. A correction holds what should have been answered.
 */
export function toLangfuseScore(value: unknown): LangfuseScore[] {
  const score = recordOf(value)
  const name = stringOf(score?.name)
  if (!score || name === undefined) return []
  const told = saidBy(score)
  if (!told) return []
  const isJudge = score.source === 'EVAL'
  const observationId = stringOf(score.observationId)
  const comment = stringOf(score.comment)
  const judgedAt = momentOf(score.timestamp ?? score.createdAt)
  const judgment: SpanJudgment = {
    name,
    source: isJudge ? 'judge' : 'human',
    rater: raterOf(score, name),
    ...told,
    ...(comment ? { comment } : {}),
    ...(judgedAt === undefined ? {} : { judgedAt }),
  }
  return [{ judgment, ...(observationId === undefined ? {} : { observationId }) }]
}

function saidBy(score: Record<string, unknown>) {
  const words = stringOf(score.stringValue) ?? stringOf(score.longStringValue)
  if (score.dataType === 'CORRECTION') {
    const correction =
      words ?? (typeof score.value === 'string' ? stringOf(score.value) : undefined)
    return correction && { correction, campaign: 'Langfuse corrections' }
  }
  if (score.dataType === 'TEXT') return words && { answer: { text: words } }
  if (score.dataType === 'CATEGORICAL') {
    const choice = words ?? stringOf(score.value)
    return choice && { answer: { choice } }
  }
  return answerOf(numberOf(score.value), numberOf(score.value) === undefined ? words : undefined)
}

function raterOf(score: Record<string, unknown>, name: string): string {
  const author = stringOf(score.authorUserId)
  if (author) return author
  if (score.source === 'EVAL') return `Langfuse ${name}`
  return score.source === 'API' ? 'Langfuse API' : 'Langfuse annotators'
}

const listColumns = new Set(['tags', 'traceTags', 'toolCalls', 'toolCallNames', 'observations'])

/**
 * The scores of an exported row, which has a column of values for each score's name. Nobody knows
 * who gave them, so they say something of the row but judge nothing.
 */
export const scoreColumns = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).flatMap(([name, cell]): [string, unknown][] => {
      if (listColumns.has(name)) return []
      const values = listOf(
        typeof cell === 'string' && !cell.startsWith('[') ? [] : parseNested(cell),
      )
      const areScores = values.every((value) => ['number', 'string'].includes(typeof value))
      if (values.length === 0 || !areScores) return []
      return [[name, values.length === 1 ? values[0] : values]]
    }),
  )
