import type { TitledFinding } from './finding-titles.ts'

/** The same in Brazilian Portuguese. */
export const findingTitlesPt: Record<TitledFinding, string> = {
  email: 'Endereços de e-mail',
  phone: 'Números de telefone',
  card: 'Números de cartão',
  iban: 'Contas bancárias (IBAN)',
  'ip-address': 'Endereços IP',
  'national-id': 'Números de documentos de identidade',
  jwt: 'Tokens de acesso (JWT)',
  'provider-key': 'Chaves de API',
  'private-key': 'Chaves privadas',
  'connection-string': 'Endereços com senhas',
  'names-its-model': 'Respostas que dizem o nome do seu modelo',
}
