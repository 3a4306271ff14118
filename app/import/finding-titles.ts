/** What people call the kinds of findings. */
import type { Language } from '#app/ui/languages.ts'
import { findingTitlesPt } from './finding-titles-pt.ts'
import type { FindingKind } from './prepare/finding-kinds.ts'

/** Found by import in a response, not by preparation, and nothing that could be removed. */
export const namesItsModel = 'names-its-model'

export type TitledFinding = FindingKind | typeof namesItsModel

export const findingTitlesEn: Record<TitledFinding, string> = {
  email: 'E-mail addresses',
  phone: 'Phone numbers',
  card: 'Card numbers',
  iban: 'Bank accounts (IBAN)',
  'ip-address': 'IP addresses',
  'national-id': 'Identity numbers',
  jwt: 'Access tokens (JWT)',
  'provider-key': 'API keys',
  'private-key': 'Private keys',
  'connection-string': 'Addresses with passwords',
  [namesItsModel]: 'Responses that name their model',
}

/** @example findingTitle('email') // 'E-mail addresses' */
export const findingTitle = (kind: string): string => findingTitleIn('en')(kind)

const titles = { en: findingTitlesEn, pt: findingTitlesPt }

/** What a kind is called in a language. */
export const findingTitleIn =
  (language: Language) =>
  (kind: string): string =>
    Object.entries(titles[language]).find(([known]) => known === kind)?.[1] ?? kind

interface FoundKind {
  kind: string
  prompts: number
  times: number
}

/** What of personal data and secrets people still see: all that is not removed. */
export const leftToSee = (found: readonly FoundKind[], removed: readonly string[]): FoundKind[] =>
  found.filter(({ kind }) => kind !== namesItsModel && !removed.includes(kind))
