/** The one question by which the judgments of a task are compared. */
import type { Criterion } from '#app/assign/campaign.ts'
import { entropyInBits, labelPosterior } from '#app/stats/label-posterior.ts'
import type { Answer, Score } from './judgment.ts'

const compared: readonly Criterion['definition']['kind'][] = [
  'preference',
  'ranking',
  'scale',
  'choice',
]

/** The first question whose answers can be compared; undefined where a campaign asks for words only. */
export const primaryCriterion = (criteria: readonly Criterion[]): Criterion | undefined =>
  criteria.find(({ definition }) => compared.includes(definition.kind))

/** What a judgment answered to a question, or undefined. */
export const answerTo = (scores: readonly Score[], criterionId: string): Answer | undefined =>
  scores.find((score) => score.criterionId === criterionId)?.answer

/**
 * How many judgments gave each answer that was possible, in a fixed order: what the posterior over a
 * task's true answer is made of. "Can't judge" says nothing of it and is left out. Of a ranking, only
 * which response stands first counts; of several choices, each set that was chosen.
 *
 * @param responses how many responses the task has
 */
export function answerCounts(
  { definition }: Criterion,
  answers: readonly Answer[],
  responses: number,
): number[] {
  const given = answers.map(answerName).filter((name) => name !== undefined)
  const possible = new Set([...possibleAnswers(definition, responses), ...given])
  return [...possible].map((name) => given.filter((one) => one === name).length)
}

/**
 * The doubt in bits that a task must exceed for its raters to be said to disagree: what two who agree
 * leave open, of as few answers as the question may have.
 */
export const doubtOfTwoAgreeing = ({ definition }: Criterion): number => {
  const others = possibleAnswers(definition, 2).slice(1)
  return entropyInBits(labelPosterior([2, ...others.map(() => 0)])) + 1e-9
}

function answerName(answer: Answer): string | undefined {
  if (answer.kind === 'preference') {
    return answer.winner === 'cant_judge' ? undefined : answer.winner
  }
  if (answer.kind === 'scale') return String(answer.score)
  if (answer.kind === 'choice') return answer.choice
  if (answer.kind === 'choices') return [...answer.choices].sort().join('\n')
  if (answer.kind === 'ranking') return [...(answer.ranking[0] ?? [])].sort().join(' ')
  return undefined
}

function possibleAnswers(definition: Criterion['definition'], responses: number): string[] {
  if (definition.kind === 'preference') {
    return definition.points === 2 ? ['a', 'b'] : ['a', 'b', 'tie']
  }
  if (definition.kind === 'scale') return definition.points.map(({ value }) => String(value))
  if (definition.kind === 'choice') return [...definition.options]
  return Array.from({ length: responses }, (_, place) => String(place))
}
