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
  alpha: 'Alfa de Krippendorff {alpha} em {criterion}',
  alphaBetween: 'Alfa de Krippendorff {alpha} ({low}–{high}) em {criterion}',
  standings: 'Classificação',
  campaign: 'Campanha',
}
