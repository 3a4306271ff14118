import type { Language } from './languages.ts'

/** The words of a tab's title. */
export const titled = (...parts: string[]) => [{ title: [...parts, 'Rubrica'].join(' · ') }]

/** The same for a page whose data says which language it speaks. */
export const titledIn =
  (titleIn: (language: Language) => string) =>
  ({ data: page }: { data?: { language: Language } | undefined }) =>
    titled(titleIn(page?.language ?? 'en'))
