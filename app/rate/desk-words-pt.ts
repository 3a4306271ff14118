import type { DeskWords } from './desk-words.ts'

/** The same in Brazilian Portuguese. */
export const deskWordsPt: DeskWords = {
  ready: 'Pronto',
  notSent: 'Não enviado',
  saved: 'Salvo',
  saving: 'Salvando…',
  offline: 'Sem conexão: {count} guardados aqui',
  'signed-out': 'Sessão encerrada: {count} guardados aqui',
  server: 'Servidor fora de alcance: {count} guardados aqui',
  offlineDetail:
    'Você pode continuar. O que enviar espera neste dispositivo e segue sozinho mais tarde.',
  'signed-outDetail':
    'Nada se perde: o que você enviar espera neste dispositivo. Entre de novo e tudo segue sozinho.',
  serverDetail:
    'O servidor não responde por enquanto. Você pode continuar; o que enviar espera neste dispositivo.',
  notDurable:
    'Este navegador não guarda nada no dispositivo: deixe a página aberta até que tudo esteja salvo.',
  signIn: 'Entrar',
  tryNow: 'Tentar agora',
  dismiss: 'Dispensar',
  goOn: 'Continuar',

  lapsed:
    'O tempo com esta tarefa acabou enquanto você estava fora. Continue se quiser: o que enviar é guardado e vale onde a tarefa ainda precisar.',
  withdrawn:
    'Um líder retirou esta tarefa. Você pode pulá-la; o que enviar dela é guardado, mas não conta.',
  disputed:
    'Você também alterou esta tarefa em outra página ou dispositivo. O que está aqui fica até você escolher.',
  takeOther: 'Usar a outra versão',
  keepMine: 'Ficar com esta',
  pausedInHand: 'A campanha está em pausa. O que você tem em mãos ainda pode ser concluído.',
  closedInHand: 'A campanha está encerrada. O que você tem em mãos é guardado quando enviar.',

  elsewhereTitle: 'Esta campanha está aberta em outra aba',
  elsewhereDetail: 'Suas palavras estão seguras. Continue por lá ou por aqui.',
  continueHere: 'Continuar aqui',

  keptOne: {
    one: '{count} resposta não foi aceita. As palavras estão guardadas aqui.',
    many: '{count} de respostas não foram aceitas. As palavras estão guardadas aqui.',
    other: '{count} respostas não foram aceitas. As palavras estão guardadas aqui.',
  },
  keptShow: 'Ler',
  keptTitle: 'Guardado aqui',
  keptDetail:
    'O servidor não aceitou estas respostas. Elas ficam neste dispositivo até você removê-las.',
  keptUnreadable: 'O servidor não conseguiu aceitar.',
  copy: 'Copiar',
  copied: 'Copiado',
  sendAgain: 'Enviar de novo',
  remove: 'Remover',

  paceNote:
    'Seus últimos vereditos vieram mais rápido do que se consegue ler estes textos. Use o tempo que precisar; ninguém está contando segundos.',

  batchTitle: {
    one: '{count} julgamento feito',
    many: '{count} de julgamentos feitos',
    other: '{count} julgamentos feitos',
  },
  batchActive: 'Tempo ativo',
  batchMedian: 'Um julgamento leva',
  batchSkipped: 'Puladas',
  batchPause: 'Você está nisso há quase uma hora. Alguns minutos longe da tela fariam bem.',
  minutes: { one: '{count} minuto', many: '{count} de minutos', other: '{count} minutos' },
  seconds: { one: '{count} segundo', many: '{count} de segundos', other: '{count} segundos' },

  lessonWaiting: 'Vendo sua resposta…',
  lessonWaitingOffline:
    'Sua resposta está guardada aqui. O que se esperava aparece assim que o servidor responder.',
  right: 'Está certo',
  wrong: 'Esperava-se outra coisa',
  expected: 'Esperado',
  why: 'Por quê',

  training: 'Treino: {done} de {total}',
  qualifying: 'Qualificação: {done} de {total}',
  passedTitle: 'Qualificação aprovada',
  failedTitle: 'Qualificação não aprovada',
  sittingScore: '{right} de {total} respostas estavam certas.',
  sittingPassed: 'A campanha está aberta para você. A próxima tarefa já é trabalho de verdade.',
  sittingAgain: 'Você pode tentar de novo, com outras tarefas. Reler as diretrizes ajuda.',
  sittingOver: 'Um líder pode ver como foi e ainda liberar seu acesso.',

  comment: 'Comentário',
  reasons: 'Motivos',
  skipReason: 'Pulada porque',
  flagReason: 'Sinalizada porque',
}
