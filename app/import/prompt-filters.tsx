import { Form, Link, useNavigate } from '@remix-run/react'
import { Columns3, X } from 'lucide-react'
import { type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { locales } from '#app/ui/languages.ts'
import { findingTitleIn } from './finding-titles.ts'
import {
  chipsOf,
  type FilterNames,
  languageName,
  type PromptAddress,
  parsePromptAddress,
  printPromptAddress,
  withoutFilters,
  withSearch,
} from './prompt-address.ts'
import { type PromptColumn, parseColumns, promptColumns, usualColumns } from './prompt-columns.ts'
import type { PromptFacets } from './prompt-facets.server.ts'
import { PromptMenu } from './prompt-menu.tsx'
import { promptSayIn } from './prompt-words.ts'

/** What the prompts of a project can be filtered by. */
export interface FilterOffer extends FilterNames {
  facets: PromptFacets
  languages: readonly string[]
  sources: readonly string[]
}

const typingMs = 300

/** The address that a form asks for, its order and columns with it. */
function addressOf(form: HTMLFormElement): PromptAddress {
  const parameters = new URLSearchParams()
  for (const [name, value] of new FormData(form)) parameters.append(name, String(value))
  return parsePromptAddress(parameters)
}

/** Asks anew while a person types and chooses; without scripts the button does. */
function useAskingForm(search: PromptAddress['search']) {
  const navigate = useNavigate()
  const form = useRef<HTMLFormElement>(null)
  const timer = useRef<number>(undefined)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  // What is being typed stays as it is; all other fields follow the address.
  useEffect(() => {
    for (const field of form.current?.elements ?? []) {
      const isField = field instanceof HTMLInputElement || field instanceof HTMLSelectElement
      if (!isField || field === document.activeElement || !(field.name in shown)) continue
      field.value = String(search[field.name as keyof typeof shown] ?? '')
    }
  }, [search])
  const ask = (isTyping: boolean) => {
    window.clearTimeout(timer.current)
    if (!form.current) return
    navigate(printPromptAddress(addressOf(form.current)) || '.', {
      replace: isTyping,
      preventScrollReset: true,
    })
  }
  const askSoon = (isTyping: boolean) => {
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => ask(isTyping), isTyping ? typingMs : 0)
  }
  return { form, ask, askSoon }
}

/** The fields of the form by name. */
const shown = {
  text: '',
  tag: '',
  model: '',
  source: '',
  batch: '',
  from: '',
  to: '',
  language: '',
  least: '',
  most: '',
  judged: '',
  duplicates: '',
  finding: '',
  archived: '',
  sort: '',
} as const satisfies Partial<Record<keyof PromptAddress['search'], ''>>

/** Search, filters and order of the prompts, as one form that is an address. */
export function PromptFilters({
  address,
  offer,
  searchBox,
}: {
  address: PromptAddress
  offer: FilterOffer
  searchBox: RefObject<HTMLInputElement>
}) {
  const { say } = useSaying(promptSayIn)
  const { search, columns } = address
  const { form, ask, askSoon } = useAskingForm(search)
  return (
    <Form
      ref={form}
      role="search"
      aria-label={say('prompts')}
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        ask(false)
      }}
      onChange={(event) => {
        const field: EventTarget = event.target
        askSoon(field instanceof HTMLInputElement)
      }}
    >
      {columns.join() === usualColumns.join() ? null : (
        <input type="hidden" name="columns" value={columns.join(',')} />
      )}
      <div className="flex flex-wrap gap-2">
        <input
          ref={searchBox}
          name="text"
          type="search"
          defaultValue={search.text}
          placeholder={say('findWords')}
          aria-label={say('findWords')}
          autoComplete="off"
          className="input !w-auto min-w-0 grow basis-64 md:max-w-[420px]"
        />
        <select
          name="sort"
          defaultValue={search.sort}
          aria-label={say('order')}
          className="input !w-auto"
        >
          <option value="newest">{say('newest')}</option>
          <option value="oldest">{say('oldest')}</option>
          <option value="longest">{say('longest')}</option>
          <option value="shortest">{say('shortest')}</option>
        </select>
        <button type="submit" className="btn">
          {say('find')}
        </button>
      </div>
      <details className="group">
        <summary className="w-fit text-sm font-semibold text-ink-2">{say('filters')}</summary>
        <FilterFields search={search} offer={offer} />
      </details>
    </Form>
  )
}

