/** What the parts of a method are called beside how a figure was made. */
import { fillPhrase, type Language, type Phrase } from '#app/ui/languages.ts'
import { methodWordsPt } from './method-words-pt.ts'

export const methodWordsEn = {
  ties: 'ties',
  both_bad: 'both bad',
  cant_judge: 'cant judge',
  interval: 'interval',
  confidence: 'confidence',
  sources: 'sources',
  win_rate: 'win rate',
  weights: 'weights',
  strength: 'strength',
  tag: 'tag',
  rating: 'rating',
  rank: 'rank',
  seed: 'seed',
  prompts: 'prompts',
  raters: 'raters',
  judgments: 'judgments',
  order: 'order',
  difference: 'difference',
  multiplicity: 'multiplicity',
  alarm: 'alarm',
  changes: 'changes',
  periods: 'periods',
  agreement: 'agreement',
  kappa: 'kappa',
  combined: 'combined',
  assumption: 'assumption',
  question: 'question',
  intervals: 'intervals',
  consensus: 'consensus',
  length: 'length',
  fast: 'fast',
  signals: 'signals',
  tests: 'tests',
  model: 'model',
  estimator: 'estimator',
  why: 'chosen because',
  majority: 'majority',
  criterion: 'criterion',
  units: 'units',
  iterations: 'iterations',
  judged_once: 'judged once, left out',
  false_discovery_rate: 'false discovery rate',
  none: 'none',
} satisfies Record<string, Phrase>

const lists: Record<Language, Readonly<Partial<Record<string, Phrase>>>> = {
  en: methodWordsEn,
  pt: methodWordsPt,
}

/** What a part of a method is called; its own name where no list knows it. */
export const methodNameIn =
  (language: Language) =>
  (part: string): string =>
    fillPhrase(language, lists[language][part] ?? part.replaceAll('_', ' '))
