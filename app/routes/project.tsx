/** The frame of a project: its pipeline as navigation, in the order in which data passes through. */
import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, NavLink, Outlet, useLoaderData } from '@remix-run/react'
import { mayDo, type Permission } from '#app/access/roles.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { ErrorPage } from '#app/ui/error-page.tsx'
import { Wordmark } from '#app/ui/page.tsx'

const stages = [
  { to: '', title: 'Overview', needs: 'see-data' },
  { to: 'import', title: 'Import', needs: 'import' },
  { to: 'prompts', title: 'Prompts', needs: 'see-data' },
  { to: 'assign', title: 'Assign', needs: 'assign' },
  { to: 'rate', title: 'Rate', needs: 'rate' },
  { to: 'measure', title: 'Measure', needs: 'measure' },
  { to: 'export', title: 'Export', needs: 'export' },
] as const satisfies readonly { to: string; title: string; needs: Permission }[]

const asides = [
  { to: 'models', title: 'Models', needs: 'see-data' },
  { to: 'members', title: 'Members', needs: 'manage-members' },
  { to: 'settings', title: 'Settings', needs: 'manage-tokens' },
] as const satisfies readonly { to: string; title: string; needs: Permission }[]

export async function loader(args: LoaderFunctionArgs) {
  const { project, roles, person } = await requireRole(args, 'enter')
  const who = { roles, isAdmin: person.isAdmin }
  const allowed = (link: { needs: Permission }) => mayDo(who, link.needs)
  return {
    project: { slug: project.slug, name: project.name, isSimulated: project.is_simulated === 1 },
    stages: stages.filter(allowed).map(({ to, title }) => ({ to, title })),
    asides: asides.filter(allowed).map(({ to, title }) => ({ to, title })),
    name: person.name,
    roles: person.isAdmin ? ['admin', ...roles] : roles,
  }
}

interface Frame {
  project: { slug: string; name: string; isSimulated: boolean }
  stages: { to: string; title: string }[]
  asides: { to: string; title: string }[]
  name: string
  roles: string[]
}

function SideBar({ project, stages: links, asides: others, name, roles }: Frame) {
  const link = ({ to, title }: { to: string; title: string }) => (
    <NavLink
      key={to}
      to={`/p/${project.slug}/${to}`}
      end={to === ''}
      className={({ isActive }) =>
        `rounded-[7px] px-2.5 py-2 text-[14.5px] font-medium ${isActive ? 'bg-act-soft font-semibold text-act' : 'text-ink-2 hover:bg-sunken'}`
      }
    >
      {title}
    </NavLink>
  )
  return (
    <aside className="border-line bg-surface max-md:border-b md:border-r">
      <div className="flex flex-col gap-5 px-3.5 py-4.5 max-md:gap-3 md:sticky md:top-0 md:h-screen">
        <div className="flex items-center gap-3 px-2.5">
          <Link to="/projects" aria-label="All projects">
            <Wordmark />
          </Link>
          <span className="truncate text-sm font-semibold md:hidden">{project.name}</span>
        </div>
        <div className="px-2.5 max-md:hidden">
          <div className="text-[13px] text-ink-3">Project</div>
          <strong>{project.name}</strong>
          {project.isSimulated ? (
            <div className="text-[13px] text-warn">simulated raters</div>
          ) : null}
        </div>
        <nav
          aria-label="Pipeline"
          className="flex gap-0.5 max-md:-mx-1 max-md:overflow-x-auto md:grow md:flex-col"
        >
          {links.map(link)}
          <span className="grow" />
          {others.map(link)}
        </nav>
        <div className="px-2.5 text-[13px] text-ink-3 max-md:hidden">
          <div>{name}</div>
          <div>{roles.join(', ')}</div>
          <Form method="post" action="/sign-out">
            <button type="submit" className="link mt-1">
              Sign out
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
      </main>
    </div>
  )
}

/** A page that fails keeps the navigation beside it where the project itself is known. */
export const ErrorBoundary = ErrorPage