function FilterFields({ search, offer }: { search: PromptAddress['search']; offer: FilterOffer }) {
  const { say, figures, language } = useSaying(promptSayIn)
  const { facets, languages, models, batches, sources } = offer
  return (
    <div className="card mt-2 grid gap-x-4 gap-y-3 sm:grid-cols-2 lg:grid-cols-4">
      <Choice
        label={say('tag')}
        name="tag"
        value={search.tag}
        options={facets.tags.map(({ tag, prompts }) => [tag, `${tag} (${figures.whole(prompts)})`])}
      />
      <Choice
        label={say('answeredBy')}
        name="model"
        value={search.model}
        options={models.map(({ id, label }) => [id, label])}
      />
      <Choice
        label={say('source')}
        name="source"
        value={search.source}
        options={sources.map((source) => [source, source])}
      />
      <Choice
        label={say('import')}
        name="batch"
        value={search.batch}
        options={batches.map(({ id, name }) => [id, name])}
      />
      <Choice
        label={say('language')}
        name="language"
        value={search.language}
        options={languages
          .map((code) => [code, languageName(code, language)] as const)
          .sort(([, one], [, other]) => one.localeCompare(other, locales[language]))}
      />
      <Choice
        label={say('personal')}
        name="finding"
        value={search.finding}
        options={[
          ['any', say('anythingFound')],
          ...facets.findings.map(
            ({ kind, prompts }) =>
              [kind, `${findingTitleIn(language)(kind)} (${figures.whole(prompts)})`] as const,
          ),
        ]}
      />
      <Choice
        label={say('judgments')}
        name="judged"
        value={search.judged}
        options={[
          ['yes', say('judged')],
          ['no', say('notJudged')],
        ]}
      />
      <Choice
        label={say('nearDuplicates')}
        name="duplicates"
        value={search.duplicates}
        options={[
          ['only', say('onlyNear')],
          ['first', say('oneOfEach')],
        ]}
      />
      <Entry label={say('arrivedFrom')} name="from" type="date" value={search.from} />
      <Entry label={say('arrivedUntil')} name="to" type="date" value={search.to} />
      <Entry label={say('leastCharacters')} name="least" type="number" value={search.least} />
      <Entry label={say('mostCharacters')} name="most" type="number" value={search.most} />
      <Choice
        label={say('archive')}
        name="archived"
        value={search.archived}
        anything={say('notArchived')}
        options={[
          ['yes', say('archived')],
          ['all', say('archivedOrNot')],
        ]}
      />
    </div>
  )
}

function Labelled({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  return (
    <div className="grid min-w-0 content-start gap-1">
      <label htmlFor={id} className="text-[13px] font-semibold text-ink-2">
        {label}
      </label>
      {children}
    </div>
  )
}

function Choice({
  label,
  name,
  value,
  options,
  anything,
}: {
  label: string
  name: string
  value: string | undefined
  options: readonly (readonly [value: string, title: string])[]
  anything?: string
}) {
  const { say } = useSaying(promptSayIn)
  const id = useId()
  const isListed = value === undefined || options.some(([listed]) => listed === value)
  return (
    <Labelled id={id} label={label}>
      <select id={id} name={name} defaultValue={value ?? ''} className="input">
        <option value="">{anything ?? say('any')}</option>
        {isListed ? null : <option value={value}>{value}</option>}
        {options.map(([listed, title]) => (
          <option key={listed} value={listed}>
            {title}
          </option>
        ))}
      </select>
    </Labelled>
  )
}

function Entry({
  label,
  name,
  type,
  value,
}: {
  label: string
  name: string
  type: 'date' | 'number'
  value: string | number | undefined
}) {
  const id = useId()
  return (
    <Labelled id={id} label={label}>
      <input
        id={id}
        name={name}
        type={type}
        min={type === 'number' ? 0 : undefined}
        defaultValue={value}
        className="input"
      />
    </Labelled>
  )
}

/** What is filtered by, each with a way to take it off. */
export function PromptChips({
  address,
  offer,
  onTaken,
}: {
  address: PromptAddress
  offer: FilterNames
  /** Called when a chip goes, which takes the focus with it. */
  onTaken: () => void
}) {
  const { say, language } = useSaying(promptSayIn)
  const chips = chipsOf(address.search, { names: offer, language })
  if (chips.length === 0) return null
  return (
    <ul aria-label={say('filtersInUse')} className="flex flex-wrap items-center gap-2">
      {chips.map(({ name, text }) => (
        <li key={name} className="min-w-0">
          <Link
            to={printPromptAddress(withSearch(address, { [name]: undefined })) || '.'}
            preventScrollReset
            onClick={onTaken}
            className="chip chip-on max-w-full"
            aria-label={say('takeOff', { filter: text })}
          >
            <span className="truncate leading-[1.4]">{text}</span>
            <X size={13} aria-hidden="true" className="shrink-0" />
          </Link>
        </li>
      ))}
      <li>
        <Link
          to={printPromptAddress(withoutFilters(address)) || '.'}
          preventScrollReset
          onClick={onTaken}
          className="link text-sm"
        >
          {say('clearAll')}
        </Link>
      </li>
    </ul>
  )
}

/** Which columns the table has: a form that is an address too. */
export function ColumnMenu({ address }: { address: PromptAddress }) {
  const { say } = useSaying(promptSayIn)
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<readonly PromptColumn[]>(address.columns)
  useEffect(() => setChosen(address.columns), [address.columns])
  const choose = (form: HTMLFormElement) => {
    const columns = parseColumns(new FormData(form).getAll('columns').map(String))
    setChosen(columns)
    const next = printPromptAddress({ ...address, columns })
    navigate(next || '.', { replace: true, preventScrollReset: true })
  }
  const others = new URLSearchParams(printPromptAddress({ ...address, columns: [...usualColumns] }))
  return (
    <PromptMenu
      side="right"
      label={
        <>
          <Columns3 size={15} aria-hidden="true" />
          {say('columns')}
        </>
      }
    >
      <Form className="grid gap-2" onChange={(event) => choose(event.currentTarget)}>
        {[...others].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <fieldset className="grid gap-2">
          <legend className="mb-1.5 text-sm font-semibold">{say('beside')}</legend>
          {promptColumns.map((id) => (
            <label key={id} className="flex items-center gap-2 text-sm">
              <input
                type="checkbox"
                name="columns"
                value={id}
                checked={chosen.includes(id)}
                onChange={() => {}}
                className="accent-act"
              />
              {say(`column.${id}`)}
            </label>
          ))}
        </fieldset>
        <noscript>
          <button type="submit" className="btn">
            {say('showThese')}
          </button>
        </noscript>
      </Form>
    </PromptMenu>
  )
}
