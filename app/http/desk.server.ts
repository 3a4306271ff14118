/**
 * Where a rater's page sends answers and gets tasks: the busiest address of the site, so it stands
 * beside the pages. Claims happen here and never in a loader.
 */
import express, { type Request, type RequestHandler, type Response } from 'express'
import { mayDo } from '#app/access/roles.ts'
import { problemOf } from '#app/import/import-record.ts'
import { deskMessageSchema } from '#app/rate/desk-message.ts'
import { answerDesk } from '#app/rate/rater-desk.server.ts'
import type { AppContext } from './context.ts'
import { membership, personOfCookie } from './guards.server.ts'

type Shared = Pick<AppContext, 'db' | 'now' | 'random'>

/** A judgment with an ideal response and marked spans, or a draft of one, is far below this. */
const mostBytes = 4 * 1024 * 1024

interface Caller {
  projectId: string
  personId: string
}

/** The answers of a rater's page: who it is, then what is said, then what becomes of it. */
export const answerRater = (shared: Shared): RequestHandler[] => [
  (request, response, next) => {
    admit(shared, request, response).then((caller) => {
      response.locals.rater = caller
      if (caller) next()
    }, next)
  },
  express.text({ type: () => true, limit: mostBytes }),
  (request, response, next) => {
    answer(shared, request, response).catch(next)
  },
]

/** Answers for whoever may not rate here; gives who it is for those who may. */
async function admit(
  shared: Shared,
  request: Request,
  response: Response,
): Promise<Caller | undefined> {
  const person = await personOfCookie(request.headers.cookie, shared)
  if (!person) {
    refuse(response, 401, 'Signed out', 'Sign in again; your answers wait on this device.')
    return undefined
  }
  const writer = request.get('Rubrica-Person')
  if (writer !== undefined && writer !== person.id) {
    const detail = 'These answers wait for who gave them.'
    refuse(response, 401, 'Signed in as somebody else', detail)
    return undefined
  }
  const found = await membership(shared, request.params.project ?? '', person)
  if (!found) {
    refuse(response, 404, 'No such project', 'It is not there, or not yours.')
    return undefined
  }
  if (!mayDo({ roles: found.roles, isAdmin: person.isAdmin }, 'rate')) {
    refuse(response, 403, 'Not allowed', 'Rating is for annotators.')
    return undefined
  }
  return { projectId: found.project.id, personId: person.id }
}

async function answer(shared: Shared, request: Request, response: Response): Promise<void> {
  const message = deskMessageSchema.safeParse(readJson(request.body))
  if (!message.success) {
    const { field, reason } = problemOf(message.error)
    refuse(response, 400, 'Not understood', field ? `${field}: ${reason}` : reason)
    return
  }
  const desk = {
    ...(response.locals.rater as Caller),
    db: shared.db,
    campaignId: request.params.campaign ?? '',
    now: shared.now(),
    random: shared.random,
  }
  const reply = await answerDesk(desk, message.data)
  if (!reply) {
    refuse(response, 404, 'No such campaign', 'It is not there, or not open to you.')
    return
  }
  response.set('Cache-Control', 'no-store').json(reply)
}

function readJson(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : null
  } catch {
    return null
  }
}

function refuse(response: Response, status: number, title: string, detail: string): void {
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail }))
}
