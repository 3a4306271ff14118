/** In: what a browser sent. Out: answers in canonical order, held to what the campaign asks. */
import type { Criterion, CriterionDefinition } from '#app/assign/campaign.ts'
import type { ShownOrder } from '#app/assign/shown-order.ts'
import {
  type Answer,
  canonicalWinner,
  type Score,
  type ShownAnswer,
  type ShownAnswerOf,
  shownWinner,
} from './judgment.ts'

export interface AskedOf {
  criteria: readonly Criterion[]
  /** Canonical positions in the order shown. */
  order: ShownOrder
  /** The plain text of each response, in the order shown. */
  texts: readonly string[]
  bothBad: boolean
  cantJudge: boolean
}

export type Checked = { ok: true; scores: Score[] } | { ok: false; reason: string }

/**
 * Holds a submission to what its campaign asks: every required criterion answered, no answer that was
 * not offered. What passes is in canonical order. An ideal response that only repeats a response, and
 * a text of nothing but space, are no answers.
 */
export function checkAnswers(answers: readonly ShownAnswer[], asked: AskedOf): Checked {
  const real = answers.filter((answer) => !isUntouched(answer, asked.texts))
  const scores: Score[] = []
  for (const criterion of asked.criteria) {
    const given = real.filter((answer) => answer.criterionId === criterion.id)
    if (given.length > 1) return { ok: false, reason: `"${criterion.title}" was answered twice.` }
    const answer = given[0]
    if (!answer) {
      if (criterion.isRequired) return { ok: false, reason: `"${criterion.title}" has no answer.` }
      continue
    }
    const objection = objectionTo(answer, criterion.definition, asked)
    if (objection !== undefined) return { ok: false, reason: `"${criterion.title}" ${objection}.` }
    scores.push(toScore(answer, criterion.definition, asked.order))
  }
  const known = new Set(asked.criteria.map((criterion) => criterion.id))
  if (real.some((answer) => !known.has(answer.criterionId))) {
    return { ok: false, reason: 'An answer is to a question that this campaign does not ask.' }
  }
  if (scores.length === 0) return { ok: false, reason: 'Nothing was answered.' }
  return { ok: true, scores }
}

function isUntouched(answer: ShownAnswer, texts: readonly string[]): boolean {
  if (answer.kind === 'text') return answer.text.trim() === ''
  if (answer.kind !== 'ideal') return false
  const words = answer.text.trim()
  return words === '' || texts.some((text) => text.trim() === words)
}

/** What is wrong with an answer, in words that follow the question's title; or undefined. */
function objectionTo(
  answer: ShownAnswer,
  definition: CriterionDefinition,
  asked: AskedOf,
): string | undefined {
  if (answer.kind !== definition.kind) return 'is a question of another kind'
  if (answer.kind === 'scale' && definition.kind === 'scale') {
    const isOffered = definition.points.some((point) => point.value === answer.score)
    return isOffered ? undefined : `has no point ${answer.score}`
  }
  if (answer.kind === 'preference' && definition.kind === 'preference') {
    return objectionToVerdict(answer, definition.points, asked)
  }
  if (answer.kind === 'choice' && definition.kind === 'choice') {
    const foreign = answer.choices.find((choice) => !definition.options.includes(choice))
    if (foreign !== undefined) return `does not offer "${foreign}"`
    if (new Set(answer.choices).size < answer.choices.length) return 'has an option chosen twice'
    return answer.choices.length > 1 && !definition.multiple ? 'takes one option' : undefined
  }
  if (answer.kind === 'ranking' && definition.kind === 'ranking') {
    return objectionToRanking(answer, definition, asked.order.length)
  }
  if (answer.kind === 'spans' && definition.kind === 'spans') {
    return objectionToSpans(answer, definition.labels, asked.texts)
  }
  return undefined
}

function objectionToVerdict(
  { winner, strength }: ShownAnswerOf<'preference'>,
  points: number,
  asked: AskedOf,
): string | undefined {
  if (winner === 'both_bad' && !asked.bothBad) return 'does not offer "both bad"'
  if (winner === 'cant_judge' && !asked.cantJudge) return 'does not offer "can\'t judge"'
  if (winner === 'tie' && points === 2) return 'does not offer a tie'
  return (strength ?? 1) > Math.floor(points / 2) ? `has no strength ${strength}` : undefined
}

