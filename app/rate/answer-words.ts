/** An answer in words, as its rater would say it. */
import type { Criterion } from '#app/assign/campaign.ts'
import type { ShownAnswer, ShownAnswerOf } from './judgment.ts'
import { verdictWord } from './keymap.ts'
import { letterOf, type RoomSay } from './room-words.ts'

interface Saying {
  say: RoomSay
  /** The plain text of each response as shown; marked spans are quoted from it where it is given. */
  texts?: readonly string[]
}

type InWords = {
  [Kind in ShownAnswer['kind']]: (
    answer: ShownAnswerOf<Kind>,
    saying: Saying,
    criterion: Criterion | undefined,
  ) => string
}

const inWords: InWords = {
  preference: ({ winner, strength }, { say }, criterion) => {
    const points = criterion?.definition.kind === 'preference' ? criterion.definition.points : 5
    return say(verdictWord(strength === undefined ? { winner } : { winner, strength }, points))
  },
  scale: ({ score }, _saying, criterion) => {
    const scale = criterion?.definition.kind === 'scale' ? criterion.definition : undefined
    const label = scale?.points.find((point) => point.value === score)?.label
    return label && label !== String(score) ? `${score}: ${label}` : String(score)
  },
  choice: ({ choices }) => choices.join(', '),
  text: ({ text }) => text,
  ideal: ({ text }) => text,
  ranking: ({ ranking }) => ranking.map((tied) => tied.map(letterOf).join(' = ')).join(' > '),
  spans: ({ spans }, { texts }) =>
    spans
      .map(({ place, start, end, label }) => {
        const quoted = texts?.[place]?.slice(start, end)
        return `${letterOf(place)}, ${label}: ${quoted === undefined ? `${start}–${end}` : `“${quoted}”`}`
      })
      .join('\n'),
}

/** One answer to a question, in words. */
export const answerWords = (
  criterion: Criterion | undefined,
  answer: ShownAnswer,
  saying: Saying,
): string => inWords[answer.kind](answer as never, saying, criterion)

export interface AnswerInWords {
  /** The question; empty where the campaign no longer asks it. */
  title: string
  words: string
}

/** Answers to a campaign's questions in words, in the order in which they are asked. */
export function answersInWords(
  answers: readonly ShownAnswer[],
  criteria: readonly Criterion[],
  saying: Saying,
): AnswerInWords[] {
  const places = new Map(criteria.map((criterion, place) => [criterion.id, place]))
  const placeOf = ({ criterionId }: ShownAnswer) => places.get(criterionId) ?? criteria.length
  return [...answers]
    .sort((one, other) => placeOf(one) - placeOf(other))
    .map((answer) => {
      const criterion = criteria[placeOf(answer)]
      return { title: criterion?.title ?? '', words: answerWords(criterion, answer, saying) }
    })
}
