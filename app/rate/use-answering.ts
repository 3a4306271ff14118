import { type RefObject, useCallback, useState } from 'react'
import type { Criterion } from '#app/assign/campaign.ts'
import type { KeyMap } from '#app/ui/hotkeys.ts'
import { verdictOf } from './answer-controls.tsx'
import { answering, unanswered, type WorkingAnswer } from './answer-form.ts'
import { answerForNumber, nextQuestion, steppedScore, verdictAnswer } from './answer-keys.ts'
import type { ShownAnswer } from './judgment.ts'
import { type Bindings, type Command, leaned, type Verdict, verdictForCommand } from './keymap.ts'
import type { PendingMark } from './mark-list.tsx'
import { type Mark, withMark } from './marks.ts'
import { fromLevels, moved, type Ranks, tiedWithAbove, toLevels, withRank } from './ranking.ts'
import { offeredFor, type RoomCampaign } from './room-campaign.ts'

export interface Answering {
  campaign: RoomCampaign
  criteria: readonly Criterion[]
  /** How many responses the task has. */
  count: number
  answer: WorkingAnswer
  onChange: (answer: WorkingAnswer) => void
  /** Changes where the answer was replaced by one from elsewhere. */
  source?: string
  bindings: Bindings
  /** What holds the responses and scrolls to them. */
  page: RefObject<HTMLElement | null>
  /** After an answer was given: the question that it was for, and the one that is in hand now. */
  onGiven?: (from: string, to: string) => void
  /** A number was pressed that would mark text, and none is chosen. */
  onNothingToMark?: () => void
  /** A response came before the reader. */
  onShow?: (place: number) => void
}

/** Where the room shows one question at a time; as `md` in the classes. */
const oneByOne = '(max-width: 767px)'

const noMarks: readonly Mark[] = []

const overallOf = (criteria: readonly Criterion[]): Criterion | undefined =>
  criteria.find(({ definition }) => definition.kind === 'preference')

