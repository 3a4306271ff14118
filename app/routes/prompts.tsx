import type { LoaderFunctionArgs } from '@remix-run/node'
import { Form, Link, useLoaderData } from '@remix-run/react'
import { requireRole } from '#app/http/guards.server.ts'
import { listPrompts, listTags } from '#app/import/prompts.server.ts'
import { whole } from '#app/ui/figures.ts'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Prompts')

const pageSize = 50

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'see-data')
  const { read } = args.context.db
  const asked = new URL(args.request.url).searchParams
  const search = {
    after: asked.get('after') ?? undefined,
    tag: asked.get('tag') || undefined,
    text: asked.get('text')?.trim() || undefined,
  }
  const rows = await listPrompts(read, { projectId: project.id, ...search, limit: pageSize + 1 })
  return {
    slug: project.slug,
    prompts: rows.slice(0, pageSize),
    next: rows.length > pageSize ? (rows[pageSize - 1]?.id ?? null) : null,
    tags: await listTags(read, project.id),
    search,
  }
}

export default function Prompts() {
  const { slug, prompts, next, tags, search } = useLoaderData<typeof loader>()
  const isFiltered = search.tag !== undefined || search.text !== undefined
  const nextSearch = new URLSearchParams({
    ...(search.tag ? { tag: search.tag } : {}),
    ...(search.text ? { text: search.text } : {}),
    after: next ?? '',
  })
  return (
    <>
      <PageHead title="Prompts" />
      <Form className="flex flex-wrap gap-2">
        <input
          name="text"
          type="search"
          defaultValue={search.text}
          placeholder="Find in prompts"
          aria-label="Find in prompts"
          className="input !w-64"
        />
        <select name="tag" defaultValue={search.tag ?? ''} aria-label="Tag" className="input !w-44">
          <option value="">All tags</option>
          {tags.map(({ tag, prompts: count }) => (
            <option key={tag} value={tag}>
              {tag} ({count})
            </option>
          ))}
        </select>
        <button type="submit" className="btn">
          Filter
        </button>
      </Form>
      {prompts.length === 0 ? (
        <EmptyState
          title={isFiltered ? 'No prompt fits' : 'No prompts yet'}
          action={
            isFiltered ? null : (
              <Link to={`/p/${slug}/import`} className="btn btn-primary">
                Import a file
              </Link>
            )
          }
        >
          {isFiltered ? 'Try another word or tag.' : 'Prompts arrive with the logs you import.'}
        </EmptyState>
      ) : (
        <div className="card overflow-x-auto !p-2">
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Prompt</th>
                <th scope="col" className="max-md:hidden">
                  Tags
                </th>
                <th scope="col" className="num">
                  Responses
                </th>
                <th scope="col" className="num">
                  Judgments
                </th>
              </tr>
            </thead>
            <tbody>
              {prompts.map((prompt) => (
                <tr key={prompt.id}>
                  <td>
                    <Link to={`/p/${slug}/prompts/${prompt.id}`} className="hover:underline">
                      {prompt.is_text_missing === 1 ? (
                        <em className="text-ink-3">text not imported</em>
                      ) : (
                        prompt.preview || <em className="text-ink-3">empty</em>
                      )}
                    </Link>
                  </td>
                  <td className="text-[13px] text-ink-3 max-md:hidden">{prompt.tags.join(', ')}</td>
                  <td className="num">{whole(prompt.responses ?? 0)}</td>
                  <td className="num">{whole(prompt.judgments ?? 0)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {next ? (
        <Link to={`?${nextSearch}`} className="btn justify-self-start">
          Next page
        </Link>
      ) : null}
    </>
  )
}
