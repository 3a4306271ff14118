import type { SameKeys } from './job-words.ts'
import type { pageWordsEn, refusedWordsEn } from './page-words.ts'

/** The same in Brazilian Portuguese. */
export const pageWordsPt: SameKeys<typeof pageWordsEn> = {
  language: 'Idioma',
  close: 'Fechar',
  toStart: 'Ir para o início',
  '400': 'Não foi possível entender o pedido',
  '400.detail': 'Confira o endereço e tente de novo.',
  '401': 'Entre, por favor',
  '401.detail': 'Sua sessão terminou. Nada do que você enviou se perdeu.',
  '403': 'Isto não está aberto para você',
  '403.detail': 'Peça a um líder do projeto o papel necessário.',
  '404': 'Esta página não existe',
  '404.detail': 'Confira o endereço ou volte para onde estava.',
  '405': 'Isso não é possível aqui',
  '405.detail': 'Este endereço não aceita esse tipo de pedido.',
  '413': 'É grande demais',
  '413.detail': 'Divida o arquivo ou use a linha de comando.',
  '500': 'Algo deu errado do nosso lado',
  '500.detail':
    'Ficou anotado no registro. Nada do que foi salvo se perdeu; tente de novo em instantes.',
}

export const refusedWordsPt: SameKeys<typeof refusedWordsEn> = {
  campaign: 'Esta campanha não existe',
  campaignOpen: 'Esta campanha não existe ou não está aberta para você',
  dataset: 'Este conjunto de dados não existe',
  file: 'Este arquivo não existe',
  import: 'Esta importação não existe',
  invitation: 'Este convite não existe',
  invitationOver: 'Este convite não existe: foi usado, expirou ou nunca existiu',
  job: 'Este trabalho não existe',
  message: 'Esta mensagem para você não existe',
  model: 'Este modelo não existe',
  page: 'Esta página não existe',
  project: 'Este projeto não existe',
  prompt: 'Este prompt não existe',
  rater: 'Este avaliador não existe',
  row: 'Esta linha não existe',
  snapshot: 'Este snapshot não existe',
  task: 'Esta tarefa não existe nesta campanha',
  goneDetail: 'Pode ter sido removido ou pertencer a um projeto de que você não é membro.',
  notOpen: 'Isto não está aberto para você',
  adminOnly: 'Só um administrador do site pode fazer isto.',
  leads: 'Esta parte do projeto é para líderes.',
  leadsAndEngineers: 'Esta parte do projeto é para líderes e engenheiros.',
  annotators: 'Esta parte do projeto é para avaliadores.',
}
