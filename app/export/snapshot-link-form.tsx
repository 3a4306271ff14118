/** Makes links to a snapshot for people and machines that have no sign-in. */
import { Form } from '@remix-run/react'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { datasetProblemIn, datasetSayIn } from './dataset-words.ts'
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
  const { say, language } = useSaying(datasetSayIn)
  const options = [
    { value: archivePath, label: say('everything') },
    ...paths.map((path) => ({ value: path, label: path })),
  ]
  return (
    <section className="card grid gap-3" aria-labelledby="link">
      <h2 id="link">{say('linkTitle')}</h2>
      <p className="text-sm text-ink-2">{say('linkHint')}</p>
      {link ? (
        <Notice tone="good">
          <p className="mb-2">{say('linkUntil', { when: moment(link.expiresAt, language) })}</p>
          <input readOnly className="input font-mono" aria-label={say('link')} value={link.url} />
        </Notice>
      ) : null}
      <Form method="post" className="flex flex-wrap items-end gap-3">
        <SelectField label={say('linkTo')} name="path" options={options} />
        <TextField
          label={say('linkDays')}
          name="days"
          type="number"
          min={1}
          max={mostDays}
          required
          defaultValue={1}
          error={problem === undefined ? undefined : datasetProblemIn(language)(problem)}
        />
        <button type="submit" name="intent" value="link" className="btn">
          {say('makeLink')}
        </button>
      </Form>
    </section>
  )
}
