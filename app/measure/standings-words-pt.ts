import type { SameKeys } from '#app/ui/job-words.ts'
import type { standingsWordsEn } from './standings-words.ts'

/** The same in Brazilian Portuguese. */
export const standingsWordsPt: SameKeys<typeof standingsWordsEn> = {
  title: 'Classificação',
  none: 'Ainda não há julgamentos',
  noneOfKind: 'Não há julgamentos deste tipo',
  noneHint: 'A classificação aparece aqui assim que os avaliadores julgarem.',
  winChart: 'Taxa de vitória de cada modelo',
  winUnit: 'taxa de vitória, intervalos de 95 % por prompt',
  scoreChart: 'Nota média em {criterion}',
  scoreUnit: 'nota média, intervalos de 95 % por prompt',
  adaptive:
    'A ordem do trabalho foi adaptativa: os pares cuja ordem ainda estava em aberto se enfrentaram mais vezes. As taxas de vitória são ponderadas por isso.',
  adaptiveHint:
    'Cada tarefa conta pelo inverso da probabilidade de ter sido escolhida. Assim, a taxa de vitória de um modelo é a que ele teria se todas as tarefas tivessem sido julgadas, e não fica menor por ele ter enfrentado mais vezes os seus iguais. “Tarefas efetivas” diz quantas tarefas de mesmo peso informariam o mesmo. Pontuações e posições não são ponderadas: o modelo de Bradley–Terry leva em conta quem enfrentou quem.',
  table: 'Classificação dos modelos',
  rank: 'Posição',
  winRate: 'Taxa de vitória',
  rating: 'Pontuação',
  wins: 'Vitórias',
  losses: 'Derrotas',
  ties: 'Empates',
  both_bad: 'Ambas ruins',
  cant_judge: 'Não dá para julgar',
  judgments: 'n',
  strength: 'Força',
  effective: 'Tarefas efetivas',
  'column.win_rate': 'Taxa de vitória',
  'column.interval': 'Intervalo da taxa',
  'column.rating': 'Pontuação',
  'column.rating_interval': 'Intervalo da pontuação',
  'column.strength': 'Força',
  'column.strength_interval': 'Intervalo da força',
  'column.wins': 'Vitórias',
  'column.losses': 'Derrotas',
  'column.ties': 'Empates',
  'column.both_bad': 'Ambas ruins',
  'column.cant_judge': 'Não dá para julgar',
  'column.judgments': 'Julgamentos',
  'column.prompts': 'Prompts',
  'column.tie_rate': 'Taxa de empates',
  'column.effective_tasks': 'Tarefas efetivas',
  scoreTable: 'Notas médias dos modelos',
  criterion: 'Critério',
  mean: 'Média',
  headToHead: 'Confronto direto',
  whoBeatsWhom: 'Quem vence quem',
  matrixIntro:
    'Proporção das comparações em que o modelo da linha vence o da coluna. Aponte para uma célula, ou vá até ela pelo teclado, para ver o intervalo e as contagens; abra-a para ver as comparações por trás dela.',
  inEachCell: 'Em cada célula:',
  shareWon: 'proporção vencida, em %',
  meetings: 'n, julgamentos do par',
  comparisons: 'Comparações',
  against: '{model} contra {other}',
  againstIntro:
    'Quantos vereditos cada um teve em cada prompt em que se enfrentaram, contados do modo habitual. Um prompt leva às suas respostas e julgamentos.',
  prompt: 'Prompt',
  promptWithoutText: 'um prompt sem texto',
  nextPage: 'Mais prompts',
  noPairs: 'Nenhum par foi comparado',
  noPairsRubric:
    'Uma campanha de rubrica dá nota às respostas uma a uma; as médias estão em Classificação.',
  noPairsHint: 'As células se preenchem à medida que os avaliadores julgam.',
  matrix: 'Proporção das comparações em que o modelo da linha vence o modelo da coluna',
  cell: '{model} contra {other}: {share}; vitórias: {wins}, derrotas: {losses}, empates: {ties}, ambas ruins: {bothBad}',
  cellWithInterval:
    '{model} contra {other}: {share} (intervalo de 95 %: {low} a {high}); vitórias: {wins}, derrotas: {losses}, empates: {ties}, ambas ruins: {bothBad}',
  firstModels:
    'Os primeiros {shown} de {models} modelos pela pontuação; o arquivo abaixo tem todos os pares.',
  sideEven:
    'Não aparece preferência por lado: a resposta mostrada primeiro teve {share} de {wins} vitórias com ordem na tela conhecida (intervalo de 95 %: {low}–{high} %).',
  sideFirst:
    'Os avaliadores tendem à resposta mostrada primeiro: ela teve {share} de {wins} vitórias com ordem na tela conhecida (intervalo de 95 %: {low}–{high} %). Os lados são sorteados, de modo que nenhum modelo ganha com isso, mas os julgamentos ficam mais ruidosos.',
  sideSecond:
    'Os avaliadores tendem à resposta mostrada em segundo: a primeira teve {share} de {wins} vitórias com ordem na tela conhecida (intervalo de 95 %: {low}–{high} %). Os lados são sorteados, de modo que nenhum modelo ganha com isso, mas os julgamentos ficam mais ruidosos.',
  sideUnknown:
    'A resposta mostrada primeiro teve {share} de {wins} vitórias com ordem na tela conhecida; ainda não há intervalo.',
  evenTies: 'Dois modelos iguais empatariam em {share} das comparações (modelo de Davidson).',
  tieRate: 'Taxa de empates',
  nothingCompared: 'Ainda não se comparou nada.',
  notTold: 'Ainda não é possível distinguir os modelos.',
  best: '{model} é melhor que todos os outros modelos.',
  notYetSeparated: '{models} continuam não separados.',
  nobodySeparated: 'Nenhum modelo se separa dos demais por enquanto.',
  shareTop: '{models} dividem o topo: continuam não separados.',
  tooClose:
    '{higher} e {lower} estão próximos demais para que um número viável de julgamentos os separe.',
  wouldSeparate:
    'Cerca de {judgments} julgamentos a mais, distribuídos como os feitos até agora, separariam {higher} de {lower} se a diferença se mantiver.',
  leader:
    '{model} vence {share} das suas comparações (intervalo de 95 %: {low}–{high} %, agrupado por prompt; {judgments} julgamentos em {prompts} prompts).',
  leaderWeighted:
    '{model} vence {share} das suas comparações (intervalo de 95 %: {low}–{high} %, ponderado pela ordem adaptativa, agrupado por prompt; {judgments} julgamentos em {prompts} prompts).',
  namesAndLast: '{names} e {last}',
  namesAndMore: '{names} e mais {more}',
  sameLength: 'As respostas não diferem em comprimento.',
  lengthUnsure:
    'Pontuações com comprimento igual: não é certo que o comprimento pese no julgamento (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  longerPreferred:
    'Pontuações com comprimento igual: quem julga prefere respostas mais longas, seja qual for o modelo (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  shorterPreferred:
    'Pontuações com comprimento igual: quem julga prefere respostas mais curtas, seja qual for o modelo (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  styles: 'Quanto vale o estilo para quem julga',
  stylesTable: 'Valores de cada estilo',
  stylesHint:
    'As pontuações são com estilo igual: como se as duas respostas tivessem o mesmo comprimento e o mesmo número de títulos, itens de lista e trechos em negrito. Cada valor vale seja qual for o modelo e com os outros estilos iguais.',
  style: 'Estilo',
  odds: 'Chances vezes',
  pValue: 'p',
  styleOnePrompt: '{style}: um prompt só ainda não dá intervalo.',
  'style.length': 'Comprimento',
  'styleSame.length': 'As respostas não diferem em comprimento.',
  'styleUnsure.length':
    'Não é certo que o comprimento pese no julgamento (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleMore.length':
    'Quem julga prefere respostas mais longas (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleLess.length':
    'Quem julga prefere respostas mais curtas (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'style.headers': 'Títulos',
  'styleSame.headers': 'As respostas não diferem em títulos.',
  'styleUnsure.headers':
    'Não é certo que os títulos pesem no julgamento (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleMore.headers':
    'Quem julga prefere respostas com mais títulos (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleLess.headers':
    'Quem julga prefere respostas com menos títulos (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'style.lists': 'Itens de lista',
  'styleSame.lists': 'As respostas não diferem em itens de lista.',
  'styleUnsure.lists':
    'Não é certo que os itens de lista pesem no julgamento (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleMore.lists':
    'Quem julga prefere respostas com mais itens de lista (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleLess.lists':
    'Quem julga prefere respostas com menos itens de lista (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'style.bold': 'Trechos em negrito',
  'styleSame.bold': 'As respostas não diferem em trechos em negrito.',
  'styleUnsure.bold':
    'Não é certo que os trechos em negrito pesem no julgamento (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleMore.bold':
    'Quem julga prefere respostas com mais trechos em negrito (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
  'styleLess.bold':
    'Quem julga prefere respostas com menos trechos em negrito (chances multiplicadas por {odds} a cada desvio padrão da diferença, intervalo de 95 %: {low}–{high}).',
}
