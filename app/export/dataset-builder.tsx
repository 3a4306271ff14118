/** The form of a dataset, with what its rules keep beside it, anew with every change. */
import { Form, useFetcher } from '@remix-run/react'
import { type ReactNode, useCallback, useEffect, useRef } from 'react'
import { TextField } from '#app/ui/field.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import type { CampaignKind } from '#db/schema.ts'
import { ChecksCard } from './checks-card.tsx'
import type { DatasetFields } from './dataset-form.ts'
import { MoreInputs, SourceInputs, TargetInputs, VerdictInputs } from './dataset-inputs.tsx'
import { datasetProblemIn, datasetSayIn } from './dataset-words.ts'
import { Funnel } from './funnel.tsx'
import type { FunnelPreview } from './preview-funnel.server.ts'

export type PreviewReply = { preview: FunnelPreview } | { problem: string }

export interface DatasetChoices {
  campaigns: readonly { id: string; name: string; kind: CampaignKind }[]
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
  const { say, language } = useSaying(datasetSayIn)
  const form = useRef<HTMLFormElement>(null)
  const { data, changed } = usePreview(form, previewHref)
  const told = Object.fromEntries(
    Object.entries(errors).map(([field, problem]) => [field, datasetProblemIn(language)(problem)]),
  )
  return (
    <div className="grid items-start gap-4.5 lg:grid-cols-[400px_minmax(0,1fr)]">
      <Form method="post" ref={form} className="card grid gap-4" noValidate onChange={changed}>
        <h2>{say('policy')}</h2>
        <TextField
          label={say('name')}
          name="name"
          defaultValue={fields.name ?? ''}
          error={told.name}
        />
        <TargetInputs fields={fields} errors={told} />
        <SourceInputs fields={fields} errors={told} campaigns={choices.campaigns} />
        <VerdictInputs fields={fields} errors={told} />
        <MoreInputs fields={fields} errors={told} tags={choices.tags} models={choices.models} />
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
  const { say, language } = useSaying(datasetSayIn)
  if (reply === undefined || 'problem' in reply) {
    return (
      <section className="card">
        <h2 className="mb-2">{say('whatKeeps')}</h2>
        <p className="text-sm text-ink-2" role="status">
          {reply === undefined ? say('counting') : reply.problem}
        </p>
      </section>
    )
  }
  const { preview } = reply
  return (
    <>
      <section className="card" aria-labelledby="funnel">
        <h2 id="funnel" className="mb-1">
          {say('whatKeeps')}
        </h2>
        <p className="mb-2 text-sm text-ink-2" role="status">
          {readWords(preview, language)}
        </p>
        {preview.report === null ? (
          <p className="text-sm">
            {say('asGiven', { judgments: preview.judgments, raters: preview.raters })}
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
function readWords({ prompts, share, rows, judgments }: FunnelPreview, language: Language): string {
  const say = datasetSayIn(language)
  const counted = say('countedOver', { prompts, judgments })
  if (share === 1) return say('exact', { counted })
  const all = Math.round(rows / Math.max(share, 1e-9))
  return say('sample', { counted, share: figuresOf(language).share(share), rows: all })
}
