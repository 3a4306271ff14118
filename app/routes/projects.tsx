import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { insertAudit } from '#app/access/audit.server.ts'
import { addRoles } from '#app/access/members.server.ts'
import { peopleSayIn, peopleToldIn } from '#app/access/people-words.ts'
import { askForDemo } from '#app/demo/load-demo.server.ts'
import { checkForm, readFields } from '#app/http/forms.server.ts'
import { requireAdmin, requirePerson } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { insertProject, listProjects, listProjectsOf } from '#app/projects/projects.server.ts'
import { TextField } from '#app/ui/field.tsx'
import { LanguageSwitch, useSaying } from '#app/ui/language.tsx'
import { PageHead, Wordmark } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => peopleSayIn(language)('projects'))

export async function loader(args: LoaderFunctionArgs) {
  const person = await requirePerson(args)
  const { db } = args.context
  const projects = person.isAdmin
    ? await listProjects(db.read)
    : await listProjectsOf(db.read, person.id)
  return spoken(args, { projects, isAdmin: person.isAdmin, name: person.name })
}

const newProjectSchema = z.object({
  name: z.string().trim().min(1, 'give the project a name').max(120),
})

export async function action(args: ActionFunctionArgs) {
  const person = await requireAdmin(args)
  const { context } = args
  const now = context.now()
  const fields = await readFields(args.request)
  if (fields.intent === 'demo') {
    const demo = await inTransaction(context.db, (trx) =>
      askForDemo(trx, { personId: person.id, now }),
    )
    return redirect(`/p/${demo.slug}`)
  }
  const form = checkForm(newProjectSchema, fields, fields)
  if (!form.ok) return data(form, { status: 400 })
  const project = await inTransaction(context.db, async (trx) => {
    const made = await insertProject(trx, { name: form.data.name, now })
    const member = { projectId: made.id, personId: person.id, now }
    await addRoles(trx, { ...member, roles: ['lead', 'engineer'] })
    await insertAudit(trx, {
      projectId: made.id,
      actor: person.id,
      action: 'project made',
      subject: made.id,
      now,
    })
    return made
  })
  return redirect(`/p/${project.slug}/import`)
}

export default function Projects() {
  const { say, language } = useSaying(peopleSayIn)
  const { projects, isAdmin, name } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  return (
    <main className="mx-auto grid max-w-[860px] gap-7 px-5 py-12">
      <div className="flex items-center gap-4">
        <Wordmark />
        <span className="grow" />
        <LanguageSwitch />
        <span className="text-sm text-ink-2">{name}</span>
        <Form method="post" action="/sign-out">
          <button type="submit" className="btn btn-quiet">
            {say('signOut')}
          </button>
        </Form>
      </div>
      <PageHead title={say('projects')} />
      {projects.length > 0 ? (
        <ul className="grid gap-3">
          {projects.map((project) => (
            <li key={project.id}>
              <Link
                to={`/p/${project.slug}`}
                className="card flex items-center gap-3 hover:border-act-line"
              >
                <span className="grow font-semibold">{project.name}</span>
                {project.is_simulated === 1 ? (
                  <span className="text-sm text-warn">{say('simulated')}</span>
                ) : null}
                <span className="text-sm text-ink-3">/p/{project.slug}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-ink-2">{isAdmin ? say('noProjectsAdmin') : say('noProjects')}</p>
      )}
      {isAdmin ? (
        <div className="grid gap-5 md:grid-cols-2">
          <Form method="post" className="card grid content-start gap-4" noValidate>
            <h2>{say('newProject')}</h2>
            <TextField
              label={say('name')}
              name="name"
              defaultValue={problem?.values.name}
              error={problem?.errors.name && peopleToldIn(language)(problem.errors.name)}
            />
            <button type="submit" className="btn btn-primary justify-self-start">
              {say('makeProject')}
            </button>
          </Form>
          <Form method="post" className="card grid content-start gap-4">
            <h2>{say('demo')}</h2>
            <p className="text-sm text-ink-2">{say('demoHint')}</p>
            <button type="submit" name="intent" value="demo" className="btn justify-self-start">
              {say('loadDemo')}
            </button>
          </Form>
        </div>
      ) : null}
    </main>
  )
}
