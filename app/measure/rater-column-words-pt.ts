import type { SameKeys } from '#app/ui/job-words.ts'
import type { raterColumnWordsEn } from './rater-column-words.ts'

/** The same in Brazilian Portuguese. */
export const raterColumnWordsPt: SameKeys<typeof raterColumnWordsEn> = {
  rater: 'Avaliador',
  signals: 'Vale olhar',
  judgments: 'Julgamentos',
  gold: 'Gabarito',
  consistency: 'O mesmo de novo',
  consensus: 'Com a maioria',
  consensus_than_others: 'Maioria, contra os outros',
  first: 'Mostrada primeiro',
  longer_than_others: 'Mais longa, contra os outros',
  longer: 'A mais longa vence',
  seconds: 'Segundos por tarefa',
  fast: 'Mais rápido que a leitura',
  pace: 'Por hora',
  skips: 'Puladas',
  tie: 'Empates',
  both_bad: 'Ambas ruins',
  cant_judge: 'Não dá para julgar',
  undecided_than_others: 'Sem decisão, contra os outros',
  adjudicated: 'Como na adjudicação',
  points: '{change} p.p.',
  inSeconds: '{seconds} s',
  restsOn: 'n {n}',
}
