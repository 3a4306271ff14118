import { Form, Link, useNavigation, useSubmit } from '@remix-run/react'
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react'
import { SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ColumnMapper } from './column-mapper.tsx'
import { encodings } from './container.ts'
import { isDrawable, isTraceFormat } from './import-columns.ts'
import type { ImportOptions } from './import-options.ts'
import { ImportPreview } from './import-preview.tsx'
import { ImportSamples } from './import-samples.tsx'
import type { Wizard } from './import-wizard.server.ts'
import { useWords } from './import-words.tsx'
import type { FormatGroup } from './reader-groups.ts'

export interface WizardProps {
  wizard: Wizard
  groups: FormatGroup[]
  /** The choices without a mapping, as they stand in the address. */
  base: [string, string][]
  /** What was wrong with what was sent. */
  problem: string | undefined
  /** The name under which a mapping was just saved. */
  saved: string | undefined
  /** The dry run so far, which stands before the buttons. */
  children: ReactNode
}

/** All choices of an import on one page; changing one shows at once what the files become. */
export function ImportWizard(props: WizardProps) {
  const { wizard, groups, base, problem, saved, children } = props
  const { say } = useWords()
  const refresh = useRefresh()
  const { previews, samples, options } = wizard
  const addressOf = (changes: [string, string][]) =>
    `?${new URLSearchParams([...base.filter(([name]) => !changes.some(([one]) => one === name)), ...changes])}`
  return (
    <div className="grid gap-5">
      <Form
        id="import-choices"
        method="post"
        className="grid gap-5"
        ref={refresh.form}
        onSubmit={refresh.forget}
      >
        {problem ? <Notice tone="danger">{problem}</Notice> : null}
        {saved ? <Notice tone="good">{say('saved', { name: saved })}</Notice> : null}
        {wizard.applied ? (
          <Notice tone="good">{say('appliedSaved', { name: wizard.applied })}</Notice>
        ) : null}
        {previews.map((preview, place) => (
          <ImportPreview
            key={place}
            preview={preview}
            format={wizard.format}
            addressOf={(format) => addressOf([['format', format]])}
          />
        ))}
        <section className="card grid gap-5" aria-labelledby="how-read" onChange={refresh.later}>
          <div>
            <h2 id="how-read">{say('howRead')}</h2>
            {previews.length > 1 ? (
              <p className="text-sm text-ink-3">{say('forAllFiles')}</p>
            ) : null}
          </div>
          <ReadAs wizard={wizard} groups={groups} />
          <SavedMappings wizard={wizard} addressOf={(id) => addressOf([['use', id]])} />
          <Mapper wizard={wizard} />
          <MoreChoices options={options} />
          <div className="flex flex-wrap items-center gap-3">
            <button type="submit" formMethod="get" className="btn">
              {say('refresh')}
            </button>
            <RefreshState wizard={wizard} isTooLong={refresh.isTooLong} />
          </div>
        </section>
        {previews.map((preview, place) => (
          <ImportSamples
            key={place}
            preview={preview}
            samples={samples[place] ?? []}
            isNamed={previews.length > 1}
          />
        ))}
      </Form>
      <section className="card grid gap-4" aria-labelledby="try-it">
        <div>
          <h2 id="try-it">{say('tryIt')}</h2>
          <p className="text-sm text-ink-3">{say('tryHint')}</p>
        </div>
        {children}
        <div className="flex flex-wrap gap-3">
          <button
            type="submit"
            form="import-choices"
            name="intent"
            value="rehearse"
            className="btn"
          >
            {say('dryRun')}
          </button>
          <button
            type="submit"
            form="import-choices"
            name="intent"
            value="import"
            className="btn btn-primary"
          >
            {say('import')}
          </button>
          <button
            type="submit"
            form="import-choices"
            name="intent"
            value="discard"
            className="btn btn-quiet"
            aria-describedby="throw-away"
          >
            {say('throwAway')}
          </button>
        </div>
        <p id="throw-away" className="text-sm text-ink-3">
          {say('throwAwayHint')}
        </p>
      </section>
    </div>
  )
}

const refreshAfterMs = 250
const longestAddress = 7_000

/** Shows the page for the choices as they are, shortly after one has changed. */
function useRefresh() {
  const submit = useSubmit()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const [isTooLong, setIsTooLong] = useState(false)
  const forget = () => clearTimeout(timer.current)
  useEffect(() => () => clearTimeout(timer.current), [])
  const now = () => {
    if (!form.current) return
    const fields = [...new FormData(form.current)].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && value !== '' && name !== 'name' ? [[name, value]] : [],
    )
    const address = new URLSearchParams(fields)
    setIsTooLong(address.toString().length > longestAddress)
    if (address.toString().length > longestAddress) return
    submit(address, { method: 'get', replace: true, preventScrollReset: true })
  }
  const later = (event: FormEvent) => {
    if (event.target instanceof HTMLInputElement && event.target.name === 'name') return
    forget()
    timer.current = setTimeout(now, refreshAfterMs)
  }
  return { form, later, forget, isTooLong }
}

