/** The columns of the table of raters: what each is called, what it means, and how it is written. */
import { percent, whole } from '#app/ui/figures.ts'
import type { Figure } from './rater-figure.ts'
import type { FigureName } from './rater-figures.ts'
import type { SignalKind } from './rater-signals.ts'

export interface FigureColumn {
  id: FigureName
  title: string
  definition: string
  unit: 'share' | 'difference' | 'seconds' | 'an hour'
  /** Shown until somebody chooses otherwise. */
  isUsual: boolean
  signal?: SignalKind
}

const column = (
  id: FigureName,
  title: string,
  unit: FigureColumn['unit'],
  definition: string,
  more: { isUsual?: boolean; signal?: SignalKind } = {},
): FigureColumn => ({ id, title, unit, definition, isUsual: false, ...more })

export const figureColumns: readonly FigureColumn[] = [
  column(
    'gold',
    'Gold',
    'share',
    'Share of gold tasks judged as expected. Wilson interval, one case a task.',
    { isUsual: true, signal: 'gold' },
  ),
  column(
    'consistency',
    'Same again',
    'share',
    'Share of hidden repeats, sides swapped, that got the same answer as the first time. Wilson interval.',
    { isUsual: true, signal: 'consistency' },
  ),
  column(
    'consensus',
    'With the majority',
    'share',
    'Share of tasks where the answer is that of more than half of the other raters; the rater’s own answer does not count towards that majority. Interval by prompt.',
    { isUsual: true, signal: 'consensus' },
  ),
  column(
    'consensus_than_others',
    'Majority, vs others',
    'difference',
    'Agreement with the majority less that of the other raters on the same tasks, where three or more judged them. Student’s interval over prompts.',
  ),
  column(
    'first',
    'First shown',
    'share',
    'Share of decided verdicts for the response that was shown first. Sides are drawn at random, so about half is expected. Wilson interval; exact binomial test.',
    { isUsual: true, signal: 'first' },
  ),
  column(
    'longer_than_others',
    'Longer, vs others',
    'difference',
    'How much more often the longer response wins with this rater than with the others on the same tasks. Student’s interval over prompts.',
    { isUsual: true, signal: 'longer' },
  ),
  column(
    'longer',
    'Longer wins',
    'share',
    'Share of decided verdicts for the longer response. Longer may well be better: compare with the others. Interval by prompt.',
  ),
  column(
    'seconds',
    'Seconds a task',
    'seconds',
    'Median time on a task while the page was visible and the rater active. Interval by order statistics.',
    { isUsual: true },
  ),
  column(
    'fast',
    'Faster than reading',
    'share',
    'Share of judgments that took less time than reading 30 characters a second takes. Wilson interval.',
    { signal: 'fast' },
  ),
  column(
    'pace',
    'An hour',
    'an hour',
    'Counted judgments in an hour of activity. Student’s interval over sittings: clock hours of work that follow one another.',
    { isUsual: true },
  ),
  column(
    'skips',
    'Skipped',
    'share',
    'Share of tasks skipped, of those judged or skipped. Wilson interval.',
    { isUsual: true, signal: 'skips' },
  ),
  column('tie', 'Ties', 'share', 'Share of verdicts that are a tie. Interval by prompt.'),
  column(
    'both_bad',
    'Both bad',
    'share',
    'Share of verdicts that are both bad. Interval by prompt.',
  ),
  column(
    'cant_judge',
    'Can’t judge',
    'share',
    'Share of verdicts that are can’t judge. Interval by prompt.',
  ),
  column(
    'undecided_than_others',
    'Undecided, vs others',
    'difference',
    'How much more often the rater leaves a pair undecided (tie, both bad or can’t judge) than the others on the same tasks. Student’s interval over prompts.',
    { signal: 'undecided' },
  ),
  column(
    'adjudicated',
    'As adjudicated',
    'share',
    'Share of adjudicated tasks that the rater had judged as the adjudicator did. These are the hard ones: raters disagreed on them. Interval by prompt.',
  ),
]

const signed = (share: number): string =>
  `${share > 0 ? '+' : share < 0 ? '−' : ''}${Math.abs(100 * share).toFixed(0)}`

const writers: Record<FigureColumn['unit'], (value: number) => string> = {
  share: (value) => percent(value, 0),
  difference: (value) => `${signed(value)} pts`,
  seconds: (value) => `${value.toFixed(value < 10 ? 1 : 0)} s`,
  'an hour': (value) => value.toFixed(value < 10 ? 1 : 0),
}

const bounds: Record<FigureColumn['unit'], (value: number) => string> = {
  share: (value) => (100 * value).toFixed(0),
  difference: signed,
  seconds: (value) => value.toFixed(value < 10 ? 1 : 0),
  'an hour': (value) => value.toFixed(value < 10 ? 1 : 0),
}

/** A figure as people read it. */
export const writtenFigure = ({ unit }: FigureColumn, { value }: Figure): string =>
  value === null ? '–' : writers[unit](value)

/** Its interval and what it rests on, or why there is none. */
export function writtenRest({ unit }: FigureColumn, figure: Figure): string {
  const { value, low, high, n, reason } = figure
  if (value === null) return reason ?? ''
  const rests = `n ${whole(n)}`
  if (low === null || high === null) return [reason, rests].filter(Boolean).join('; ')
  const between = unit === 'difference' ? ' to ' : '–'
  return `${bounds[unit](low)}${between}${bounds[unit](high)} · ${rests}`
}
