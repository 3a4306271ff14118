import type { SameKeys } from '#app/ui/job-words.ts'
import type { planWordsEn } from './plan-words.ts'

/** The same in Brazilian Portuguese. */
export const planWordsPt: SameKeys<typeof planWordsEn> = {
  title: 'Plano',
  question: 'Quantos julgamentos serão precisos?',
  intro:
    'Calculado dos próprios julgamentos desta campanha: quanto variam, quantos são empates e quão parecidos são os de um mesmo prompt. Um plano vale enquanto os próximos julgamentos forem como os feitos até agora.',
  wish: 'O desejo',
  goal: 'O que se deseja',
  'goal.width': 'um intervalo de certa largura',
  'goal.power': 'achar uma vantagem de certo tamanho',
  figure: 'De que número',
  'figure.pair': 'a taxa de vitória de um de um par',
  'figure.model': 'a taxa de um modelo contra todos',
  half_width: 'Metade do intervalo, em pontos',
  half_width_scale: 'Metade do intervalo, em pontos da escala',
  win_rate: 'Taxa verdadeira, em %',
  power: 'Achada quantas vezes, em %',
  overlap: 'Julgamentos de um prompt e par',
  correlation: 'Parecidos em um prompt, 0 a 1',
  ties: 'Empates e ambas ruins, em %',
  asSeen: 'até agora {value}',
  asAssumed: 'suposto {value}',
  show: 'Calcular',
  asUsual: 'Voltar ao que foi visto',
  widthPair:
    'Cerca de {needed} julgamentos de um par, em {prompts} prompts, dariam à sua taxa de vitória um intervalo de cerca de ± {width} pontos.',
  widthModel:
    'Cerca de {needed} julgamentos de um modelo, em {prompts} prompts, dariam à sua taxa contra todos os outros um intervalo de cerca de ± {width} pontos.',
  powerPair:
    'Cerca de {needed} julgamentos de um par, em {prompts} prompts, distinguiriam uma taxa verdadeira de {rate} % de uma igualdade em {power} de 100 campanhas assim.',
  powerModel:
    'Cerca de {needed} julgamentos de um modelo, em {prompts} prompts, distinguiriam uma taxa verdadeira de {rate} % contra todos os outros de uma igualdade em {power} de 100 campanhas assim.',
  smaller:
    'Uma vantagem menor passaria despercebida mais vezes; uma taxa achada não é a verdadeira.',
  andSeen:
    'Isto supõe que os julgamentos de um prompt sejam tão parecidos quanto os feitos até agora ({correlation}), de modo que {effect} deles valem um isolado.',
  andAssumed:
    'Não se sabe por esta campanha quão parecidos são os julgamentos de um prompt: {why}. O plano supõe {correlation}, de modo que {effect} deles valem um isolado.',
  andChosen:
    'Isto supõe que os julgamentos de um prompt se pareçam em {correlation}, como escolhido, de modo que {effect} deles valem um isolado.',
  whyNothing: 'nada foi medido ainda',
  whyOnce: 'são precisos dez prompts julgados mais de uma vez e um intervalo que tenha largura',
  soFar: {
    one: 'Até agora ele se apoia em {judgments} julgamentos.',
    other: 'Até agora o do meio de {count} números assim se apoia em {judgments} julgamentos.',
  },
  enough: 'Já são tantos, se estiverem distribuídos do mesmo modo.',
  more: 'Faltam cerca de {more} para cada um.',
  wholeCampaign:
    'Para todos os {count} números assim são cerca de {needed} julgamentos na campanha.',
  rough:
    'Menos de dez prompts: um intervalo de tão poucos é mais largo do que isto diz. Planeje ao menos dez.',
  'why.even': 'Nenhum número de julgamentos distingue uma taxa igual de outra igual.',
  'why.tooManyTies':
    'Com tantos empates não pode haver uma taxa de vitória de {rate} %: são poucos os julgamentos decididos.',
  'why.tooMany': 'Seriam precisos mais de dez milhões de julgamentos de um número: deseje menos.',
  alpha: 'Até agora os avaliadores concordam com alfa {alpha} em {criterion}.',
  chart: 'Metade do intervalo que os julgamentos de um número compram',
  chartUnit: 'julgamentos de um número',
  chartSide: 'pontos',
  table: 'Metade do intervalo por julgamentos',
  asTable: 'O mesmo em tabela',
  judgments: 'Julgamentos',
  prompts: 'Prompts',
  halfWidth: 'Metade do intervalo',
  chartWords: 'De {first} julgamentos (± {firstWidth} pontos) a {last} (± {lastWidth} pontos).',
  planned: 'desejado',
  now: 'até agora',
  scoresTitle: 'Mais prompts para cada critério',
  criterion: 'Critério',
  widest: 'Intervalo mais largo até agora',
  promptsSoFar: 'Prompts até agora',
  morePrompts: 'Mais prompts',
  scoreSentence:
    '{criterion}: cerca de {more} prompts a mais, com tantas notas quanto os de até agora, trariam a média de cada modelo para cerca de ± {width}, se as notas variarem como até agora.',
  scoreEnough: '{criterion}: a média de cada modelo já está em ± {width}.',
  scoreUnknown:
    '{criterion}: um só prompt, ou notas que não variam, nada dizem de quantos seriam precisos.',
  noPower:
    'O plano de uma rubrica fala da largura das médias; vantagens se comparam prompt a prompt, em Deriva.',
  nothing: 'Nada de que planejar',
  nothingHint:
    'O plano de uma rubrica precisa antes de algumas notas: de outro modo não se sabe quanto variam.',
  points: '± {width}',
  method:
    'Variância dos pontos de um julgamento (1, ½, 0) pelas contagens; efeito do desenho 1 + (m − 1) ρ para m julgamentos de um número em um prompt (Kish 1965), com ρ da variância agrupada sobre a ingênua de cada número, ponderada pelos seus julgamentos; z² · variância · efeito do desenho / metade² para a largura, Fleiss, Levin e Paik (2003) para o poder. Todos os prompts são tomados como julgados o mesmo número de vezes.',
}
