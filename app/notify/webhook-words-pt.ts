import type { SameKeys } from '#app/ui/job-words.ts'
import type { webhookWordsEn } from './webhook-words.ts'

/** The same in Brazilian Portuguese. */
export const webhookWordsPt: SameKeys<typeof webhookWordsEn> = {
  webhooks: 'Webhooks',
  intro:
    'O Rubrica avisa outros sistemas do que acontece: um POST assinado, repetido por cerca de um dia até ser aceito.',
  address: 'Endereço',
  tellWhen: 'Avisar quando',
  add: 'Acrescentar um webhook',
  whoIsTold: 'Quem é avisado',
  toldOf: 'Avisado de',
  state: 'Situação',
  act: 'O que fazer',
  active: 'ativo',
  paused: 'em pausa',
  test: 'Enviar um teste',
  pause: 'Pausar',
  resume: 'Retomar',
  remove: 'Remover',
  deliveries: 'Entregas',
  lastDeliveries: 'As últimas entregas',
  event: 'Evento',
  to: 'Para',
  when: 'Quando (UTC)',
  became: 'O que aconteceu',
  again: 'Enviar de novo',
  taken: 'aceita ({status})',
  waits: 'à espera',
  answered: 'respondeu {status}',
  tries: { one: '{count} tentativa', other: '{count} tentativas' },
  givenUp: 'desistiu após {tries}: {reason}',
  nextAt: '{tries}: {reason}; a próxima às {when}',
  'on.drift.alarm': 'uma versão de um modelo mudou com certeza',
  'on.gate.changed': 'um portão acompanhado dá outra resposta',
  'on.campaign.done': 'uma campanha tem todos os julgamentos ou foi encerrada',
  'on.snapshot.ready': 'um snapshot de um conjunto de dados está pronto',
}