function objectionToRanking(
  { ranking }: ShownAnswerOf<'ranking'>,
  { ties, partial }: { ties: boolean; partial: boolean },
  count: number,
): string | undefined {
  const places = ranking.flat()
  if (new Set(places).size < places.length) return 'ranks a response twice'
  if (places.some((place) => place >= count)) return 'ranks a response that is not there'
  if (!ties && ranking.some((level) => level.length > 1)) return 'does not allow ties'
  if (!partial && places.length < count) return 'must rank every response'
  return undefined
}

function objectionToSpans(
  { spans }: ShownAnswerOf<'spans'>,
  labels: readonly string[],
  texts: readonly string[],
): string | undefined {
  for (const { place, start, end, label } of spans) {
    if (!labels.includes(label)) return `has no label "${label}"`
    const text = texts[place]
    if (text === undefined) return 'marks a response that is not there'
    if (start >= end || end > text.length) return 'marks text that is not there'
  }
  return undefined
}

function toScore(answer: ShownAnswer, definition: CriterionDefinition, order: ShownOrder): Score {
  const { criterionId } = answer
  const position = order.length === 1 && answer.kind !== 'ideal' ? 0 : -1
  return { criterionId, position, answer: toAnswer(answer, definition, order) }
}

const positionAt = (order: ShownOrder, place: number): number => order[place] ?? place

function toAnswer(answer: ShownAnswer, definition: CriterionDefinition, order: ShownOrder): Answer {
  switch (answer.kind) {
    case 'preference': {
      const winner = canonicalWinner(answer.winner, order)
      const isDecisive = winner === 'a' || winner === 'b'
      const { strength } = answer
      return isDecisive && strength !== undefined
        ? { kind: 'preference', winner, strength }
        : { kind: 'preference', winner }
    }
    case 'scale':
      return { kind: 'scale', score: answer.score }
    case 'choice': {
      if (definition.kind !== 'choice') return { kind: 'choices', choices: answer.choices }
      const choices = definition.options.filter((option) => answer.choices.includes(option))
      const [only] = choices
      return definition.multiple || only === undefined
        ? { kind: 'choices', choices }
        : { kind: 'choice', choice: only }
    }
    case 'text':
      return { kind: 'text', text: answer.text.trim() }
    case 'ideal':
      return { kind: 'ideal', text: answer.text.trim() }
    case 'ranking':
      return {
        kind: 'ranking',
        ranking: answer.ranking.map((level) =>
          level.map((place) => positionAt(order, place)).sort((one, other) => one - other),
        ),
      }
    case 'spans':
      return {
        kind: 'spans',
        spans: answer.spans
          .map(({ place, ...span }) => ({ position: positionAt(order, place), ...span }))
          .sort(
            (one, other) =>
              one.position - other.position || one.start - other.start || one.end - other.end,
          ),
      }
  }
}

/** A stored answer as its rater saw it: the inverse of what `checkAnswers` does. */
export function toShownAnswer(criterionId: string, answer: Answer, order: ShownOrder): ShownAnswer {
  const placeOf = (position: number) => Math.max(0, order.indexOf(position))
  switch (answer.kind) {
    case 'preference': {
      const winner = shownWinner(answer.winner, order)
      const { strength } = answer
      return { kind: 'preference', criterionId, winner, ...(strength && { strength }) }
    }
    case 'scale':
      return { kind: 'scale', criterionId, score: answer.score }
    case 'choice':
      return { kind: 'choice', criterionId, choices: [answer.choice] }
    case 'choices':
      return { kind: 'choice', criterionId, choices: answer.choices }
    case 'text':
      return { kind: 'text', criterionId, text: answer.text }
    case 'ideal':
      return { kind: 'ideal', criterionId, text: answer.text }
    case 'ranking':
      return {
        kind: 'ranking',
        criterionId,
        ranking: answer.ranking.map((level) => level.map(placeOf)),
      }
    case 'spans':
      return {
        kind: 'spans',
        criterionId,
        spans: answer.spans.map(({ position, ...span }) => ({
          place: placeOf(position),
          ...span,
        })),
      }
  }
}
