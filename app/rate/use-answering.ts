import { type RefObject, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import type { KeyMap } from '#app/ui/hotkeys.ts'
import { verdictOf } from './answer-controls.tsx'
import { answering, unanswered, type WorkingAnswer } from './answer-form.ts'
import { answerForNumber, nextQuestion, steppedScore, verdictAnswer } from './answer-keys.ts'
import type { ShownAnswer } from './judgment.ts'
import { type Bindings, type Command, leaned, verdictForCommand } from './keymap.ts'
import type { PendingMark } from './mark-list.tsx'
import { type Mark, withMark } from './marks.ts'
import { fromLevels, moved, type Ranks, tiedWithAbove, toLevels, withRank } from './ranking.ts'
import { offeredFor, type RoomCampaign } from './room-campaign.ts'

export interface Answering {
  campaign: RoomCampaign
  criteria: readonly Criterion[]
  /** How many responses the task has. */
  count: number
  begun: WorkingAnswer
  bindings: Bindings
  page: RefObject<HTMLElement | null>
}

/**
 * An answer that is made outside a rater's queue, with the room's own controls and keys: what stands
 * on the page, and what each key does to it.
 */
export function useAnswering({ campaign, criteria, count, begun, bindings, page }: Answering) {
  const [answer, setAnswer] = useState(begun)
  const [focused, setFocused] = useState(criteria[0]?.id ?? '')
  const [shown, setShown] = useState(0)
  const [marking, setMarking] = useState<{ isOn: boolean; pending?: PendingMark }>({ isOn: false })
  const ranking = criteria.find(({ definition }) => definition.kind === 'ranking')
  const spans = criteria.find(({ definition }) => definition.kind === 'spans')
  const overall = criteria.find(({ definition }) => definition.kind === 'preference')
  const question = criteria.find(({ id }) => id === focused)
  const [ranks, setRanks] = useState<Ranks>(() => {
    const given = ranking && begun.answers[ranking.id]
    return given?.kind === 'ranking' ? fromLevels(given.ranking) : {}
  })

  const give = (criterionId: string, given: ShownAnswer | undefined, movesOn = false) => {
    const next = answering(answer, criterionId, given)
    setAnswer(next)
    if (movesOn && given) setFocused(nextQuestion(next, criteria, criterionId, count))
  }
  const giveRanks = (next: Ranks) => {
    setRanks(next)
    if (!ranking) return
    const levels = toLevels(next)
    const given: ShownAnswer = { kind: 'ranking', criterionId: ranking.id, ranking: levels }
    give(ranking.id, levels.length > 0 ? given : undefined)
  }
  const mark = (criterionId: string, label: string) => {
    if (!marking.pending) return
    const before = answer.answers[criterionId]
    const marks = before?.kind === 'spans' ? before.spans : []
    const made = withMark(marks, { ...marking.pending, label })
    give(criterionId, { kind: 'spans', criterionId, spans: made })
    setMarking({ isOn: true })
  }
  const show = (place: number) => {
    setShown(place)
    const within = page.current?.querySelector(`[data-place="${place}"]`)
    within?.scrollIntoView({ block: 'nearest' })
  }
  const toggleMarking = (isOn: boolean) => {
    if (!spans) return
    setMarking({ isOn })
    if (isOn) setFocused(spans.id)
  }
  const number = (key: number) => {
    if (marking.pending && spans?.definition.kind === 'spans') {
      const label = spans.definition.labels[key - 1]
      if (label !== undefined) mark(spans.id, label)
      return
    }
    if (question?.definition.kind === 'ranking') {
      if (key <= count) giveRanks(withRank(ranks, shown, key, question.definition.ties))
      return
    }
    const next = question && answerForNumber(question, answer.answers[question.id], key)
    if (question && next) give(question.id, next.given, next.movesOn)
  }
  const apart = (command: Command) => () => {
    const asked = question?.definition.kind === 'preference' ? question : overall
    const verdict = verdictForCommand(command, offeredFor(campaign, asked))
    if (asked && verdict) give(asked.id, verdictAnswer(asked.id, verdict), true)
  }
  const lean = (by: -1 | 1) => () => {
    if (question?.definition.kind === 'scale') {
      return give(question.id, steppedScore(question, answer.answers[question.id], by))
    }
    const asked = question?.definition.kind === 'preference' ? question : overall
    if (asked?.definition.kind !== 'preference') return
    const verdict = leaned(verdictOf(answer.answers[asked.id]), by, asked.definition.points)
    give(asked.id, verdictAnswer(asked.id, verdict))
  }
  const upOrDown = (by: -1 | 1) => () => {
    if (question?.definition.kind === 'ranking' && Object.keys(ranks).length > 0) {
      return giveRanks(moved(ranks, shown, by))
    }
    const at = criteria.findIndex(({ id }) => id === focused) + by
    setFocused(criteria[Math.max(0, Math.min(criteria.length - 1, at))]?.id ?? focused)
  }
  const keys: KeyMap = {
    ...letterKeys(ranking ? count : 0, show),
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [String(at + 1), () => number(at + 1)]),
    ),
    ...(criteria.length > 1 || ranking ? { arrowup: upOrDown(-1), arrowdown: upOrDown(1) } : {}),
    ...(ranking?.definition.kind === 'ranking' && ranking.definition.ties
      ? { '=': () => giveRanks(tiedWithAbove(ranks, shown)) }
      : {}),
    [bindings.leanLeft]: lean(-1),
    [bindings.leanRight]: lean(1),
    [bindings.tie]: apart('tie'),
    ...(overall
      ? {
          [bindings.bothBad]: apart('bothBad'),
          [bindings.cantJudge]: apart('cantJudge'),
        }
      : {}),
    ...(spans ? { [bindings.mark]: () => toggleMarking(!marking.isOn) } : {}),
    [bindings.previous]: () => show((shown - 1 + count) % count),
    [bindings.next]: () => show((shown + 1) % count),
  }
  const given = spans && answer.answers[spans.id]
  const marks: readonly Mark[] = given?.kind === 'spans' ? given.spans : []
  return {
    answer,
    setAnswer,
    focused,
    setFocused,
    shown,
    show,
    give,
    ranks,
    giveRanks,
    marking,
    setMarking,
    toggleMarking,
    mark,
    marks,
    keys,
    overall,
    /** The first required question without an answer. */
    missing: unanswered(answer, criteria, count)[0],
  }
}

/** Where responses are ranked, a letter brings its response into focus. */
const letterKeys = (count: number, show: (place: number) => void): KeyMap =>
  Object.fromEntries(
    Array.from({ length: Math.min(count, 10) }, (_, at) => [
      String.fromCharCode(97 + at),
      () => show(at),
    ]),
  )
