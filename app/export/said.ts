/** In: a judgment of a task. Out: what was answered, in a line of a language. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { datasetSayIn } from './dataset-words.ts'
import type { ExportedJudgment, JudgedTask } from './judged-task.ts'

/** What a rater answered, in a line. */
export function saidOf(
  task: Pick<JudgedTask, 'responses'>,
  { latest }: ExportedJudgment,
  language: Language,
): string {
  const say = datasetSayIn(language)
  const { exact } = figuresOf(language)
  const nameOf = (place: number) => task.responses[place]?.model.label ?? '?'
  return latest.scores
    .map(({ criterion, answer, position }) => {
      switch (answer.kind) {
        case 'preference': {
          const { winner, strength } = answer
          const named =
            winner === 'a' ? nameOf(0) : winner === 'b' ? nameOf(1) : say(`said.${winner}`)
          return strength === undefined
            ? say('preferred', { criterion, winner: named })
            : say('preferredBy', { criterion, winner: named, strength })
        }
        case 'scale': {
          const scored = { model: nameOf(Math.max(0, position)), score: exact(answer.score) }
          return say('scored', { criterion, ...scored })
        }
        case 'choice':
          return `${criterion}: ${answer.choice}`
        case 'choices':
          return `${criterion}: ${answer.choices.join(', ')}`
        case 'ranking':
          return answer.ranking.map((tied) => tied.map(nameOf).join(' = ')).join(' > ')
        case 'spans':
          return say('marked', { count: answer.spans.length })
        default:
          return `${criterion}: ${answer.text}`
      }
    })
    .join('; ')
}
