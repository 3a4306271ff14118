import type { SameKeys } from '#app/ui/job-words.ts'
import type { signalWordsEn } from './signal-words.ts'

/** The same in Brazilian Portuguese. */
export const signalWordsPt: SameKeys<typeof signalWordsEn> = {
  first:
    'Decidiu pela resposta mostrada primeiro em {yes} de {n} ({share}, intervalo de 95 %: {low} a {high}) vereditos decididos; os lados são sorteados, por isso se esperaria cerca da metade.',
  longerMore:
    'Decidiu pela resposta mais longa mais vezes que os outros nas mesmas {n} tarefas, por {points} pontos percentuais (intervalo de 95 %: {low} a {high}).',
  longerLess:
    'Decidiu pela resposta mais longa menos vezes que os outros nas mesmas {n} tarefas, por {points} pontos percentuais (intervalo de 95 %: {low} a {high}).',
  consensus:
    'Concordou com a maioria dos outros avaliadores menos vezes do que eles nas mesmas {n} tarefas, por {points} pontos percentuais (intervalo de 95 %: {low} a {high}).',
  consensusElsewhere:
    'Concordou com a maioria dos outros avaliadores em {share} (intervalo de 95 %: {low} a {high}) de {n} casos; em outras tarefas os avaliadores concordam em {others}.',
  consensusElsewhereBare:
    'Concordou com a maioria dos outros avaliadores em {share} de {n} casos; em outras tarefas os avaliadores concordam em {others}.',
  undecidedMore:
    'Deixou pares sem decisão (empate, ambas ruins ou não dá para julgar) mais vezes que os outros nas mesmas {n} tarefas, por {points} pontos percentuais (intervalo de 95 %: {low} a {high}).',
  undecidedLess:
    'Deixou pares sem decisão (empate, ambas ruins ou não dá para julgar) menos vezes que os outros nas mesmas {n} tarefas, por {points} pontos percentuais (intervalo de 95 %: {low} a {high}).',
  gold: 'Julgou {yes} de {n} ({share}, intervalo de 95 %: {low} a {high}) tarefas com gabarito como esperado; os outros avaliadores, {others} de {othersN}.',
  consistency:
    'Julgou {yes} de {n} ({share}, intervalo de 95 %: {low} a {high}) tarefas repetidas como da primeira vez; os outros avaliadores, {others} de {othersN}.',
  skips:
    'Pulou {yes} de {n} ({share}, intervalo de 95 %: {low} a {high}) tarefas; os outros avaliadores, {others} de {othersN}.',
  fast: 'Levou menos tempo do que os textos levam para ser lidos em {yes} de {n} ({share}, intervalo de 95 %: {low} a {high}) julgamentos; os outros avaliadores, em {others} de {othersN}.',
  fastAlone:
    'Levou menos tempo do que os textos levam para ser lidos em {yes} de {n} ({share}, intervalo de 95 %: {low} a {high}) julgamentos.',
}
