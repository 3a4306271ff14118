import type { SameKeys } from '#app/ui/job-words.ts'
import type { storedWordsEn } from './stored-words.ts'

/** The same in Brazilian Portuguese. */
export const storedWordsPt: SameKeys<typeof storedWordsEn> = {
  onePrompt: 'um só prompt não dá intervalo',
  notMeasured: 'não medido',
  noVerdict: 'nenhum veredito que conte',
  unbeaten: 'invicto: nunca perdeu nem empatou, por isso não existe força finita',
  winless: 'sem vitórias: nunca venceu nem empatou, por isso não existe força finita',
  notComparable: 'não comparável: nenhuma cadeia de vitórias e derrotas o liga aos outros modelos',
  noSkills: 'as habilidades e os vieses dos avaliadores não deixam pontuações: poucos vereditos',
  tooManyTies: 'empates demais para o modelo deles: não há pontuações com os empates à parte',
  neverMet:
    'Os modelos formam {groups} grupos que nunca se enfrentaram: {names}. Peça comparações entre modelos de grupos diferentes.',
  lengthTellsApart:
    'o comprimento sozinho já distingue vencedores de perdedores: não há pontuações com comprimento igual',
  styleTellsApart:
    'os estilos sozinhos já distinguem vencedores de perdedores, ou acompanham sempre um modelo ou um ao outro: não há pontuações com estilo igual',
  lengthGoesWithModels:
    'O comprimento difere quase só de um modelo para outro: quanto ele vale, e com isso estas pontuações, se apoia em pouco.',
  headersGoWithModels:
    'Os títulos diferem quase só de um modelo para outro: quanto eles valem, e com isso estas pontuações, se apoia em pouco.',
  listsGoWithModels:
    'Os itens de lista diferem quase só de um modelo para outro: quanto eles valem, e com isso estas pontuações, se apoia em pouco.',
  boldGoesWithModels:
    'Os trechos em negrito diferem quase só de um modelo para outro: quanto eles valem, e com isso estas pontuações, se apoia em pouco.',
  separateGroups:
    'Não é possível comparar todos os modelos: nos julgamentos até agora, nenhum grupo de modelos venceu e também perdeu contra os demais.',
  notRated:
    '{count} de {models} modelos não podem receber pontuação junto com os outros; cada linha diz por quê.',
  fewPrompts: {
    one: 'Só {count} prompt: os intervalos são imprecisos.',
    other: 'Apenas {count} prompts: os intervalos são imprecisos.',
  },
  tooNarrow:
    'Os intervalos tratam os julgamentos de um mesmo prompt como independentes; são estreitos demais e estão aqui só para comparação.',
  ownPairs: {
    one: 'Fora da conta: {count} veredito entre duas respostas do mesmo modelo.',
    many: 'Fora da conta: {count} de vereditos entre duas respostas do mesmo modelo.',
    other: 'Fora da conta: {count} vereditos entre duas respostas do mesmo modelo.',
  },
  partlyAdaptive: {
    one: 'Só parte das tarefas foi escolhida de forma adaptativa: {count} julgamento veio de tarefas criadas de outro modo. As taxas de vitória pendem para os pares escolhidos mais vezes; as pontuações, não.',
    many: 'Só parte das tarefas foi escolhida de forma adaptativa: {count} de julgamentos vieram de tarefas criadas de outro modo. As taxas de vitória pendem para os pares escolhidos mais vezes; as pontuações, não.',
    other:
      'Só parte das tarefas foi escolhida de forma adaptativa: {count} julgamentos vieram de tarefas criadas de outro modo. As taxas de vitória pendem para os pares escolhidos mais vezes; as pontuações, não.',
  },
  half: 'meia vitória',
  drop: 'fora da conta',
  own: 'categoria à parte',
  leftOut: 'fora da conta',
  human: 'pessoas',
  adjudicator: 'adjudicadores',
  judge: 'juízes',
  byPrompt: 'agrupado por prompt: CR1 com t de Student e prompts − 1 graus de liberdade',
  byBoth:
    'agrupado por prompt e por avaliador: variâncias de ambos menos a dos dois juntos, t de Student com o mais escasso − 1 graus de liberdade; pontuações com empates à parte, com comprimento ou estilo igual ou por habilidade, e confronto direto, só por prompt',
  fewTwoWayPrompts: 'menos de 20 prompts',
  fewTwoWayRaters: 'menos de 20 avaliadores',
  byPromptOnce:
    'agrupado por prompt: CR1 com t de Student com prompts − 1 graus de liberdade; para uma consulta, não para muitas',
  byBetting:
    'sequência de confiança por apostas, sobre os prompts em sua ordem; vale por mais que se consulte',
  byJudgment: 'cada julgamento por si (comparação identificada como tal)',
  winRateTiesApart:
    'proporção de vitórias entre todos os julgamentos do modelo contra todos os adversários, empates à parte',
  winRate: 'nota média de todos os julgamentos do modelo contra todos os adversários',
  winRateWeighted: 'nota média ponderada das tarefas do modelo contra todos os adversários',
  weights:
    'a ordem foi adaptativa: as taxas de vitória e as proporções do confronto direto são ponderadas pelo inverso da probabilidade de cada tarefa ter sido escolhida; as pontuações não são ponderadas, porque o modelo de Bradley–Terry leva em conta quem enfrentou quem',
  strength:
    'Bradley–Terry pelo método de Newton, logaritmo natural, média zero entre os modelos que podem ser comparados',
  strengthDavidson:
    'modelo de Davidson com empates, logaritmo natural, média zero sobre os modelos comparáveis',
  strengthRaters:
    'Bradley–Terry com habilidade e viés de lado por avaliador, logaritmo natural, média zero sobre os modelos comparáveis; cada julgamento pesa por uma habilidade aprendida em outros prompts',
  strengthAtLength:
    'Bradley–Terry com respostas de comprimento igual, logaritmo natural, média zero entre os modelos que podem ser comparados',
  strengthAtStyle:
    'Bradley–Terry com comprimento, títulos, itens de lista e trechos em negrito iguais nas respostas, cada diferença como (a − b) / (a + b) e pelo seu desvio padrão, logaritmo natural, média zero entre os modelos que podem ser comparados',
  rating: '1000 + 400 / ln 10 × força',
  rank: 'faixa a partir dos intervalos de todas as diferenças entre pares, simultâneos por max-t',
  twoPrompts: 'menos de dois prompts julgados duas vezes',
  littleVariation: 'variação pequena demais para reamostrar',
  noUnitTwice: 'nenhuma unidade foi julgada por dois avaliadores',
  noVariation: 'sem variação: todos os valores são iguais',
  fewJudgedTwice: 'apenas {count} prompts foram julgados duas vezes: o intervalo é impreciso',
  oneUnit: 'uma só unidade não dá intervalo',
  unitsIndependent: 'o intervalo trata as unidades como independentes',
  twoRaters: 'menos de dois avaliadores',
  notEveryRater: 'nem todo avaliador deu nota a todas as unidades',
  sameAnswer: 'Mesma resposta',
  sameAnswerAbout:
    'com que frequência dois avaliadores de uma mesma unidade dizem o mesmo; inclui o acaso',
  gwetOne: 'AC1 de Gwet',
  gwetTwo: 'AC2 de Gwet, quadrático',
  gwetOneAbout: 'concordância além do acaso que continua alta onde uma resposta é muito frequente',
  gwetTwoAbout:
    'notas próximas contam como concordância; alto também onde todas as notas se concentram',
  fleiss: 'kappa de Fleiss',
  fleissQuadratic: 'kappa de Fleiss, quadrático',
  fleissAbout: 'como o alfa, sem a correção para poucas unidades',
  correlationAbout: 'confiabilidade da nota de um avaliador, e da média de todos',
  orientation: 'a e b são as respostas na ordem canônica da tarefa (a do arquivo, nas importações)',
  missing:
    '“não dá para julgar” e tarefas puladas contam como ausentes; “ambas ruins” é uma categoria própria',
  expandedBootstrap: 'bootstrap percentil expandido sobre os prompts',
  pairBootstrap:
    'bootstrap percentil sobre pares de julgamentos, com a discordância esperada mantida fixa, segundo Hayes e Krippendorff (comparação identificada como tal); os demais valores, por prompt',
  judgmentsAlone:
    'o intervalo trata pares de julgamentos como independentes: estreito demais, só para comparação',
  twoUnits: 'menos de duas unidades julgadas duas vezes',
  sameDifference: 'sem variação: todos os prompts diferem pelo mesmo valor',
  meanDifference:
    'diferença média nos prompts que as duas versões responderam, cada prompt uma vez, com intervalo de Student sobre os prompts',
  multiplicity: 'valores p ajustados por Holm sobre todos os passos e etiquetas deste relatório',
  alarm: 'p ajustado abaixo de {level}',
  levelChanges:
    'com três versões ou mais: maior distância entre médias ponderadas, confrontada com séries simuladas sem mudança, dividida de novo dos dois lados',
  versionPeriods:
    'mais de {most} versões são desenhadas por semana, mês, trimestre ou ano, ou em números iguais quando não têm data: a média de todas as notas do período, com o intervalo sobre os prompts; passos, mudanças e arquivos mantêm cada versão',
  versionOrder: 'versões por suas datas ou números, conforme os nomes',
  roughInterval: 'apenas {count} prompts: o intervalo é impreciso',
  noSpread: 'todos os prompts dão o mesmo: não há dispersão em que se basear',
  noPairsOfIt: 'pessoas não julgaram nenhum dos seus pares',
  noTwoPeople: 'nenhum par foi julgado por duas pessoas',
  orderUnknownToIt: 'não se sabe em que ordem lhe foram mostradas',
  orderUnknown: 'não se sabe em que ordem foram mostradas',
  familyNotMet: 'nenhum modelo da sua família enfrentou um de outra',
  nothingToCompare: 'nada a comparar',
  pairsIndependent: 'o intervalo trata os pares como independentes',
  peopleOnFew: {
    one: 'pessoas o julgaram em apenas {count} prompt',
    many: 'pessoas o julgaram em apenas {count} de prompts',
    other: 'pessoas o julgaram em apenas {count} prompts',
  },
  judgesOnFew: {
    one: 'juízes sozinhos o julgaram em apenas {count} prompt',
    many: 'juízes sozinhos o julgaram em apenas {count} de prompts',
    other: 'juízes sozinhos o julgaram em apenas {count} prompts',
  },
  peopleOnOne: 'pessoas o julgaram em um só prompt',
  judgesSayNothing: 'os juízes nada dizem de pares que pessoas não julgaram',
  nobodyJudged: 'ninguém o julgou',
  noCommonPair:
    'Pessoas e juízes não têm nenhum par em comum, por isso nada se pode dizer dos juízes.',
  fewSharedPrompts:
    'Pessoas e juízes têm apenas {count} prompts em comum: os intervalos são imprecisos.',
  judgeAgreement:
    'proporção dos votos de pessoas em um par que são o voto do juiz, em média sobre os pares que ambos julgaram; intervalos por prompt',
  judgeKappa:
    'kappa de Cohen das respostas mais frequentes, sem os pares em que há empate na mais frequente',
  judgeCombined:
    'inferência apoiada em predições (PPI++): a média dos juízes nos pares que pessoas não julgaram, corrigida por quanto juízes e pessoas diferem onde ambos julgaram; peso ajustado para a menor variância, todos os juízes juntos, agrupado por prompt',
  judgeAssumption:
    'os pares que pessoas julgaram são tomados como amostra aleatória de todos; onde foram escolhidos de outro modo, os números combinados pendem',
  oneSitting: 'uma só sessão não dá intervalo',
  sittingsAlike: 'todas as sessões correram iguais',
  fewSittings: 'apenas {count} sessões: impreciso',
  noTime: 'nenhum julgamento teve o tempo medido',
  fewTimes: {
    one: '{count} tempo é pouco para um intervalo',
    many: '{count} de tempos são poucos para um intervalo',
    other: '{count} tempos são poucos para um intervalo',
  },
  nothingJudged: 'nada julgado nem pulado ainda',
  nobodyElse: 'nenhum outro avaliador julgou as mesmas tarefas',
  notPairs: 'só pares têm lados',
  noVerdictYet: 'nenhum veredito ainda',
  onlyPairVerdicts: 'só pares têm esse veredito',
  onlyLengths: 'só pares e ordenações comparam comprimentos',
  noGoldJudged: 'nenhuma tarefa com gabarito julgada ainda',
  noRepeatJudged: 'nenhuma repetição julgada ainda',
  noKnownOrder: 'nenhum veredito decidido em ordem de exibição conhecida',
  noUnequalLength: 'nenhum veredito decidido entre respostas de comprimento desigual',
  noUnequalShared:
    'nenhuma tarefa que outros também decidiram, entre respostas de comprimento desigual',
  noMajority: 'nenhuma tarefa cujos outros avaliadores tenham maioria',
  needsThree: 'precisa de tarefas com três avaliadores',
  noneAdjudicated: 'nenhuma das tarefas julgadas foi adjudicada',
  raterJudgments:
    'de pessoas, com propósito de trabalho, última revisão, nem retirados nem excedentes; tarefas com gabarito e repetições à parte',
  raterIntervals:
    'proporções sobre prompts: Wilson com o número efetivo de casos; gabarito, repetições, puladas e lados: Wilson, um caso por tarefa; diferenças: t de Student sobre os prompts; tempos: estatísticas de ordem; julgamentos por hora: t de Student sobre as sessões',
  raterConsensus:
    'a resposta de mais da metade dos outros avaliadores da tarefa; “não dá para julgar” conta como ausente',
  raterLength:
    'a mais longa de duas respostas em caracteres, contra os outros avaliadores das mesmas tarefas',
  raterFast: 'menos tempo do que leva ler 30 caracteres por segundo',
  raterSignals:
    'Benjamini e Hochberg sobre todos os avaliadores e testes; um sinal precisa também de uma diferença que importe',
  strengthRankings:
    'Plackett–Luce sobre ordenações inteiras por Newton, logaritmo natural, média zero sobre os modelos que podem ser comparados',
  noRankings: 'Ninguém ordenou respostas aqui: as forças são as dos pares.',
  rankingsAlone:
    'Ordenações inteiras se ajustam sem comprimento, estilo, habilidade dos avaliadores ou intervalos por avaliador: as forças são as dos pares.',
  strengthTiedRankings:
    'Plackett–Luce com um parâmetro de empate para cada número de modelos que empatam (Davidson–Luce) sobre ordenações inteiras por Newton, logaritmo natural, média zero sobre os modelos que podem ser comparados',
  rankingsTied:
    '{tied} de {rankings} ordenações têm empates, que não podem ser deixados fora de ordenações inteiras: as forças são as dos pares.',
  rankingsInfinite:
    'Plackett–Luce não tem forças finitas aqui, como onde quase todas as ordenações empatam: as forças são as dos pares.',
  rankingsTwice:
    'Algumas ordenações trazem duas respostas de um mesmo modelo: as forças são as dos pares.',
  consensusTable:
    'cada avaliador tem uma tabela de quantas vezes uma resposta verdadeira recebe cada nome, com uma resposta a mais para cada verdadeira, repartida por igual; EM a partir das proporções de votos até a log-verossimilhança parar',
  consensusCoin:
    'cada avaliador acerta com uma só probabilidade e erra por igual, puxado para 0,75 por duas respostas; EM a partir das proporções de votos',
  consensusMany:
    'a maior parte das respostas é de avaliadores que deram dez ou mais para cada uma possível',
  consensusFew:
    'a maior parte das respostas é de avaliadores que deram menos de dez para cada uma possível, pouco para uma tabela de cada um',
  consensusMajority:
    'a resposta mais frequente de uma unidade; nenhuma onde várias são tão frequentes',
  consensusUnsettled: 'O modelo não se estabilizou nas suas iterações: os números são aproximados.',
  dawidSkene: 'Dawid–Skene',
  oneCoin: 'uma moeda',
}
