import { z } from 'zod'
import { listMembersAfter } from '#app/access/member-pages.server.ts'
import { roles } from '#app/access/roles.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, toPage } from './pages.ts'

const member = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable().describe('Only for who may manage members; else null.'),
    roles: z.array(z.enum(roles)),
  })
  .meta({ id: 'Member' })

export const memberOperations: readonly Operation[] = [
  reading({
    id: 'listMembers',
    resource: 'Members',
    path: '/projects/:project/members',
    summary: 'The people of a project with their roles',
    permission: 'see-data',
    params: z.object({}),
    query: pageQuery,
    response: { status: 200, description: 'A page of members.', schema: pageOf(member) },
    answer: async ({ projectId, query: { limit, after }, caller, context }) => {
      const page = { after, limit: limit + 1 }
      const rows = await listMembersAfter(context.db.read, projectId, page)
      const mayKnow = caller.allows('manage-members')
      return toPage(
        rows,
        limit,
        ({ id }) => id,
        (row) => ({ ...row, email: mayKnow ? row.email : null }),
      )
    },
  }),
]
