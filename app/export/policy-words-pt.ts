import type { SameKeys } from '#app/ui/job-words.ts'
import type { policyWordsEn } from './policy-words.ts'

/** The same in Brazilian Portuguese. */
export const policyWordsPt: SameKeys<typeof policyWordsEn> = {
  counted:
    'Julgamentos que contam: {sources}; só os do trabalho em si, na revisão mais recente, sem os retirados e os excedentes.',
  human: 'de pessoas',
  adjudicator: 'de adjudicadores',
  judge: 'de modelos juízes',
  judgeWeighs: 'de modelos juízes (cada um com peso {weight})',
  majority:
    'O veredito de um par é o que mais da metade dos avaliadores disse; empate e ambas ruins são votos, “não dá para julgar” não é.',
  adjudicated:
    'Vale o veredito de um adjudicador; onde não há, o que mais da metade dos avaliadores disse.',
  posterior:
    'O veredito de um par é o mais provável segundo o modelo de Dawid e Skene para os avaliadores.',
  'every rater': 'O veredito de cada avaliador é uma linha à parte.',
  minimumRaters: 'Ao menos {least} avaliador(es) por linha.',
  criterion: 'Quem decide é a pergunta “{criterion}”.',
  models: 'Modelos: {models}.',
  tags: 'Prompts com a etiqueta {tags}.',
  withoutTags: 'Nenhum prompt com a etiqueta {tags}.',
  or: ' ou ',
  judgedFrom: 'Julgados a partir de {day} (UTC).',
  judgedBefore: 'Julgados antes de {day} (UTC).',
  minimumAgreement: 'Ao menos {share} dos avaliadores concordam.',
  minimumPosterior: 'Um veredito tem probabilidade de ao menos {share}.',
  minimumMargin: 'Os dois lados de um par diferem em ao menos {margin} de 1.',
  margin:
    'Todo par traz uma margem de 0 a 1: quanto os avaliadores acharam melhor a resposta escolhida.',
  undecided: 'Empates: {ties}. Ambas ruins: {bothBad}.',
  leftOut: 'ficam de fora',
  ownFile: 'em um arquivo próprio',
  labels: 'as duas rotuladas como ruins, onde as linhas são rótulos',
  contradictions: 'Textos que aparecem nos dois sentidos ficam de fora.',
  onePair: 'Um par por prompt, o mais seguro.',
  near: 'Um só prompt entre os que são quase iguais.',
  exact: 'Linhas iguais uma vez só.',
  mostPrompt: 'Prompts de no máximo {most} {unit}.',
  mostCompletion: 'Respostas de no máximo {most} {unit}.',
  mostTotal: 'Prompt e resposta juntos com no máximo {most} {unit}.',
  o200k: 'tokens (o200k)',
  characters: 'caracteres',
  heldOut:
    'Ficam de fora os prompts que têm 13 palavras seguidas em comum com um dos {texts} textos reservados.',
  mostRowsATag: 'No máximo {most} linhas da primeira etiqueta de cada prompt.',
  balanceSides:
    'Tantas linhas com a melhor resposta mostrada primeiro quantas com ela em segundo lugar.',
  pseudonyms: 'Os avaliadores aparecem com os pseudônimos do projeto.',
  renamed: 'Os avaliadores aparecem com pseudônimos só deste conjunto.',
  unnamed: 'Os avaliadores não aparecem nas linhas.',
  splits:
    'Partições: {validation} para validação, {test} para teste, repartidas por prompt {how}; quase duplicados{together} ficam juntos.',
  hash: 'por um hash, de modo que um prompt fica na mesma partição em versões futuras',
  stratified: 'de modo que cada etiqueta tem a sua parte em cada partição',
  together: ' e prompts com o mesmo {field}',
}
