import type { SameKeys } from '#app/ui/job-words.ts'
import type { overviewWordsEn } from './overview-words.ts'

/** The same in Brazilian Portuguese. */
export const overviewWordsPt: SameKeys<typeof overviewWordsEn> = {
  title: 'Visão geral',
  counts:
    '{prompts} prompts · {responses} respostas de {models} modelos · {judgments} julgamentos de {raters} avaliadores',
  found: 'Encontrado nos textos e não removido:',
  simulation:
    'Os avaliadores deste projeto são uma simulação com semente fixa. Os números mostram como o Rubrica funciona; não dizem nada sobre nenhum modelo real.',
  loadingDemo: 'Carregando a demonstração',
  bringIn: 'Traga o que você registrou',
  importFile: 'Importar um arquivo',
  bringInHint:
    'Tudo começa com prompts e as respostas de dois ou mais modelos. JSONL e CSV em qualquer formato servem.',
  ask: 'Peça julgamentos',
  newCampaign: 'Nova campanha',
  askHint:
    'Uma campanha decide que respostas se enfrentam, o que se pergunta aos avaliadores e quantos julgam cada tarefa.',
  state: '{kind}, {state}',
  'state.imported': 'importada',
  'state.draft': 'rascunho',
  'state.open': 'aberta',
  'state.paused': 'em pausa',
  'state.closed': 'encerrada',
  judgments: 'Julgamentos',
  progress: '{judgments} de {wanted} julgamentos em {tasks} tarefas, por {raters} avaliadores',
  progressOpen: '{judgments} julgamentos em {tasks} tarefas, por {raters} avaliadores',
  'forecast.done': 'Tudo o que foi criado está julgado ou decidido.',
  'forecast.too_early':
    'Faltam {left} julgamentos; é cedo para uma previsão, que precisa de dez julgamentos e algumas horas.',
  'forecast.standing_still':
    'Faltam {left} julgamentos, e nenhum chegou nos últimos dias. Neste ritmo não termina.',
  pace: 'Faltam {left} julgamentos; cerca de {pace} por dia, {lastDay} nas últimas 24 horas:',
  doneAround: 'pronta por volta de',
  eightInTen: 'se continuar assim, em oito de dez casos entre',
  and: 'e',
  alphaName: 'Alfa de Krippendorff',
  alpha: '{alpha}',
  alphaBetween: '{alpha} ({low}–{high})',
  onCriterion: 'em {criterion}',
  noAlpha: 'Ainda não há concordância em {criterion}: {reason}.',
  attention: 'Pede atenção',
  doubtful: {
    one: '{count} divergência espera uma decisão',
    other: '{count} divergências esperam uma decisão',
  },
  manyDoubtful: '{count} ou mais divergências esperam uma decisão',
  flaggedRaters: {
    one: '{count} avaliador merece um olhar',
    other: '{count} avaliadores merecem um olhar',
  },
  openFlags: {
    one: '{count} tarefa foi sinalizada por avaliadores',
    other: '{count} tarefas foram sinalizadas por avaliadores',
  },
  moreAlarms: {
    one: 'Mais {count} mudança é certa.',
    other: 'Mais {count} mudanças são certas.',
  },
  missesDeadline: 'Neste ritmo não fica pronta até o prazo',
  gatesChanged: 'Portões que mudaram',
  gateChanged: '{candidate} no lugar de {baseline}: {verdict}, antes disso {was}; mudou {ago}',
  standings: 'Classificação',
  campaign: 'Campanha',
}
