/** The words of a tab's title. */
export const titled = (...parts: string[]) => [{ title: [...parts, 'Rubrica'].join(' · ') }]
