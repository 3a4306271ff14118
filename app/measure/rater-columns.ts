/** The columns of the table of raters: which there are, and how their figures are written. */
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { measuredSayIn } from './measured-words.ts'
import { raterColumnSayIn } from './rater-column-words.ts'
import type { Figure } from './rater-figure.ts'
import type { FigureName } from './rater-figures.ts'
import type { SignalKind } from './rater-signals.ts'
import { storedSayIn } from './stored-words.ts'

export interface FigureColumn {
  id: FigureName
  unit: 'share' | 'difference' | 'seconds' | 'an hour'
  /** Shown until somebody chooses otherwise. */
  isUsual: boolean
  signal?: SignalKind
}

const column = (
  id: FigureName,
  unit: FigureColumn['unit'],
  more: { isUsual?: boolean; signal?: SignalKind } = {},
): FigureColumn => ({ id, unit, isUsual: false, ...more })

/** Words for them are in the list of the language, by their ids. */
export const figureColumns: readonly FigureColumn[] = [
  column('gold', 'share', { isUsual: true, signal: 'gold' }),
  column('consistency', 'share', { isUsual: true, signal: 'consistency' }),
  column('consensus', 'share', { isUsual: true, signal: 'consensus' }),
  column('consensus_than_others', 'difference'),
  column('first', 'share', { isUsual: true, signal: 'first' }),
  column('longer_than_others', 'difference', { isUsual: true, signal: 'longer' }),
  column('longer', 'share'),
  column('seconds', 'seconds', { isUsual: true }),
  column('fast', 'share', { signal: 'fast' }),
  column('pace', 'an hour', { isUsual: true }),
  column('skips', 'share', { isUsual: true, signal: 'skips' }),
  column('tie', 'share'),
  column('both_bad', 'share'),
  column('cant_judge', 'share'),
  column('undecided_than_others', 'difference', { signal: 'undecided' }),
  column('adjudicated', 'share'),
]

/** What may be left out of the table beside the rater. */
export const choosableColumns = [
  { id: 'signals', isUsual: true },
  { id: 'judgments', isUsual: true },
  ...figureColumns,
] as const

/** What writes a number of a unit without the unit. */
function bareIn(language: Language): Record<FigureColumn['unit'], (value: number) => string> {
  const { decimal, hundredths } = figuresOf(language)
  const small = (value: number) => decimal(value, value < 10 ? 1 : 0)
  return {
    share: (value) => hundredths(value, 0),
    difference: (value) =>
      `${value > 0 ? '+' : value < 0 ? '−' : ''}${hundredths(Math.abs(value), 0)}`,
    seconds: small,
    'an hour': small,
  }
}

/** A figure as people read it. */
export function writtenFigure(
  { unit }: FigureColumn,
  { value }: Figure,
  language: Language,
): string {
  const say = raterColumnSayIn(language)
  if (value === null) return '–'
  if (unit === 'share') return figuresOf(language).share(value, 0)
  const bare = bareIn(language)[unit](value)
  if (unit === 'difference') return say('points', { change: bare })
  return unit === 'seconds' ? say('inSeconds', { seconds: bare }) : bare
}

/** Its interval and what it rests on, or why there is none. */
export function writtenRest({ unit }: FigureColumn, figure: Figure, language: Language): string {
  const { value, low, high, n, reason } = figure
  const told = reason === undefined ? '' : storedSayIn(language)(reason)
  if (value === null) return told
  const rests = raterColumnSayIn(language)('restsOn', { n })
  if (low === null || high === null) return [told, rests].filter(Boolean).join('; ')
  const write = bareIn(language)[unit]
  const ends = { low: write(low), high: write(high) }
  const between =
    unit === 'difference' ? measuredSayIn(language)('fromTo', ends) : `${ends.low}–${ends.high}`
  return `${between} · ${rests}`
}
