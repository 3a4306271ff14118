/** The form of a dataset, with what its rules keep beside it, anew with every change. */
import { Form, useFetcher } from '@remix-run/react'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { TextField } from '#app/ui/field.tsx'
import { percent, whole } from '#app/ui/figures.ts'
import { ChecksCard } from './checks-card.tsx'
import type { DatasetFields } from './dataset-form.ts'
import { MoreInputs, SourceInputs, TargetInputs, VerdictInputs } from './dataset-inputs.tsx'
import { Funnel } from './funnel.tsx'
import type { FunnelPreview } from './preview-funnel.server.ts'

export type PreviewReply = { preview: FunnelPreview } | { problem: string }

export interface DatasetChoices {
  campaigns: readonly { id: string; name: string; kind: string }[]
  tags: readonly string[]
  models: readonly string[]
}

const pauseMs = 350

export function DatasetBuilder({
  fields,
  errors,
  choices,
  previewHref,
  actions,
  beside,
}: {
  fields: DatasetFields
  errors: Record<string, string>
  choices: DatasetChoices
  previewHref: string
  /** What can be done with the form. */
  actions: ReactNode
  /** Shown below what the rules keep. */
  beside?: ReactNode
}) {
  const form = useRef<HTMLFormElement>(null)
  const { data, changed } = usePreview(form, previewHref)
  return (
    <div className="grid items-start gap-4.5 lg:grid-cols-[400px_minmax(0,1fr)]">
      <Form method="post" ref={form} className="card grid gap-4" noValidate onChange={changed}>
        <h2>Policy</h2>
        <TextField label="Name" name="name" defaultValue={fields.name ?? ''} error={errors.name} />
        <TargetInputs fields={fields} errors={errors} />
        <SourceInputs fields={fields} errors={errors} campaigns={choices.campaigns} />
        <VerdictInputs fields={fields} errors={errors} />
        <MoreInputs fields={fields} errors={errors} tags={choices.tags} models={choices.models} />
        {actions}
      </Form>
      <div className="grid gap-4.5">
        <PreviewCards reply={data} />
        {beside}
      </div>
    </div>
  )
}

/** Asks for the funnel once a change of the form has rested for a moment. */
function usePreview(form: React.RefObject<HTMLFormElement | null>, href: string) {
  const fetcher = useFetcher<PreviewReply>()
  const submit = useRef(fetcher.submit)
  submit.current = fetcher.submit
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const ask = useCallback(() => {
    if (form.current) submit.current(new FormData(form.current), { method: 'post', action: href })
  }, [form, href])
  useEffect(() => {
    ask()
    return () => clearTimeout(timer.current)
  }, [ask])
  const changed = useCallback(() => {
    clearTimeout(timer.current)
    timer.current = setTimeout(ask, pauseMs)
  }, [ask])
  return { data: fetcher.data, changed }
}

function PreviewCards({ reply }: { reply: PreviewReply | undefined }) {
  if (reply === undefined || 'problem' in reply) {
    return (
      <section className="card">
        <h2 className="mb-2">What each rule keeps</h2>
        <p className="text-sm text-ink-2" role="status">
          {reply?.problem ?? 'Counting…'}
        </p>
      </section>
    )
  }
  const { preview } = reply
  return (
    <>
      <section className="card" aria-labelledby="funnel">
        <h2 id="funnel" className="mb-1">
          What each rule keeps
        </h2>
        <p className="mb-2 text-sm text-ink-2" role="status">
          {readWords(preview)}
        </p>
        {preview.report === null ? (
          <p className="text-sm">
            {whole(preview.judgments)} judgments by {whole(preview.raters)} raters, as they were
            given.
          </p>
        ) : (
          <Funnel {...preview} />
        )}
      </section>
      {preview.report === null ? null : (
        <ChecksCard report={preview.report} dropped={preview.dropped} warned={preview.warned} />
      )}
    </>
  )
}

/** Whether the counts are of all prompts, or of a sample, and then of how large a part. */
function readWords({ prompts, share, rows, judgments }: FunnelPreview): string {
  const of = `${whole(prompts)} prompts and ${whole(judgments)} judgments`
  if (share === 1) return `Exact: counted over ${of}.`
  const all = Math.round(rows / Math.max(share, 1e-9))
  return `A sample: ${of}, about ${percent(share)} of all. About ${whole(all)} rows in the whole.`
}