/** Says that the preview is made anew, and then what it shows. */
function RefreshState({ wizard, isTooLong }: { wizard: Wizard; isTooLong: boolean }) {
  const { say } = useWords()
  const { state, formMethod } = useNavigation()
  const isRefreshing = state === 'loading' && formMethod === 'GET'
  const samples = wizard.samples.flat()
  const shown = samples.filter((sample) => sample.problems.length === 0).length
  const refused = samples.length - shown
  const ready =
    samples.length === 0
      ? say('previewNone')
      : `${say('previewReady', { count: shown })}${refused > 0 ? ` ${say('previewRefused', { count: refused })}` : ''}`
  return (
    <p role="status" className="text-sm text-ink-2">
      {isTooLong ? say('tooLongToPreview') : isRefreshing ? say('refreshing') : ready}
    </p>
  )
}

function ReadAs({ wizard, groups }: { wizard: Wizard; groups: FormatGroup[] }) {
  const { say } = useWords()
  const { previews, options } = wizard
  const isText = previews.some(({ recognition }) => recognition.container !== 'parquet')
  const isTrace = previews.some(({ recognition }) => isTraceFormat(recognition.format))
  return (
    <div className="grid gap-4 md:grid-cols-2 lg:grid-cols-3">
      <div className="grid content-start gap-1.5">
        <label htmlFor="format" className="text-sm font-semibold">
          {say('readAs')}
        </label>
        <select id="format" name="format" className="input" defaultValue={wizard.format}>
          <option value="auto">{say('auto')}</option>
          <option value="mapped">{say('mapped')}</option>
          {groups.map(({ group, formats }) => (
            <optgroup key={group} label={say(`group.${group}`)}>
              {formats.map(({ format, title }) => (
                <option key={format} value={format} label={title} lang="en" />
              ))}
            </optgroup>
          ))}
        </select>
      </div>
      {isText ? (
        <SelectField
          label={say('encoding')}
          name="encoding"
          hint={say('encodingHint')}
          defaultValue={options.encoding ?? ''}
          options={[
            { value: '', label: say('encodingAuto') },
            ...encodings.map((value) => ({ value, label: say(`encoding.${value}`) })),
          ]}
        />
      ) : null}
      {isTrace ? (
        <SelectField
          label={say('whatRated')}
          name="rate"
          hint={say('whatRatedHint')}
          defaultValue={options.rate}
          options={[
            { value: 'steps', label: say('rate.steps') },
            { value: 'final', label: say('rate.final') },
          ]}
        />
      ) : null}
    </div>
  )
}

function SavedMappings({
  wizard,
  addressOf,
}: {
  wizard: Wizard
  addressOf: (id: string) => string
}) {
  const { say } = useWords()
  if (wizard.saved.length === 0) return null
  return (
    <div className="grid gap-2">
      <h3 id="saved-mappings">{say('savedFits')}</h3>
      <ul aria-labelledby="saved-mappings" className="flex flex-wrap gap-2">
        {wizard.saved.map(({ id, name }) => (
          <li key={id}>
            <Link to={addressOf(id)} reloadDocument className="btn">
              {say('useSaved', { name })}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Mapper({ wizard }: { wizard: Wizard }) {
  const { say } = useWords()
  const { mapper, previews, options } = wizard
  const isTorn =
    mapper === null &&
    options.mapping === undefined &&
    previews.some(({ recognition }) => recognition.missing.length > 0)
  if (isTorn) return <Notice tone="warning">{say('differentColumns')}</Notice>
  if (mapper === null) return null
  return (
    <div className="grid gap-4 border-t border-line pt-4">
      <h3>{say('whichColumn')}</h3>
      <ColumnMapper key={mapper.columns.join('\n')} {...mapper} />
      <SaveMapping />
    </div>
  )
}

function SaveMapping() {
  const { say } = useWords()
  const button = useRef<HTMLButtonElement>(null)
  const saveOnEnter = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return
    event.preventDefault()
    button.current?.click()
  }
  return (
    <div className="grid items-start gap-3 sm:grid-cols-[minmax(0,26rem)_auto] sm:justify-start">
      <TextField
        label={say('saveAs')}
        name="name"
        maxLength={80}
        hint={say('saveHint')}
        onKeyDown={saveOnEnter}
      />
      <button
        ref={button}
        type="submit"
        name="intent"
        value="save"
        className="btn justify-self-start sm:mt-7"
      >
        {say('save')}
      </button>
    </div>
  )
}

function MoreChoices({ options }: { options: ImportOptions }) {
  const { say } = useWords()
  const { mapping } = options
  const written = mapping && !isDrawable(mapping) ? JSON.stringify(mapping, null, 2) : ''
  const [startsOpen] = useState(written !== '')
  return (
    <details open={startsOpen}>
      <summary className="text-sm text-ink-2">{say('moreChoices')}</summary>
      <div className="mt-3 grid gap-4">
        <TextArea
          label={say('mappingJson')}
          name="mapping"
          rows={6}
          spellCheck={false}
          defaultValue={written}
          hint={say('mappingHint')}
        />
        <TextField
          label={say('campaign')}
          name="campaign"
          defaultValue={options.campaign ?? ''}
          placeholder={say('campaignDefault')}
        />
        <label className="flex items-center gap-2 text-sm">
          <input
            type="checkbox"
            name="allowMissingText"
            defaultChecked={options.allowMissingText}
            className="accent-act"
          />
          {say('allowMissing')}
        </label>
      </div>
    </details>
  )
}
