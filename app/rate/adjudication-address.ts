/** What an adjudicator put off, kept in the address: it is a matter of this sitting alone. */

const mostPutOff = 40

/** The tasks that an address names as put off. */
export const putOffIn = (search: URLSearchParams): string[] =>
  (search.get('later') ?? '')
    .split('.')
    .filter((id) => /^[0-9a-z]{10,40}$/.test(id))
    .slice(-mostPutOff)

/** An address that says which tasks were put off; the oldest are forgotten where they are many. */
export function withPutOff(address: string, ids: readonly string[], more: string[] = []): string {
  const kept = [...new Set(ids)].slice(-mostPutOff)
  const parts = [...more, ...(kept.length > 0 ? [`later=${kept.join('.')}`] : [])]
  return parts.length > 0 ? `${address}?${parts.join('&')}` : address
}
