import { type ReactNode, useEffect, useId, useRef } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import type { CampaignFields, FieldErrors } from './campaign-fields.ts'
import { campaignSayIn } from './campaign-words.ts'

/** What every part of the form is given. */
export interface FormPart {
  fields: CampaignFields
  errors: FieldErrors
  change: (next: Partial<CampaignFields>) => void
}

/** A part of the form that opens: what it decides stands in its head. It opens itself for an error. */
export function FormSection({
  title,
  says,
  hasError,
  children,
}: {
  title: string
  says: string
  hasError: boolean
  children: ReactNode
}) {
  const { say } = useSaying(campaignSayIn)
  const details = useRef<HTMLDetailsElement>(null)
  useEffect(() => {
    if (hasError && details.current) details.current.open = true
  }, [hasError])
  return (
    <details ref={details} className="card group/section !p-0">
      <summary className="flex flex-wrap items-baseline gap-x-3 gap-y-1 rounded-xl px-5 py-3.5">
        <h2 className="shrink-0">{title}</h2>
        <span className="min-w-0 text-sm text-ink-2">{says}</span>
        {hasError ? <span className="text-sm text-danger">{say('needsLook')}</span> : null}
        <span
          aria-hidden="true"
          className="ml-auto text-ink-3 transition-transform group-open/section:rotate-90"
        >
          ›
        </span>
      </summary>
      <div className="grid gap-5 border-t border-line px-5 pt-4 pb-5">{children}</div>
    </details>
  )
}

export const hasErrorIn = (errors: FieldErrors, ...names: string[]): boolean =>
  Object.keys(errors).some((path) => names.includes(path.split('.')[0] ?? ''))

export function ErrorText({ id, children }: { id?: string; children: string | undefined }) {
  if (!children) return null
  return (
    <p id={id} className="text-sm text-danger">
      {children}
    </p>
  )
}

/** A checkbox with its words; what it brings with it shows while it is checked. */
export function CheckRow({
  name,
  label,
  hint,
  checked,
  onChange,
  children,
}: {
  name: string
  label: string
  hint?: string
  checked: boolean
  onChange: (checked: boolean) => void
  children?: ReactNode
}) {
  const id = useId()
  return (
    <div className="group/row grid gap-x-3 gap-y-0.5">
      <label className="flex items-start gap-2.5 text-sm font-semibold">
        <input
          type="checkbox"
          name={name}
          checked={checked}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
          className="mt-1 accent-act"
        />
        {label}
      </label>
      <Hint id={id}>{hint}</Hint>
      {children ? (
        <div className="mt-2.5 hidden gap-4 border-l-2 border-line pl-5 group-has-[>label>input:checked]/row:grid">
          {children}
        </div>
      ) : null}
    </div>
  )
}

/** Words below a choice, read after its name. */
function Hint({ id, children }: { id: string; children: string | undefined }) {
  if (!children) return null
  return (
    <p id={id} className="pl-6 text-sm text-ink-2">
      {children}
    </p>
  )
}

export interface RadioChoice<Value extends string> {
  value: Value
  label: string
  hint?: string
  /** What this choice needs besides; it shows while the choice is made. */
  more?: ReactNode
}

/** One of several, each with its explanation. */
export function RadioRows<Value extends string>({
  legend,
  name,
  value,
  choices,
  error,
  onChange,
}: {
  legend: string
  name: string
  value: Value
  choices: readonly RadioChoice<Value>[]
  error?: string | undefined
  onChange: (value: Value) => void
}) {
  const id = useId()
  return (
    <fieldset className="grid gap-2.5">
      <legend className="mb-2 text-sm font-semibold">{legend}</legend>
      {choices.map((choice) => (
        <div key={choice.value} className="group/row grid gap-y-0.5">
          <label className="flex items-start gap-2.5 text-sm font-medium">
            <input
              type="radio"
              name={name}
              value={choice.value}
              checked={value === choice.value}
              aria-describedby={choice.hint ? `${id}-${choice.value}` : undefined}
              onChange={() => onChange(choice.value)}
              className="mt-1 accent-act"
            />
            {choice.label}
          </label>
          <Hint id={`${id}-${choice.value}`}>{choice.hint}</Hint>
          {choice.more ? (
            <div className="mt-2.5 hidden gap-4 border-l-2 border-line pl-5 group-has-[>label>input:checked]/row:grid">
              {choice.more}
            </div>
          ) : null}
        </div>
      ))}
      <ErrorText>{error}</ErrorText>
    </fieldset>
  )
}

/** Several of many, as chips; each is a real checkbox. */
export function ChipSet({
  legend,
  hint,
  name,
  options,
  chosen,
  error,
  onChange,
}: {
  legend: string
  hint?: string
  name: string
  options: readonly { value: string; label: ReactNode }[]
  chosen: readonly string[]
  error?: string | undefined
  onChange: (chosen: string[]) => void
}) {
  return (
    <fieldset className="grid gap-1.5">
      <legend className="mb-1.5 text-sm font-semibold">{legend}</legend>
      <div className="flex max-h-56 flex-wrap gap-2 overflow-y-auto p-0.5">
        {options.map(({ value, label }) => (
          <label key={value} className="chip max-w-full has-focus-visible:outline-2">
            <input
              type="checkbox"
              name={name}
              value={value}
              checked={chosen.includes(value)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...chosen, value]
                    : chosen.filter((one) => one !== value),
                )
              }
              className="accent-act"
            />
            {label}
          </label>
        ))}
      </div>
      {error ? <ErrorText>{error}</ErrorText> : null}
      {hint && !error ? <p className="text-sm text-ink-2">{hint}</p> : null}
    </fieldset>
  )
}
