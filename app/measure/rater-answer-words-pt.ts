import type { SameKeys } from '#app/ui/job-words.ts'
import type { raterAnswerWordsEn } from './rater-answer-words.ts'

/** The same in Brazilian Portuguese. */
export const raterAnswerWordsPt: SameKeys<typeof raterAnswerWordsEn> = {
  choose: 'Escolha o que fazer.',
  check: 'Confira o formulário.',
  sayWhy: 'diga por quê: fica no registro de auditoria',
  giveDate: 'informe uma data',
  notJoined: 'Este avaliador não entrou na campanha.',
  notPaused: 'Este avaliador não está em pausa.',
  nothingInHand: 'Este avaliador já não tem nada em mãos.',
  notFailed: 'Este avaliador não foi reprovado na qualificação.',
  paused: {
    one: 'Em pausa; {count} tarefa em mãos devolvida.',
    many: 'Em pausa; {count} de tarefas em mãos devolvidas.',
    other: 'Em pausa; {count} tarefas em mãos devolvidas.',
  },
  resumed: 'O avaliador pode trabalhar de novo.',
  released: {
    one: '{count} tarefa devolvida.',
    many: '{count} de tarefas devolvidas.',
    other: '{count} tarefas devolvidas.',
  },
  admitted: 'O avaliador já pode trabalhar.',
  withdrawing: {
    one: 'Retirando {count} julgamento.',
    many: 'Retirando {count} de julgamentos.',
    other: 'Retirando {count} julgamentos.',
  },
  restoring: {
    one: 'Restaurando {count} julgamento.',
    many: 'Restaurando {count} de julgamentos.',
    other: 'Restaurando {count} julgamentos.',
  },
  noJudgment: 'Esse julgamento já não existe.',
  otherCount: {
    one: 'Agora seria {count} julgamento, não {confirmed}. Olhe de novo e confirme.',
    many: 'Agora seriam {count} de julgamentos, não {confirmed}. Olhe de novo e confirme.',
    other: 'Agora seriam {count} julgamentos, não {confirmed}. Olhe de novo e confirme.',
  },
  busy: 'Os julgamentos deste avaliador já estão sendo alterados.',
}
