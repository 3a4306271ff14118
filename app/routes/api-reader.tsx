import type { LoaderFunctionArgs } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { openApiDocument } from '#app/http/api/openapi.ts'
import { operations } from '#app/http/api/operations.server.ts'
import { type FieldRow, type OperationShown, readerOf } from '#app/http/api/reader.ts'
import { PageHead, Wordmark } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { WideBox } from '#app/ui/wide-box.tsx'

export const meta = () => titled('API')

/** Everything that scripts can ask, open to everybody as the document itself is. */
export function loader({ request }: LoaderFunctionArgs) {
  const { origin } = new URL(request.url)
  const bodies = new Map(operations.flatMap(({ id, body }) => (body ? [[id, body] as const] : [])))
  // As the document it shows, it is there in English alone.
  const language = 'en' as const
  return { language, origin, resources: readerOf(openApiDocument(operations), { origin, bodies }) }
}

export default function ApiReader() {
  const { origin, resources } = useLoaderData<typeof loader>()
  return (
    <main className="mx-auto grid w-full max-w-[1100px] grid-cols-[minmax(0,1fr)] content-start gap-6 px-5 py-10">
      <Wordmark />
      <PageHead title="The API">
        <p>
          Scripts bring a token of a project, made under Settings → API tokens. The same in OpenAPI
          3.1, for generators and clients:{' '}
          <a className="link" href="/api/v1/openapi.json">
            {origin}/api/v1/openapi.json
          </a>
        </p>
      </PageHead>
      <nav aria-label="Resources" className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        {resources.map(({ name }) => (
          <a key={name} className="link" href={`#${name.toLowerCase()}`}>
            {name}
          </a>
        ))}
      </nav>
      {resources.map(({ name, operations: own }) => (
        <section
          key={name}
          id={name.toLowerCase()}
          className="grid grid-cols-[minmax(0,1fr)] gap-4"
        >
          <h2>{name}</h2>
          {own.map((operation) => (
            <OperationCard key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
    </main>
  )
}

function OperationCard({ operation }: { operation: OperationShown }) {
  const { id, method, path, summary, description, status, curl } = operation
  return (
    <article id={id} className="card grid grid-cols-[minmax(0,1fr)] gap-4">
      <header className="grid gap-1.5">
        <h3>{summary}</h3>
        <p className="font-mono text-[13px] break-all">
          <strong>{method}</strong> {path}
        </p>
        <p className="max-w-[84ch] text-sm text-ink-2">{description}</p>
      </header>
      <Fields title="Parameters" of={summary} rows={operation.parameters} />
      <Fields title="Body" of={summary} rows={operation.body} />
      <details>
        <summary className="text-sm font-semibold">Answer, {status}</summary>
        <Fields title="Its fields" of={summary} rows={operation.response} />
      </details>
      <WideBox label={`Example: ${summary}`}>
        <pre className="w-max min-w-full rounded-lg bg-sunken px-4 py-3 font-mono text-[13px]">
          {curl}
        </pre>
      </WideBox>
    </article>
  )
}

function Fields({ title, of, rows }: { title: string; of: string; rows: FieldRow[] }) {
  if (rows.length === 0) return null
  return (
    <WideBox label={`${title}: ${of}`}>
      <table className="data-table">
        <caption className="text-left text-sm font-semibold">{title}</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col">Type</th>
            <th scope="col">About</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, place, type, isRequired, about }) => (
            <tr key={`${place} ${name}`}>
              <td className="font-mono text-[13px]">{name}</td>
              <td className="text-[13px]">
                {type}
                {isRequired ? null : <span className="text-ink-3"> · may be left out</span>}
              </td>
              <td className="text-[13px] text-ink-2">
                {place ? `In the ${place}. ` : null}
                {about}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideBox>
  )
}
