/** Who may have a file: a script with a token of its project, or a member who is signed in. */
import type { Request, RequestHandler, Response } from 'express'
import { mayDo, type Permission } from '#app/access/roles.ts'
import type { Project } from '#app/projects/projects.server.ts'
import type { AppContext } from './context.ts'
import {
  bearerOf,
  findTokenCaller,
  foreignToken,
  membership,
  personOfCookie,
} from './guards.server.ts'

type Shared = Pick<AppContext, 'db' | 'now'>

/** Answers in a line of text for people. */
export const refuse = (response: Response, status: number, words: string) =>
  response.status(status).type('text/plain').send(`${words}\n`)

/** A handler whose failures go to whoever answers for all. */
export const guarded =
  (run: (request: Request, response: Response) => Promise<void>): RequestHandler =>
  (request, response, next) => {
    run(request, response).catch(next)
  }

const notOpen = 'This is not open to you.'

/** Answers for whoever may not come in; gives the project to those who may. */
export async function admit(
  shared: Shared,
  request: Request,
  response: Response,
  permission: Permission,
): Promise<Project | undefined> {
  const token = bearerOf(request.headers.authorization)
  const slug = request.params.project ?? ''
  if (token === undefined) return admitMember(shared, request, response, permission)
  const caller = await findTokenCaller(shared, { slug, token })
  if (caller?.allows(permission)) return caller.project
  refuse(response, caller ? 403 : 401, caller ? notOpen : foreignToken)
  return undefined
}

async function admitMember(
  shared: Shared,
  request: Request,
  response: Response,
  permission: Permission,
): Promise<Project | undefined> {
  const person = await personOfCookie(request.headers.cookie, shared)
  if (!person) {
    refuse(response, 401, 'Sign in first.')
    return undefined
  }
  const found = await membership(shared, request.params.project ?? '', person)
  if (!found) {
    refuse(response, 404, 'There is no such file.')
    return undefined
  }
  if (mayDo({ roles: found.roles, isAdmin: person.isAdmin }, permission)) return found.project
  refuse(response, 403, notOpen)
  return undefined
}
