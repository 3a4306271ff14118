import type { SameKeys } from '#app/ui/job-words.ts'
import type { agreementWordsEn } from './agreement-words.ts'

/** The same in Brazilian Portuguese. */
export const agreementWordsPt: SameKeys<typeof agreementWordsEn> = {
  title: 'Concordância',
  question: 'Podemos confiar nos avaliadores?',
  intro:
    'O alfa de Krippendorff é a concordância além do acaso: 1 é perfeita, 0 é o que o acaso daria. Ele diz até que ponto os avaliadores veem o mesmo, não quão bons eles são.',
  nothing: 'Ainda não há o que comparar',
  nothingHint:
    'A concordância precisa de tarefas julgadas por dois ou mais avaliadores: defina uma sobreposição de pelo menos dois.',
  method: '{orientation}; {missing}; {interval}, {rounds} rodadas, semente {seed}.',
  alphaBetween: 'alfa ({level}), intervalo de 95 %: {low} a {high}',
  'level.nominal': 'nominal',
  'level.ordinal': 'ordinal',
  'level.interval': 'intervalar',
  'level.ratio': 'de razão',
  rests:
    '{units} unidades julgadas duas vezes ou mais em {prompts} prompts · {judgments} julgamentos de {raters} avaliadores',
  companions: 'Outras medidas de concordância',
  besideIt: 'Ao lado dele',
  value: 'Valor',
  answersTitle: 'Onde um avaliador diz isto, outro diz',
  answersTable: 'Respostas de dois avaliadores de uma mesma unidade',
  answer: 'Resposta',
  given: 'Dada',
  'answer.a': 'a',
  'answer.b': 'b',
  'answer.tie': 'empate',
  'answer.both_bad': 'ambas ruins',
  tagsTitle: 'Por etiqueta, da menor concordância para a maior',
  tagsTable: 'Concordância por etiqueta',
  tag: 'Etiqueta',
  alpha: 'Alfa',
  pairsTitle: 'Avaliadores dois a dois: kappa de Cohen dos que têm dez unidades ou mais em comum',
  pairsTable: 'Concordância de pares de avaliadores',
  raters: 'Avaliadores',
  sameAnswer: 'Mesma resposta',
  kappa: 'Kappa',
  units: 'Unidades',
}
