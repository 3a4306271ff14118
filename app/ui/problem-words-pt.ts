import type { SameKeys } from './job-words.ts'
import type { problemWordsEn } from './problem-words.ts'

/** The same in Brazilian Portuguese. */
export const problemWordsPt: SameKeys<typeof problemWordsEn> = {
  notNumber: 'informe um número',
  numberMissing: 'informe um número',
  notWhole: 'informe um número inteiro',
  textEmpty: 'não pode ficar vazio',
  textShort: 'use ao menos {least} caracteres',
  textLong: 'use no máximo {most} caracteres',
  listEmpty: 'escolha ao menos um',
  listLong: 'escolha no máximo {most}',
  least: 'o mínimo é {least}',
  over: 'deve ser maior que {least}',
  most: 'o máximo é {most}',
  notOffered: 'escolha uma das opções oferecidas',
  notDate: 'informe uma data',
  notAddress: 'informe um endereço válido',
  notEmail: 'informe um e-mail válido',
  missing: 'falta informar',
  wrong: 'o valor não é válido',
}
