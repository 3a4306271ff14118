/** Sends each person where their work is. */
import { type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { hasNobody } from '#app/access/people.server.ts'
import { rolesIn } from '#app/access/sessions.server.ts'
import { requirePerson } from '#app/http/guards.server.ts'
import { listProjectsOf } from '#app/projects/projects.server.ts'

export async function loader(args: LoaderFunctionArgs) {
  const { db } = args.context
  if (await hasNobody(db.read)) return redirect('/setup')
  const person = await requirePerson(args)
  const projects = await listProjectsOf(db.read, person.id)
  const [only] = projects
  if (!only || projects.length > 1) return redirect('/projects')
  const roles = await rolesIn(db.read, { projectId: only.id, personId: person.id })
  const isRaterOnly = roles.every((role) => role === 'annotator')
  return redirect(isRaterOnly ? `/p/${only.slug}/rate` : `/p/${only.slug}`)
}
