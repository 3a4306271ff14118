import type { SameKeys } from '#app/ui/job-words.ts'
import type { methodWordsEn } from './method-words.ts'

/** The same in Brazilian Portuguese. */
export const methodWordsPt: SameKeys<typeof methodWordsEn> = {
  ties: 'empates',
  both_bad: 'ambas ruins',
  cant_judge: 'não dá para julgar',
  interval: 'intervalo',
  confidence: 'confiança',
  sources: 'origens',
  win_rate: 'taxa de vitória',
  weights: 'pesos',
  strength: 'força',
  tag: 'etiqueta',
  rating: 'pontuação',
  rank: 'posição',
  seed: 'semente',
  prompts: 'prompts',
  raters: 'avaliadores',
  judgments: 'julgamentos',
  order: 'ordem',
  difference: 'diferença',
  multiplicity: 'multiplicidade',
  alarm: 'alarme',
  changes: 'mudanças',
  agreement: 'concordância',
  kappa: 'kappa',
  combined: 'combinação',
  assumption: 'pressuposto',
  none: 'nenhuma',
}
