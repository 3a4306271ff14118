/** Makes links to a snapshot for people and machines that have no sign-in. */
import { Form } from '@remix-run/react'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { Notice } from '#app/ui/notice.tsx'
import { archivePath, mostLinkMinutes } from './snapshot-link.ts'

export interface ShownLink {
  url: string
  expiresAt: number
}

const mostDays = mostLinkMinutes / (24 * 60)

export function SnapshotLinkForm({
  paths,
  link,
  problem,
}: {
  paths: readonly string[]
  link: ShownLink | undefined
  problem: string | undefined
}) {
  const options = [
    { value: archivePath, label: 'Everything (zip)' },
    ...paths.map((path) => ({ value: path, label: path })),
  ]
  return (
    <section className="card grid gap-3" aria-labelledby="link">
      <h2 id="link">Link that works without signing in</h2>
      <p className="text-sm text-ink-2">
        Whoever has it can download the file until it ends; it cannot be taken back before.
      </p>
      {link ? (
        <Notice tone="good">
          <p className="mb-2">Works until {moment(link.expiresAt)} UTC:</p>
          <input readOnly className="input font-mono" aria-label="Link" value={link.url} />
        </Notice>
      ) : null}
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <SelectField label="To" name="path" options={options} />
        <TextField
          label="For how many days"
          name="days"
          type="number"
          min={1}
          max={mostDays}
          required
          defaultValue={1}
          error={problem}
        />
        <button type="submit" name="intent" value="link" className="btn">
          Make the link
        </button>
      </Form>
    </section>
  )
}
