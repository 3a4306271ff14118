import type { SameKeys } from './job-words.ts'
import type { pageWordsEn } from './page-words.ts'

/** The same in Brazilian Portuguese. */
export const pageWordsPt: SameKeys<typeof pageWordsEn> = {
  language: 'Idioma',
  close: 'Fechar',
  toStart: 'Ir para o início',
  '400': 'Não foi possível entender o pedido',
  '400.detail': 'Confira o endereço e tente de novo.',
  '401': 'Entre, por favor',
  '401.detail': 'Sua sessão terminou. Nada do que você enviou se perdeu.',
  '403': 'Isto não está aberto para você',
  '403.detail': 'Peça a um líder do projeto o papel necessário.',
  '404': 'Esta página não existe',
  '404.detail': 'Confira o endereço ou volte para onde estava.',
  '405': 'Isso não é possível aqui',
  '405.detail': 'Este endereço não aceita esse tipo de pedido.',
  '413': 'É grande demais',
  '413.detail': 'Divida o arquivo ou use a linha de comando.',
  '500': 'Algo deu errado do nosso lado',
  '500.detail':
    'Ficou anotado no registro. Nada do que foi salvo se perdeu; tente de novo em instantes.',
}
