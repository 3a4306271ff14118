import type { SameKeys } from '#app/ui/job-words.ts'
import type { judgeWordsEn } from './judge-words.ts'

/** The same in Brazilian Portuguese. */
export const judgeWordsPt: SameKeys<typeof judgeWordsEn> = {
  title: 'Juízes',
  question: 'Podemos confiar nos juízes?',
  intro:
    'Os vereditos de modelos de linguagem ao lado dos de pessoas: até que ponto concordam, para onde pendem e o que acrescentam às taxas de vitória.',
  nothing: 'Nenhum juiz julgou aqui',
  nothingHint:
    'Importe para esta campanha vereditos de um modelo juiz, com a origem “judge”, sobre pares que pessoas também julguem.',
  onlyPairs: 'Os juízes são confrontados com pessoas onde uma campanha compara duas respostas.',
  figuresOf: 'Resultados de {judge}',
  figure: 'Medida',
  value: 'Valor',
  agreement: 'Concorda com uma pessoa',
  peopleAgreement: 'Duas pessoas concordam',
  kappa: 'Kappa de Cohen com a maioria',
  first: 'A primeira resposta vence',
  peopleFirst: 'A primeira resposta vence, pessoas',
  longer: 'Prefere a mais longa, juiz menos pessoas (pontos percentuais)',
  ownFamily: 'Nota da própria família, juiz menos pessoas (pontos percentuais)',
  rests: '{verdicts} vereditos em {prompts} prompts; {pairs} pares julgados também por pessoas.',
  confusion: 'O que o juiz diz onde pessoas dão cada resposta',
  confusionTable: 'Respostas de pessoas e de {judge}',
  confusionHead: 'Pessoas ↓ juiz →',
  confusionHint:
    'Pares, repartidos entre as respostas dadas por pessoas. a e b são os dois modelos na ordem dos seus identificadores.',
  'answer.a': 'a',
  'answer.b': 'b',
  'answer.tie': 'empate',
  'answer.both_bad': 'ambas ruins',
  combined: 'Taxas de vitória só de pessoas, e de pessoas com juízes',
  combinedTable: 'Tabela das taxas de vitória',
  peopleAlone: 'Só pessoas',
  withJudges: 'Com juízes',
  pairs: 'Pares',
  worth: 'Valem',
  noPair: '{judge} e as pessoas não julgaram nenhum par em comum.',
  agreesUnknown:
    '{judge} diz o mesmo que uma pessoa sobre o mesmo par em {share} dos casos; não se sabe com que frequência duas pessoas concordam.',
  agreesLess:
    '{judge} diz o mesmo que uma pessoa sobre o mesmo par em {share} dos casos: menos vezes do que as pessoas concordam entre si, {people}.',
  agreesMore:
    '{judge} diz o mesmo que uma pessoa sobre o mesmo par em {share} dos casos: mais vezes do que as pessoas concordam entre si, {people}.',
  agreesAlike:
    '{judge} diz o mesmo que uma pessoa sobre o mesmo par em {share} dos casos: não se distingue da frequência com que as pessoas concordam entre si, {people}.',
  leansFirst: 'Pende para a resposta mostrada primeiro: a primeira vence {share}.',
  leansSecond: 'Pende para a resposta mostrada em segundo lugar: a primeira vence {share}.',
  prefersLonger:
    'Prefere a resposta mais longa com mais frequência do que as pessoas, por {points}.',
  prefersShorter:
    'Prefere a resposta mais curta com mais frequência do que as pessoas, por {points}.',
  familyBetter:
    'Dá aos modelos da própria família notas melhores que as das pessoas, por {points}.',
  familyWorse: 'Dá aos modelos da própria família notas piores que as das pessoas, por {points}.',
  points: '{size} pontos percentuais (intervalo de 95 %: {low}–{high})',
  notJoined:
    'Os vereditos dos juízes não puderam ser combinados com os das pessoas: para isso são necessários pares que só juízes julgaram, ao lado de pares que ambos julgaram.',
  addsNothing:
    'Combinados com os vereditos das pessoas, os dos juízes quase nada acrescentam: os intervalos continuam mais ou menos tão largos quanto só com pessoas.',
  adds: 'Combinados com os vereditos das pessoas, os dos juízes valem {share} a mais de pares julgados, para o modelo do meio.',
}
