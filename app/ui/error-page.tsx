import { isRouteErrorResponse, Link, useRouteError } from '@remix-run/react'

const words: Record<number, { title: string; detail: string }> = {
  400: { title: 'That could not be understood', detail: 'Check the address and try again.' },
  401: { title: 'Please sign in', detail: 'Your session has ended. Nothing you sent was lost.' },
  403: {
    title: 'This is not open to you',
    detail: 'Ask a lead of the project for the role it needs.',
  },
  404: {
    title: 'There is no such page',
    detail: 'Check the address, or go back to where you were.',
  },
  405: {
    title: 'That is not possible here',
    detail: 'This address does not take that kind of request.',
  },
  413: { title: 'That is too large', detail: 'Split the file, or use the command line.' },
}

const unexpected = {
  title: 'Something went wrong on our side',
  detail: 'It was noted in the log. Nothing that was saved is lost; try again in a moment.',
}

/** What happened, what was kept and what to do, by status; never a stack trace. */
export function ErrorPage() {
  const error = useRouteError()
  const status = isRouteErrorResponse(error) ? error.status : 500
  const said: unknown = isRouteErrorResponse(error) ? error.data : undefined
  const found = isWords(said) ? said : (words[status] ?? unexpected)
  return (
    <main className="mx-auto grid max-w-[60ch] gap-4 px-6 py-24">
      <p className="eyebrow">{status}</p>
      <h1>{found.title}</h1>
      <p className="text-ink-2">{found.detail}</p>
      <p className="flex gap-3">
        <Link to="/" className="btn">
          To the start
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
