/** The frame of a project: its pipeline as navigation, in the order in which data passes through. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { mayDo, type Permission } from '#app/access/roles.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { countUnread } from '#app/notify/messages.server.ts'
import { useWorkWords } from '#app/rate/work-words.ts'
import { ErrorPage } from '#app/ui/error-page.tsx'
import { LanguageSwitch } from '#app/ui/language.tsx'
import { Wordmark } from '#app/ui/page.tsx'
import { useCurrentInSight } from '#app/ui/use-current-in-sight.ts'
import type { Role } from '#db/schema.ts'

const stages = [
  { to: '', needs: 'see-data' },
  { to: 'import', needs: 'import' },
  { to: 'prompts', needs: 'see-data' },
  { to: 'assign', needs: 'assign' },
  { to: 'rate', needs: 'rate' },
  { to: 'measure', needs: 'measure' },
  { to: 'export', needs: 'export' },
] as const satisfies readonly { to: string; needs: Permission }[]

const asides = [
  { to: 'models', needs: 'see-data' },
  { to: 'members', needs: 'manage-members' },
  { to: 'settings', needs: 'manage-tokens' },
] as const satisfies readonly { to: string; needs: Permission }[]

type Place = (typeof stages | typeof asides)[number]['to']

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'enter')
  const who = { roles, isAdmin: person.isAdmin }
  const allowed = (link: { needs: Permission }) => mayDo(who, link.needs)
  return {
    project: { slug: project.slug, name: project.name, isSimulated: project.is_simulated === 1 },
    stages: stages.filter(allowed).map(({ to }) => to),
    asides: asides.filter(allowed).map(({ to }) => to),
    name: person.name,
    roles: person.isAdmin ? (['admin', ...roles] as const) : roles,
    unread: mayDo(who, 'rate')
      ? await countUnread(args.context.db.read, { projectId: project.id, personId: person.id })
      : 0,
  }
}

interface Frame {
  project: { slug: string; name: string; isSimulated: boolean }
  stages: Place[]
  asides: Place[]
  name: string
  roles: readonly ('admin' | Role)[]
  /** Messages that the person has not read. */
  unread: number
}

function SideBar({ project, stages: links, asides: others, name, roles, unread }: Frame) {
  const { say } = useWorkWords()
  const pipeline = useCurrentInSight()
  const link = (to: Place) => (
    <NavLink
      key={to}
      to={to === '' ? `/p/${project.slug}` : `/p/${project.slug}/${to}`}
      end={to === ''}
      className={({ isActive }) =>
        `rounded-[7px] px-2.5 py-2 text-[14.5px] font-medium ${isActive ? 'bg-act-soft font-semibold text-act' : 'text-ink-2 hover:bg-sunken'}`
      }
    >
      {say(`nav.${to}`)}
      {to === 'rate' && unread > 0 ? (
        <span className="ml-2 rounded-full bg-act px-1.5 text-[12px] font-semibold text-on-act">
          <span aria-hidden="true">{unread}</span>
          <span className="sr-only">{say('unread', { count: unread })}</span>
        </span>
      ) : null}
    </NavLink>
  )
  return (
    <aside className="border-line bg-surface max-md:border-b md:border-r">
      <div className="flex flex-col gap-5 px-3.5 py-4.5 max-md:gap-3 md:sticky md:top-0 md:h-screen">
        <div className="flex items-center gap-3 px-2.5">
          <Link to="/projects" aria-label={say('nav.allProjects')}>
            <Wordmark />
          </Link>
          <span className="truncate text-sm font-semibold md:hidden">{project.name}</span>
          <Form method="post" action="/sign-out" className="ml-auto md:hidden">
            <button type="submit" className="link min-h-11 text-sm whitespace-nowrap">
              {say('nav.signOut')}
            </button>
          </Form>
        </div>
        <div className="px-2.5 max-md:hidden">
          <div className="text-[13px] text-ink-3">{say('nav.project')}</div>
          <strong>{project.name}</strong>
          {project.isSimulated ? (
            <div className="text-[13px] text-warn">{say('simulated')}</div>
          ) : null}
        </div>
        <nav
          ref={pipeline}
          aria-label={say('nav.pipeline')}
          className="flex gap-0.5 max-md:-mx-1 max-md:overflow-x-auto md:grow md:flex-col"
        >
          {links.map(link)}
          <span className="grow" />
          {others.map(link)}
        </nav>
        <div className="max-md:hidden">
          <LanguageSwitch />
        </div>
        <div className="px-2.5 text-[13px] text-ink-3 max-md:hidden">
          <div>{name}</div>
          <div>{roles.map((role) => say(`role.${role}`)).join(', ')}</div>
          <Form method="post" action="/sign-out">
            <button type="submit" className="link mt-1">
              {say('nav.signOut')}
            </button>
          </Form>
        </div>
      </div>
    </aside>
  )
}

const main =
  'grid max-w-[1320px] grid-cols-[minmax(0,1fr)] content-start gap-6 px-4 py-5 md:px-9 md:py-7'

export default function ProjectFrame() {
  const frame = useLoaderData<typeof loader>()
  return (
    <div className="grid min-h-screen grid-cols-[minmax(0,1fr)] content-start md:grid-cols-[200px_minmax(0,1fr)] md:content-stretch">
      <SideBar {...frame} />
      <main className={main}>
        <Outlet />
        <div className="md:hidden">
          <LanguageSwitch />
        </div>
      </main>
    </div>
  )
}

/** A page that fails keeps the navigation beside it where the project itself is known. */
export const ErrorBoundary = ErrorPage
