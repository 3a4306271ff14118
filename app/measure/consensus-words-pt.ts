import type { SameKeys } from '#app/ui/job-words.ts'
import type { consensusWordsEn } from './consensus-words.ts'

/** The same in Brazilian Portuguese. */
export const consensusWordsPt: SameKeys<typeof consensusWordsEn> = {
  title: 'Consenso',
  question: 'O que os avaliadores dizem juntos?',
  same: 'Um modelo dos avaliadores e a simples maioria concordam onde quer que haja maioria.',
  differ: {
    one: 'Um modelo dos avaliadores e a simples maioria diferem em {count} de {units} unidades.',
    other: 'Um modelo dos avaliadores e a simples maioria diferem em {count} de {units} unidades.',
  },
  intro:
    'Um modelo dá peso aos avaliadores conforme acertam, até onde as suas respostas dizem; a maioria conta cada um uma vez. Nenhum substitui o outro: a classificação e os conjuntos de dados seguem os julgamentos, salvo outra escolha feita lá.',
  shared:
    'O que todos os avaliadores erram do mesmo modo o modelo toma por certo. Onde os dois diferem, olhe a tarefa antes de acreditar em um deles.',
  rests:
    '{units} unidades em {prompts} prompts, julgadas por {raters} avaliadores em {judgments} respostas.',
  undecided: {
    one: '{count} unidade não tem maioria: várias respostas são tão frequentes.',
    other: '{count} unidades não têm maioria: várias respostas são tão frequentes.',
  },
  judgedOnce: {
    one: '{count} unidade foi julgada por um só avaliador e fica de fora.',
    other: '{count} unidades foram julgadas por um só avaliador e ficam de fora.',
  },
  nothing: 'Ainda não há sobre o que concordar',
  nothingHint:
    'Um consenso precisa de uma pergunta com respostas para escolher e de unidades que dois ou mais avaliadores julgaram: defina uma sobreposição de ao menos dois.',
  answers: 'Quantas unidades cada resposta tem',
  answer: 'Resposta',
  majority: 'Maioria',
  likely: 'Modelo',
  prevalence: 'Frequência pelo modelo',
  noMajority: 'sem maioria',
  units: 'Unidades, primeiro as que diferem, depois as mais duvidosas',
  unitsListed: 'Estão listadas as primeiras {listed} de {units} unidades.',
  unit: 'Unidade',
  votes: 'Votos',
  mostFrequent: 'Maioria',
  posterior: 'Modelo',
  doubt: 'Dúvida',
  bits: '{bits} bits',
  differs: 'difere',
  promptWithoutText: 'um prompt sem texto',
  compared: '{one} e {other}',
  further: 'Mais unidades',
  first: 'Primeiras unidades',
  raters: 'Avaliadores pelo modelo e pela maioria',
  rater: 'Avaliador',
  n: 'n',
  skill: 'Acerta, pelo modelo',
  withMajority: 'Com a maioria dos outros',
  ofUnits: 'de {units}',
  off: 'chama alguma resposta pelo nome de outra mais vezes do que pelo seu, diz o modelo',
  'answer.a': 'a é melhor',
  'answer.b': 'b é melhor',
  'answer.tie': 'empate',
  'answer.both_bad': 'ambas ruins',
  better: '{model} é melhor',
}
