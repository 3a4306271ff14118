/** Who may do what: the one place that says so. */
import type { Role } from '#db/schema.ts'

export const roles = ['lead', 'engineer', 'annotator'] as const satisfies readonly Role[]

/** What a person may be allowed to do in a project. */
export const permissions = {
  /** See that the project is there and what one's own work in it is. */
  enter: ['lead', 'engineer', 'annotator'],
  rate: ['annotator'],
  'see-data': ['lead', 'engineer'],
  import: ['lead', 'engineer'],
  assign: ['lead', 'engineer'],
  /** Decide what raters of a task disagree on. */
  adjudicate: ['lead'],
  measure: ['lead', 'engineer'],
  export: ['lead', 'engineer'],
  'manage-members': ['lead'],
  'manage-tokens': ['lead', 'engineer'],
} as const satisfies Record<string, readonly Role[]>

export type Permission = keyof typeof permissions

/** Site administrators may do everything but rate: a rater is somebody's role, never a side effect. */
export function mayDo(
  who: { roles: readonly Role[]; isAdmin: boolean },
  permission: Permission,
): boolean {
  if (who.isAdmin && permission !== 'rate') return true
  const allowed: readonly Role[] = permissions[permission]
  return who.roles.some((role) => allowed.includes(role))
}

export const roleTitles: Record<Role, { title: string; does: string }> = {
  lead: { title: 'Lead', does: 'reads results, runs campaigns, manages people' },
  engineer: { title: 'Engineer', does: 'imports logs, runs campaigns, exports datasets' },
  annotator: { title: 'Annotator', does: 'rates' },
}
