/** The kinds of personal data and secrets that are looked for, what people know best first. */
export const findingKinds = [
  'email',
  'phone',
  'card',
  'iban',
  'ip-address',
  'national-id',
  'jwt',
  'provider-key',
  'private-key',
  'connection-string',
] as const

export type FindingKind = (typeof findingKinds)[number]
