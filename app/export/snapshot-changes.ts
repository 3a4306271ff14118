/** What may differ between two snapshots of a row. */
export const changes = ['added', 'removed', 'verdict', 'raters', 'split', 'content'] as const
export type Change = (typeof changes)[number]
