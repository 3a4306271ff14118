/**
 * Every endpoint of the site, Remix routes and Express ones alike, and who may call it. A test walks
 * this table with every kind of caller, and fails for an endpoint that is not in it.
 */
import type { Permission } from '#app/access/roles.ts'

export type Who =
  /** Anybody, signed in or not. */
  | 'anyone'
  /** Anybody, but only while the site has nobody. */
  | 'first-visitor'
  | 'signed-in'
  | 'admin'
  /** A script with a token, which names its project by itself. */
  | 'token'
  /** A member of the project of the address whose role allows this. */
  | { inProject: Permission }

export interface Endpoint {
  path: string
  server: 'remix' | 'express'
  /** Who may read (GET), and who may write (POST); absent where there is no such call. */
  get?: Who
  post?: Who
}

const inProject = (permission: Permission): Who => ({ inProject: permission })

export const endpoints: readonly Endpoint[] = [
  { path: '/health', server: 'express', get: 'anyone' },
  { path: '/metrics', server: 'express', get: 'admin' },
  // Files take a token of the project, or a signed link, as well as a session.
  {
    path: '/files/:project/snapshots/:snapshot.zip',
    server: 'express',
    get: inProject('export'),
  },
  {
    path: '/files/:project/snapshots/:snapshot/*',
    server: 'express',
    get: inProject('export'),
  },
  {
    path: '/files/:project/imports/:batch/refused',
    server: 'express',
    get: inProject('import'),
  },
  { path: '/v1/traces', server: 'express', post: 'token' },
  { path: '/events/:project/jobs/:job', server: 'express', get: inProject('see-data') },
  { path: '/p/:project/rate/:campaign/answers', server: 'express', post: inProject('rate') },

  { path: '/', server: 'remix', get: 'signed-in' },
  { path: '/setup', server: 'remix', get: 'first-visitor', post: 'first-visitor' },
  { path: '/sign-in', server: 'remix', get: 'anyone', post: 'anyone' },
  { path: '/sign-out', server: 'remix', post: 'anyone' },
  { path: '/invitation/:project/:token', server: 'remix', get: 'anyone', post: 'anyone' },
  { path: '/projects', server: 'remix', get: 'signed-in', post: 'admin' },
  { path: '/room-settings', server: 'remix', post: 'signed-in' },

  { path: '/p/:project', server: 'remix', get: inProject('enter') },
  {
    path: '/p/:project/import',
    server: 'remix',
    get: inProject('import'),
    post: inProject('import'),
  },
  {
    path: '/p/:project/import/:batch',
    server: 'remix',
    get: inProject('import'),
    post: inProject('import'),
  },
  {
    path: '/p/:project/prompts',
    server: 'remix',
    get: inProject('see-data'),
    post: inProject('import'),
  },
  {
    path: '/p/:project/prompts/:prompt',
    server: 'remix',
    get: inProject('see-data'),
    post: inProject('import'),
  },
  {
    path: '/p/:project/models',
    server: 'remix',
    get: inProject('see-data'),
    post: inProject('import'),
  },
  { path: '/p/:project/assign', server: 'remix', get: inProject('assign') },
  {
    path: '/p/:project/assign/new',
    server: 'remix',
    get: inProject('assign'),
    post: inProject('assign'),
  },
  { path: '/p/:project/assign/estimate', server: 'remix', get: inProject('assign') },
  {
    path: '/p/:project/assign/:campaign',
    server: 'remix',
    get: inProject('assign'),
    post: inProject('assign'),
  },
  {
    path: '/p/:project/assign/:campaign/raters',
    server: 'remix',
    get: inProject('assign'),
    post: inProject('manage-members'),
  },
  { path: '/p/:project/assign/:campaign/raters.csv', server: 'remix', get: inProject('assign') },
  {
    path: '/p/:project/assign/:campaign/adjudicate',
    server: 'remix',
    get: inProject('adjudicate'),
    post: inProject('adjudicate'),
  },
  {
    path: '/p/:project/assign/:campaign/adjudicate/:task',
    server: 'remix',
    get: inProject('adjudicate'),
    post: inProject('adjudicate'),
  },
  {
    path: '/p/:project/assign/:campaign/gold',
    server: 'remix',
    get: inProject('assign'),
    post: inProject('assign'),
  },
  {
    path: '/p/:project/assign/:campaign/gold/:task',
    server: 'remix',
    get: inProject('assign'),
    post: inProject('assign'),
  },
  { path: '/p/:project/rate', server: 'remix', get: inProject('rate'), post: inProject('rate') },
  { path: '/p/:project/messages/:message', server: 'remix', get: inProject('rate') },
  { path: '/p/:project/rate/:campaign', server: 'remix', get: inProject('rate') },
  { path: '/p/:project/measure', server: 'remix', get: inProject('measure') },
  {
    path: '/p/:project/measure/gates',
    server: 'remix',
    get: inProject('measure'),
    post: inProject('measure'),
  },
  { path: '/p/:project/measure/:campaign', server: 'remix', get: inProject('measure') },
  {
    path: '/p/:project/measure/:campaign/head-to-head',
    server: 'remix',
    get: inProject('measure'),
  },
  { path: '/p/:project/measure/:campaign/agreement', server: 'remix', get: inProject('measure') },
  {
    path: '/p/:project/measure/:campaign/files/:file',
    server: 'remix',
    get: inProject('measure'),
  },
  { path: '/p/:project/measure/:campaign/drift', server: 'remix', get: inProject('measure') },
  { path: '/p/:project/measure/:campaign/consensus', server: 'remix', get: inProject('measure') },
  { path: '/p/:project/measure/:campaign/plan', server: 'remix', get: inProject('measure') },
  {
    path: '/p/:project/measure/:campaign/comparisons',
    server: 'remix',
    get: inProject('measure'),
  },
  { path: '/p/:project/measure/:campaign/judges', server: 'remix', get: inProject('measure') },
  { path: '/p/:project/export', server: 'remix', get: inProject('export') },
  {
    path: '/p/:project/export/new',
    server: 'remix',
    get: inProject('export'),
    post: inProject('export'),
  },
  { path: '/p/:project/export/preview', server: 'remix', post: inProject('export') },
  { path: '/p/:project/export/:dataset/diff', server: 'remix', get: inProject('export') },
  { path: '/p/:project/export/:dataset/diff.jsonl', server: 'remix', get: inProject('export') },
  {
    path: '/p/:project/export/:dataset/:snapshot',
    server: 'remix',
    get: inProject('export'),
    post: inProject('export'),
  },
  { path: '/p/:project/export/:dataset/:snapshot/rows', server: 'remix', get: inProject('export') },
  {
    path: '/p/:project/export/:dataset/:snapshot/rows/:row',
    server: 'remix',
    get: inProject('export'),
  },
  {
    path: '/p/:project/export/:dataset',
    server: 'remix',
    get: inProject('export'),
    post: inProject('export'),
  },
  {
    path: '/p/:project/members',
    server: 'remix',
    get: inProject('manage-members'),
    post: inProject('manage-members'),
  },
  {
    path: '/p/:project/settings',
    server: 'remix',
    get: inProject('manage-tokens'),
    post: inProject('manage-tokens'),
  },
  {
    path: '/p/:project/jobs/:job',
    server: 'remix',
    get: inProject('see-data'),
    post: inProject('import'),
  },

  { path: '/api', server: 'remix', get: 'anyone' },
  // Each operation says who may ask it: see `operations.server.ts`.
  { path: '/api/v1/*', server: 'remix', get: 'anyone', post: 'anyone' },
  { path: '/*', server: 'remix', get: 'anyone' },
]
