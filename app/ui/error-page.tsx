import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react'
import { useSaying } from './language.tsx'
import { pageSayIn, refusedIn } from './page-words.ts'

/** Those that have words of their own; any other is a failure on our side. */
const knownStatuses = ['400', '401', '403', '404', '405', '413'] as const

/** What happened, what was kept and what to do, by status; never a stack trace. */
export function ErrorPage() {
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  const said: unknown = isRouteErrorResponse(error) ? error.data : undefined
  const { say, language } = useSaying(pageSayIn)
  const told = refusedIn(language)
  const known = knownStatuses.find((one) => Number(one) === status) ?? '500'
  const found = isWords(said)
    ? { title: told(said.title), detail: told(said.detail) }
    : { title: say(known), detail: say(`${known}.detail`) }
  return (
    <main className="mx-auto grid max-w-[60ch] gap-4 px-6 py-24">
      <p className="eyebrow">{status}</p>
      <h1>{found.title}</h1>
      <p className="text-ink-2">{found.detail}</p>
      <p className="flex gap-3">
        <Link to="/" className="btn">
          {say('toStart')}
        </Link>
      </p>
    </main>
  )
}

const isWords = (value: unknown): value is { title: string; detail: string } =>
  typeof value === 'object' &&
  value !== null &&
  'title' in value &&
  typeof value.title === 'string' &&
  'detail' in value &&
  typeof value.detail === 'string'
