/** Who is asking, and may they? Every loader and action of a project starts with one of these. */
import { type AppLoadContext, redirect } from '@remix-run/node'
import { findApiToken, markTokenUsed } from '#app/access/api-tokens.server.ts'
import { mayDo, type Permission, permissions, roleTitles } from '#app/access/roles.ts'
import { findSession, markSeen, type SignedIn } from '#app/access/sessions.server.ts'
import {
  findProjectBySlug,
  findProjectWithRoles,
  type Project,
} from '#app/projects/projects.server.ts'
import type { Role } from '#db/schema.ts'
import { apiProblem, forbidden, notFound } from './problems.ts'
import { tokenOf } from './session-cookie.ts'

interface Call {
  request: Request
  context: AppLoadContext
}

type CallInProject = Call & { params: { project?: string | undefined } }

/** Who is signed in, or undefined. */
export async function findPerson({ request, context }: Call): Promise<SignedIn | undefined> {
  return personOfCookie(request.headers.get('Cookie'), context)
}

/** The same from a bare header, for the endpoints beside Remix. */
export async function personOfCookie(
  cookie: string | null | undefined,
  { db, now }: Pick<AppLoadContext, 'db' | 'now'>,
): Promise<SignedIn | undefined> {
  const token = tokenOf(cookie)
  if (token === undefined) return undefined
  const person = await findSession(db.read, { token, now: now() })
  if (person?.isDueToBeSeen) await markSeen(db.write, { sessionId: person.sessionId, now: now() })
  return person
}

/** Who is signed in; anybody else is sent to sign in and back. */
export async function requirePerson(call: Call): Promise<SignedIn> {
  const person = await findPerson(call)
  if (person) return person
  const url = new URL(call.request.url)
  const here = url.pathname.replace(/\.data$/, '') + url.search
  const back =
    call.request.method === 'GET' && here !== '/' ? `?next=${encodeURIComponent(here)}` : ''
  throw redirect(`/sign-in${back}`)
}

export async function requireAdmin(call: Call): Promise<SignedIn> {
  const person = await requirePerson(call)
  if (person.isAdmin) return person
  throw forbidden('Only a site administrator can do this.')
}

export interface InProject {
  person: SignedIn
  project: Project
  roles: Role[]
}

const whoMay = (permission: Permission): string =>
  permissions[permission].map((role) => `${roleTitles[role].title.toLowerCase()}s`).join(' and ')

/** A member of the project of the address whose role allows this. A foreign project is not found. */
export async function requireRole(call: CallInProject, permission: Permission): Promise<InProject> {
  const person = await requirePerson(call)
  const found = await membership(call.context, call.params.project ?? '', person)
  if (!found) throw notFound('project')
  if (mayDo({ roles: found.roles, isAdmin: person.isAdmin }, permission)) {
    return { person, ...found }
  }
  throw forbidden(`This part of the project is for ${whoMay(permission)}.`)
}

/** A project and the person's roles in it; undefined when it is none of theirs. */
export async function membership(
  { db }: Pick<AppLoadContext, 'db'>,
  slug: string,
  person: SignedIn,
): Promise<{ project: Project; roles: Role[] } | undefined> {
  const found = await findProjectWithRoles(db.read, { slug, personId: person.id })
  return found && (found.roles.length > 0 || person.isAdmin) ? found : undefined
}

export interface ApiCaller {
  project: Project
  /** What the audit log and created rows say of who did it. */
  actor: string
  /** Whether the caller may do something else as well. */
  allows: (permission: Permission) => boolean
}

/** The token that a script brings, if it brings one. */
export const bearerOf = (authorization: string | null | undefined): string | undefined =>
  /^Bearer (.+)$/.exec(authorization ?? '')?.[1]

/** What a refused token is told. */
export const foreignToken = 'The token is not one of this project, or was revoked.'

/** The project and the rights of a script's token; undefined for a token of another project. */
export async function findTokenCaller(
  { db, now }: Pick<AppLoadContext, 'db' | 'now'>,
  { slug, token: sent }: { slug: string; token: string },
): Promise<ApiCaller | undefined> {
  const project = await findProjectBySlug(db.read, slug)
  const token = project && (await findApiToken(db.read, { projectId: project.id, token: sent }))
  if (!project || !token) return undefined
  const isStale = (token.last_used_at ?? 0) < now() - 60_000
  if (isStale) await markTokenUsed(db.write, { projectId: project.id, id: token.id, now: now() })
  const allows = (wanted: Permission) => mayDo({ roles: [token.role], isAdmin: false }, wanted)
  return { project, actor: `token ${token.id}`, allows }
}

/** A script with a token of the project, or a signed-in member; refusals are thrown as JSON problems. */
export async function requireApiRole(
  call: CallInProject,
  permission: Permission,
): Promise<ApiCaller> {
  const { request, context, params } = call
  const token = bearerOf(request.headers.get('Authorization'))
  const slug = params.project ?? ''
  if (token === undefined) return apiMember(call, slug, permission)
  const caller = await findTokenCaller(context, { slug, token })
  if (!caller) throw apiProblem(401, 'Not signed in', foreignToken)
  if (caller.allows(permission)) return caller
  throw apiProblem(403, 'Not allowed', `This needs a token for ${whoMay(permission)}.`)
}

async function apiMember(call: Call, slug: string, permission: Permission): Promise<ApiCaller> {
  const person = await findPerson(call)
  if (!person) {
    const detail = 'Send an API token of the project: "Authorization: Bearer rbr_…".'
    throw apiProblem(401, 'Not signed in', detail)
  }
  const found = await membership(call.context, slug, person)
  if (!found) throw apiProblem(404, 'No such project', 'It is not there, or not yours.')
  const allows = (wanted: Permission) =>
    mayDo({ roles: found.roles, isAdmin: person.isAdmin }, wanted)
  if (!allows(permission)) {
    throw apiProblem(403, 'Not allowed', `This is for ${whoMay(permission)}.`)
  }
  return { project: found.project, actor: person.id, allows }
}
