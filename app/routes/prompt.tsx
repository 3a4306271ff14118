import type { LoaderFunctionArgs } from '@remix-run/node'
import { Link, useLoaderData } from '@remix-run/react'
import { preview } from '#app/base/text.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { textOf } from '#app/import/message.ts'
import { findPrompt, listVerdicts } from '#app/import/prompts.server.ts'
import { decimal, whole } from '#app/ui/figures.ts'
import { Markdown } from '#app/ui/markdown.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { Swatch } from '#app/ui/swatch.tsx'
import { titled } from '#app/ui/title.ts'

export const meta = () => titled('Prompt')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'see-data')
  const { read } = args.context.db
  const prompt = await findPrompt(read, project.id, args.params.prompt ?? '')
  if (!prompt) throw notFound('prompt')
  return {
    slug: project.slug,
    prompt,
    verdicts: await listVerdicts(read, project.id, prompt.id),
  }
}

type Verdict = Awaited<ReturnType<typeof loader>>['verdicts'][number]

function wordsOf({ winner, strength, score, label_a, label_b }: Verdict): string {
  if (winner === null) return `${label_a ?? ''}: ${decimal(score, 0)}`
  const pair = `${label_a ?? 'a'} and ${label_b ?? 'b'}`
  if (winner === 'tie') return `${pair}: about the same`
  if (winner === 'both_bad') return `${pair}: both bad`
  if (winner === 'cant_judge') return `${pair}: can’t judge`
  const [better, worse] = winner === 'a' ? [label_a, label_b] : [label_b, label_a]
  return `${better} is ${strength === 2 ? 'much ' : ''}better than ${worse}`
}

export default function PromptPage() {
  const { slug, prompt, verdicts } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/prompts`} className="link">
            Prompts
          </Link>
        }
        title={preview(textOf(prompt.messages), 90) || 'A prompt without text'}
      >
        {prompt.tags.join(', ')}
      </PageHead>
      <section className="grid gap-3 border-l-3 border-rubric pl-4">
        {prompt.messages.map((message, place) => (
          <div key={place} className="grid gap-1.5">
            <span className="eyebrow">{message.role}</span>
            <div className="max-w-[86ch] font-serif">
              <Markdown text={message.content} />
            </div>
          </div>
        ))}
      </section>
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {prompt.responses.map((response) => (
          <article key={response.id} className="card grid gap-3">
            <h2 className="flex flex-wrap items-baseline gap-x-3 !text-[15px]">
              <span>
                <Swatch place={response.color} />
                {response.label}
              </span>
              <span className="font-sans text-[13px] font-normal text-ink-3">
                {whole(response.characters)} characters
                {response.latency_ms === null
                  ? ''
                  : ` · ${whole(Math.round(response.latency_ms))} ms`}
                {response.findings ? ' · names its model' : ''}
              </span>
            </h2>
            {response.is_text_missing === 1 ? (
              <p className="text-ink-3">The text was not imported.</p>
            ) : (
              <Markdown text={textOf(response.messages)} />
            )}
          </article>
        ))}
      </div>
      {verdicts.length > 0 ? (
        <section className="card overflow-x-auto">
          <h2 className="mb-2">Judgments</h2>
          <table className="data-table">
            <thead>
              <tr>
                <th scope="col">Verdict</th>
                <th scope="col">Question</th>
                <th scope="col">Rater</th>
                <th scope="col">Campaign</th>
              </tr>
            </thead>
            <tbody>
              {verdicts.map((verdict) => (
                <tr key={`${verdict.id}${verdict.criterion}${verdict.position}`}>
                  <td>
                    {wordsOf(verdict)}
                    {verdict.revision > 1 ? (
                      <span className="text-ink-3"> (changed {verdict.revision - 1}×)</span>
                    ) : null}
                    {verdict.comment ? (
                      <div className="text-sm text-ink-2">“{verdict.comment}”</div>
                    ) : null}
                  </td>
                  <td>{verdict.criterion}</td>
                  <td>
                    {verdict.rater}
                    {verdict.source === 'human' ? '' : ` (${verdict.source})`}
                  </td>
                  <td>{verdict.campaign}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </>
  )
}
