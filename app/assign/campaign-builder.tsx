import { Form, useNavigation } from '@remix-run/react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { useKeptForm } from '#app/ui/use-kept-form.ts'
import { CampaignEstimate } from './campaign-estimate-card.tsx'
import { type CampaignFields, type FieldErrors, isAsBegun } from './campaign-fields.ts'
import { AskedPart, RoomPart, TemplateChoice } from './campaign-form-parts.tsx'
import {
  JudgesPart,
  LimitsPart,
  OrderPart,
  QualityPart,
  type RaterChoices,
  RatersPart,
} from './campaign-judges.tsx'
import { MeetsPart, type ModelChoice, PairingPart, type TagChoice } from './campaign-meets.tsx'
import type { CampaignTemplate } from './campaign-template.ts'
import { withTemplate } from './campaign-templates.ts'
import { campaignSayIn, campaignToldIn } from './campaign-words.ts'

interface BuilderProps extends RaterChoices {
  /** What the form begins with: a template, a campaign that is cloned, or what was sent before. */
  initial: CampaignFields
  /** Whether a draft is changed, and none made. */
  isEdit: boolean
  template: string | null
  errors: FieldErrors
  models: readonly ModelChoice[]
  tags: readonly TagChoice[]
  estimateHref: string
  /** The name under which the browser keeps what is typed. */
  keptAs: string
  /** Draws the rater's page of what is typed so far. */
  preview: (fields: CampaignFields) => ReactNode
}

/** The form of a campaign, with the rater's page and the estimate beside it. */
export function CampaignBuilder({ initial, errors, preview, ...props }: BuilderProps) {
  const { say, language } = useSaying(campaignSayIn)
  const [fields, setFields] = useState(initial)
  const [template, setTemplate] = useState(props.template)
  const [before, setBefore] = useState<{ fields: CampaignFields; title: string } | null>(null)
  const [isPreviewing, setIsPreviewing] = useState(false)
  const [isDrawn, setIsDrawn] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const [{ begun, spoken }, setBegun] = useState({ begun: initial, spoken: language })
  // A form in which nobody typed anything follows the page's language; what was typed stays.
  if (spoken !== language) {
    setBegun({ begun: initial, spoken: language })
    if (isAsBegun(fields, begun)) setFields(initial)
  }
  const kept = useKeptForm(props.keptAs, { fields, begun, restore: setFields })
  const isSending = useNavigation().state === 'submitting'
  const [touched, setTouched] = useState<readonly string[]>([])
  const change = useCallback((next: Partial<CampaignFields>) => {
    setFields((now) => ({ ...now, ...next }))
    setTouched((before) => [...new Set([...before, ...Object.keys(next)])])
  }, [])
  // What was wrong is not wrong any more, or not known to be, once it is changed.
  const standing = Object.fromEntries(
    Object.entries(errors)
      .filter(([field]) => !touched.includes(field.split('.')[0] ?? field))
      .map(([field, problem]) => [field, campaignToldIn(language)(problem)]),
  )
  // The example scales itself to its place, which only a browser knows.
  useEffect(() => setIsDrawn(true), [])
  const take = (chosen: CampaignTemplate) => {
    setBefore({ fields, title: say(`template.${chosen.id}`) })
    setTemplate(chosen.id)
    setFields(withTemplate(fields, chosen))
  }
  useEffect(() => {
    setTouched([])
    if (Object.keys(errors).length === 0) return
    const first = form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')
    first?.closest('details')?.setAttribute('open', '')
    first?.focus()
  }, [errors])
  const parts = { fields, errors: standing, change }
  return (
    <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_minmax(0,500px)]">
      <Form
        ref={form}
        method="post"
        className="grid min-w-0 gap-4.5"
        noValidate
        onSubmit={kept.forget}
      >
        {kept.isBack ? (
          <Notice>
            {say('typedBack')}{' '}
            <button
              type="button"
              className="link"
              onClick={() => {
                kept.forget()
                setFields(begun)
              }}
            >
              {say('beginAnew')}
            </button>
          </Notice>
        ) : null}
        <TemplateChoice chosen={template} onChoose={take} />
        {before ? (
          <Notice>
            {say('filledIn', { title: before.title })}{' '}
            <button
              type="button"
              className="link"
              onClick={() => {
                setFields(before.fields)
                setTemplate(null)
                setBefore(null)
              }}
            >
              {say('takeBack')}
            </button>
          </Notice>
        ) : null}
        <AskedPart {...parts} replace={setFields} />
        <RoomPart {...parts} />
        <MeetsPart {...parts} models={props.models} tags={props.tags} />
        <PairingPart {...parts} models={props.models} tags={props.tags} />
        <JudgesPart {...parts} annotators={props.annotators} groups={props.groups} />
        <RatersPart {...parts} annotators={props.annotators} groups={props.groups} />
        <QualityPart {...parts} />
        <OrderPart {...parts} />
        <LimitsPart {...parts} />
        <div className="flex flex-wrap gap-3">
          <button
            type="submit"
            name="intent"
            value="open"
            className="btn btn-primary"
            disabled={isSending}
          >
            {say(props.isEdit ? 'saveOpen' : 'makeOpen')}
          </button>
          <button type="submit" name="intent" value="draft" className="btn" disabled={isSending}>
            {say('keepDraft')}
          </button>
          <button type="button" className="btn xl:hidden" onClick={() => setIsPreviewing(true)}>
            {say('ratersPage')}
          </button>
        </div>
      </Form>
      <aside
        aria-label={say('previewAndEstimate')}
        className="grid min-w-0 gap-4.5 xl:sticky xl:top-5 xl:max-h-[calc(100vh-2.5rem)] xl:overflow-y-auto"
      >
        <CampaignEstimate fields={fields} href={props.estimateHref} />
        <TooFewRaters fields={fields} annotators={props.annotators.length} />
        <section aria-labelledby="raters-page" className="card grid gap-3 max-xl:hidden">
          <h2 id="raters-page">{say('theRatersPage')}</h2>
          {isDrawn ? preview(fields) : null}
        </section>
      </aside>
      <Dialog
        open={isPreviewing}
        onClose={() => setIsPreviewing(false)}
        title={say('theRatersPage')}
        description={say('previewHint')}
        side="right"
      >
        {preview(fields)}
      </Dialog>
    </div>
  )
}

/** Says when a task asks for more raters than there are: it would never be done. */
function TooFewRaters({ fields, annotators }: { fields: CampaignFields; annotators: number }) {
  const { say } = useSaying(campaignSayIn)
  const raters = fields.raters.length > 0 ? fields.raters.length : annotators
  const overlap = Number(fields.overlap)
  if (!(overlap > raters)) return null
  return (
    <Notice tone="warning">
      {say('tooFew', {
        raters: say('countRaters', { count: overlap }),
        annotators: say('countAnnotators', { count: raters }),
      })}
    </Notice>
  )
}
