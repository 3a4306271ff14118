/** Drafts with versions: which of two is newer, and what may be trusted of one that was kept. */
import type { WorkingAnswer } from './answer-form.ts'
import type { ShownAnswer } from './judgment.ts'

/** An answer as it was while it was made. */
export interface Draft {
  version: number
  /** The judgment's revision that it would replace; 0 before the first. */
  baseRevision: number
  answer: WorkingAnswer
}

/** Pages are told apart by a number below this, so that no two of them make the same version. */
export const pageNumbers = 1_000

/**
 * The version after all that are known: a count of changes, with the page that made the change in its
 * last three digits. @example nextVersion(4_017, 250) // 5_250
 */
export const nextVersion = (known: number, page: number): number =>
  (Math.floor(known / pageNumbers) + 1) * pageNumbers + (page % pageNumbers)

/** The newer of two drafts made from this very revision; one made from an older revision is no draft. */
export function newerDraft(
  drafts: readonly (Draft | undefined)[],
  baseRevision: number,
): Draft | undefined {
  return drafts.reduce<Draft | undefined>((best, draft) => {
    if (draft?.baseRevision !== baseRevision) return best
    return best === undefined || draft.version > best.version ? draft : best
  }, undefined)
}

/** A draft that a device or the server kept, or undefined when it is none. */
export function readDraft(kept: unknown): Draft | undefined {
  if (!isRecord(kept)) return undefined
  const { version, baseRevision } = kept
  const answer = readAnswer(kept.answer ?? kept.content)
  if (!isCount(version) || !isCount(baseRevision) || !answer) return undefined
  return { version, baseRevision, answer }
}

function readAnswer(kept: unknown): WorkingAnswer | undefined {
  if (!isRecord(kept) || !isRecord(kept.answers) || !isText(kept.comment)) return undefined
  if (!isListOf(kept.reasons, isText)) return undefined
  const given = Object.entries(kept.answers).flatMap(([id, answer]) =>
    isShownAnswer(answer) ? [[id, answer] as const] : [],
  )
  return { answers: Object.fromEntries(given), comment: kept.comment, reasons: kept.reasons }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isListOf = <T>(value: unknown, isOne: (one: unknown) => one is T): value is T[] =>
  Array.isArray(value) && value.every(isOne)
const isPlaces = (value: unknown): value is number[] => isListOf(value, isCount)

const winners = new Set(['first', 'second', 'tie', 'both_bad', 'cant_judge'])

const looksRight: Record<ShownAnswer['kind'], (answer: Record<string, unknown>) => boolean> = {
  preference: ({ winner, strength }) =>
    isText(winner) && winners.has(winner) && (strength === undefined || isCount(strength)),
  scale: ({ score }) => typeof score === 'number',
  choice: ({ choices }) => isListOf(choices, isText),
  text: ({ text }) => isText(text),
  ideal: ({ text }) => isText(text),
  ranking: ({ ranking }) => isListOf(ranking, isPlaces),
  spans: ({ spans }) =>
    isListOf(spans, isRecord) &&
    spans.every(
      ({ place, start, end, label }) =>
        isCount(place) && isCount(start) && isCount(end) && isText(label),
    ),
}

/** Kept by an older page, or by hand: what does not look like an answer is left out. */
function isShownAnswer(value: unknown): value is ShownAnswer {
  if (!isRecord(value) || !isText(value.kind) || !isText(value.criterionId)) return false
  return Object.hasOwn(looksRight, value.kind)
    ? looksRight[value.kind as ShownAnswer['kind']](value)
    : false
}