/** An answer in the making: what stands on the page, and what each key and control does to it. */
export function useAnswering(options: Answering) {
  const { campaign, criteria, count, answer, bindings, page, onShow, onNothingToMark } = options
  const [focused, setFocused] = useState(criteria[0]?.id ?? '')
  const [shown, setShown] = useState(0)
  const [marking, setMarking] = useState<{ isOn: boolean; pending?: PendingMark }>({ isOn: false })
  const ranking = criteria.find(({ definition }) => definition.kind === 'ranking')
  const spans = criteria.find(({ definition }) => definition.kind === 'spans')
  const overall = overallOf(criteria)
  const question = criteria.find(({ id }) => id === focused)
  const [ranks, setRanks] = useState<Ranks>(() => ranksIn(answer, ranking))
  // Another answer came from elsewhere: told before anything is drawn.
  const [known, setKnown] = useState(options.source)
  if (known !== options.source) {
    setKnown(options.source)
    setRanks(ranksIn(answer, ranking))
  }

  const give = (criterionId: string, given: ShownAnswer | undefined, movesOn = false) => {
    const next = answering(answer, criterionId, given)
    options.onChange(next)
    const to = movesOn && given ? nextQuestion(next, criteria, criterionId, count) : criterionId
    setFocused(to)
    options.onGiven?.(criterionId, to)
  }
  const giveRanks = (next: Ranks) => {
    setRanks(next)
    if (!ranking) return
    const levels = toLevels(next)
    const given: ShownAnswer = { kind: 'ranking', criterionId: ranking.id, ranking: levels }
    const isWhole = (one: Ranks) => Object.keys(one).length === count
    // Where one question is shown at a time, an order that is just made stays in sight.
    const movesOn = isWhole(next) && !isWhole(ranks) && !window.matchMedia(oneByOne).matches
    give(ranking.id, levels.length > 0 ? given : undefined, movesOn)
  }
  const mark = (criterionId: string, label: string) => {
    const { pending } = marking
    if (!pending) return onNothingToMark?.()
    const before = answer.answers[criterionId]
    const marks = before?.kind === 'spans' ? before.spans : []
    const made = withMark(marks, { ...pending, label })
    give(criterionId, { kind: 'spans', criterionId, spans: made })
    window.getSelection()?.removeAllRanges()
    setMarking({ isOn: true })
  }
  const look = useCallback(
    (place: number) => {
      setShown(place)
      onShow?.(place)
    },
    [onShow],
  )
  const show = (place: number) => {
    look(place)
    const within = page.current?.querySelector(`[data-place="${place}"]`)
    within?.scrollIntoView({ block: 'nearest' })
  }
  const step = (by: -1 | 1) => show((shown + by + count) % count)
  const chooseToRank = (place: number) => {
    show(place)
    if (ranking) setFocused(ranking.id)
  }
  const spansId = spans?.id
  const toggleMarking = useCallback(
    (isOn: boolean) => {
      if (spansId === undefined) return
      setMarking({ isOn })
      if (isOn) setFocused(spansId)
    },
    [spansId],
  )
  const takePending = useCallback(
    (pending: PendingMark | undefined) =>
      setMarking({ isOn: true, ...(pending ? { pending } : {}) }),
    [],
  )
  const asked = question?.definition.kind === 'preference' ? question : overall
  const choose = (verdict: Verdict | undefined) => {
    if (asked && verdict) give(asked.id, verdictAnswer(asked.id, verdict), true)
  }
  const number = (key: number) => {
    if (marking.isOn && spans?.definition.kind === 'spans') {
      const label = spans.definition.labels[key - 1]
      if (label !== undefined && marking.pending) return mark(spans.id, label)
    }
    if (!question) return
    if (question.definition.kind === 'ranking') {
      if (key <= count) giveRanks(withRank(ranks, shown, key, question.definition.ties))
      return
    }
    if (question.definition.kind === 'spans') return onNothingToMark?.()
    const next = answerForNumber(question, answer.answers[question.id], key)
    if (next) give(question.id, next.given, next.movesOn)
  }
  const lean = (by: -1 | 1) => {
    if (question?.definition.kind === 'ranking') return step(by)
    if (question?.definition.kind === 'scale') {
      return give(question.id, steppedScore(question, answer.answers[question.id], by))
    }
    if (asked?.definition.kind !== 'preference') return
    const verdict = leaned(verdictOf(answer.answers[asked.id]), by, asked.definition.points)
    give(asked.id, verdictAnswer(asked.id, verdict))
  }
  const upOrDown = (by: -1 | 1) => {
    if (question?.definition.kind === 'ranking' && Object.keys(ranks).length > 0) {
      return giveRanks(moved(ranks, shown, by))
    }
    const at = criteria.findIndex(({ id }) => id === focused) + by
    setFocused(criteria[Math.max(0, Math.min(criteria.length - 1, at))]?.id ?? focused)
  }
  const apart = (command: Command) => () =>
    choose(verdictForCommand(command, offeredFor(campaign, asked)))
  const acts: Partial<Record<Command, () => void>> = {
    leanLeft: () => lean(-1),
    leanRight: () => lean(1),
    tie: apart('tie'),
    bothBad: apart('bothBad'),
    cantJudge: apart('cantJudge'),
    previous: () => step(-1),
    next: () => step(1),
    mark: () => toggleMarking(!marking.isOn),
  }
  const keys: KeyMap = {
    ...letterKeys(ranking ? count : 0, chooseToRank),
    ...Object.fromEntries(
      Array.from({ length: 9 }, (_, at) => [String(at + 1), () => number(at + 1)]),
    ),
    ...(criteria.length > 1 || ranking
      ? { arrowup: () => upOrDown(-1), arrowdown: () => upOrDown(1) }
      : {}),
    ...(ranking?.definition.kind === 'ranking' && ranking.definition.ties
      ? { '=': () => giveRanks(tiedWithAbove(ranks, shown)) }
      : {}),
    ...boundKeys(acts, bindings),
  }
  const given = spans && answer.answers[spans.id]
  return {
    focused,
    setFocused,
    shown,
    /** Notes which response is before the reader, who came there alone. */
    look,
    /** Brings a response before the reader. */
    show,
    give,
    choose,
    ranks,
    giveRanks,
    marking,
    takePending,
    toggleMarking,
    mark,
    marks: given?.kind === 'spans' ? given.spans : noMarks,
    keys,
    overall,
    /** The first required question without an answer. */
    missing: unanswered(answer, criteria, count)[0],
  }
}

/** What commands do, by the keys that they have. */
export const boundKeys = (acts: Partial<Record<Command, () => void>>, bindings: Bindings): KeyMap =>
  Object.fromEntries(
    Object.entries(acts).flatMap(([command, act]) => {
      const key = bindings[command as Command]
      return key === '' ? [] : [[key, act]]
    }),
  )

const ranksIn = (answer: WorkingAnswer, ranking: Criterion | undefined): Ranks => {
  const given = ranking && answer.answers[ranking.id]
  return given?.kind === 'ranking' ? fromLevels(given.ranking) : {}
}

/** Where responses are ranked, a letter chooses its response. */
const letterKeys = (count: number, choose: (place: number) => void): KeyMap =>
  Object.fromEntries(
    Array.from({ length: Math.min(count, 10) }, (_, at) => [
      String.fromCharCode(97 + at),
      () => choose(at),
    ]),
  )
