import type { JobWords } from './job-words.ts'

/** The same in Brazilian Portuguese. */
export const jobWordsPt: JobWords = {
  waiting: 'Aguardando a vez…',
  paused: 'Em pausa. O que já foi gravado fica, e o trabalho continua daqui.',
  cancelled: 'Cancelado. O que já foi gravado fica.',
  failed: 'Falhou: {reason}',
  of: '{done} de {total}',
  perSecond: '{rate}/s',
  secondsLeft: { one: 'falta cerca de {count} segundo', other: 'faltam cerca de {count} segundos' },
  minutesLeft: { one: 'falta cerca de {count} minuto', other: 'faltam cerca de {count} minutos' },
  hoursLeft: { one: 'falta cerca de {count} hora', other: 'faltam cerca de {count} horas' },
  reached: '{what}: {share}',
  pause: 'Pausar',
  resume: 'Continuar',
  cancel: 'Cancelar',
  retry: 'Tentar de novo',
}
