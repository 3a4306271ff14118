import { type InputHTMLAttributes, type ReactNode, type TextareaHTMLAttributes, useId } from 'react'

interface Shared {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
}

function Labelled({
  id,
  label,
  hint,
  error,
  children,
}: Shared & { id: string; children: ReactNode }) {
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-semibold">
        {label}
      </label>
      {children}
      {error ? (
        <p id={`${id}-error`} className="text-sm text-danger">
          {error}
        </p>
      ) : hint ? (
        <p id={`${id}-hint`} className="text-sm text-ink-3">
          {hint}
        </p>
      ) : null}
    </div>
  )
}

const described = (id: string, { hint, error }: Pick<Shared, 'hint' | 'error'>) => ({
  'aria-invalid': error ? true : undefined,
  'aria-describedby': error ? `${id}-error` : hint ? `${id}-hint` : undefined,
})

/** A line of input with its label, a hint, and what was wrong with it. */
export function TextField({
  label,
  hint,
  error,
  ...input
}: Shared & Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className'>) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <input id={id} className="input" {...described(id, { hint, error })} {...input} />
    </Labelled>
  )
}

export function TextArea({
  label,
  hint,
  error,
  ...input
}: Shared & Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'id' | 'className'>) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <textarea id={id} className="input" {...described(id, { hint, error })} {...input} />
    </Labelled>
  )
}

export function SelectField({
  label,
  hint,
  error,
  options,
  ...input
}: Shared & {
  name: string
  options: readonly { value: string; label: string }[]
  defaultValue?: string
  value?: string
  required?: boolean
  onChange?: React.ChangeEventHandler<HTMLSelectElement>
}) {
  const id = useId()
  return (
    <Labelled id={id} label={label} hint={hint} error={error}>
      <select id={id} className="input" {...described(id, { hint, error })} {...input}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

/** Several choices as chips; each is a real checkbox. */
export function ChipChoices({
  legend,
  name,
  options,
  chosen,
  type = 'checkbox',
}: {
  legend: ReactNode
  name: string
  options: readonly { value: string; label: ReactNode }[]
  chosen: readonly string[]
  type?: 'checkbox' | 'radio'
}) {
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 text-sm font-semibold">{legend}</legend>
      <div className="flex flex-wrap gap-2">
        {options.map((option) => (
          <label key={option.value} className="chip has-focus-visible:outline-2">
            <input
              type={type}
              name={name}
              value={option.value}
              defaultChecked={chosen.includes(option.value)}
              className="accent-act"
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
