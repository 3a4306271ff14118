import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigate } from '@remix-run/react'
import type { RowSelectionState } from '@tanstack/react-table'
import { useRef, useState } from 'react'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { changePrompts, idsThatMatch } from '#app/import/bulk-prompts.server.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import {
  isClumsy,
  isFiltered,
  type PromptAddress,
  pageAfter,
  pageBefore,
  parsePromptAddress,
  printPromptAddress,
  withoutFilters,
  withSearch,
} from '#app/import/prompt-address.ts'
import { promptChangeSchema, saidOf } from '#app/import/prompt-change.ts'
import { ColumnMenu, PromptChips, PromptFilters } from '#app/import/prompt-filters.tsx'
import { listImportNames } from '#app/import/prompt-lineage.server.ts'
import { visiblePreviews } from '#app/import/prompt-previews.server.ts'
import { SelectionBar } from '#app/import/prompt-selection.tsx'
import { PromptTable } from '#app/import/prompt-table.tsx'
import { PromptViews } from '#app/import/prompt-views.tsx'
import { promptSayIn, promptToldIn } from '#app/import/prompt-words.ts'
import { listModels } from '#app/projects/models.server.ts'
import { deleteView, findSettings, saveView } from '#app/projects/project-settings.server.ts'
import { savedViewSchema } from '#app/projects/project-settings.ts'
import { useHotkeys } from '#app/ui/hotkeys.ts'
import { useSaying } from '#app/ui/language.tsx'
import type { Language } from '#app/ui/languages.ts'
import { EmptyState, Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => promptSayIn(language)('prompts'))

const pageSize = 50

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'see-data')
  const { db, slowReads } = args.context
  const parameters = new URL(args.request.url).searchParams
  const address = parsePromptAddress(parameters)
  if (isClumsy(parameters)) {
    throw redirect(`/p/${project.slug}/prompts${printPromptAddress(address)}`)
  }
  const asked = { projectId: project.id, search: address.search, limit: pageSize }
  const [page, facets, languages, settings, models, batches] = await Promise.all([
    slowReads.promptPage(asked),
    slowReads.promptFacets(project.id),
    slowReads.promptLanguages(project.id),
    findSettings(db.read, project.id),
    listModels(db.read, project.id),
    listImportNames(db.read, project.id),
  ])
  const visibility = { kinds: findingKindsIn(settings.redaction.kinds), isOriginal: false }
  const rows = await visiblePreviews(db.read, project.id, { rows: page.rows, visibility })
  const names = new Map(batches.map((batch) => [batch.id, batch.name]))
  return spoken(args, {
    slug: project.slug,
    address,
    rows: rows.map((row) => ({ ...row, importName: names.get(row.batchId ?? '') ?? null })),
    next: page.next,
    offer: {
      facets,
      languages: [...new Set([...languages, ...page.rows.flatMap((row) => row.language ?? [])])],
      models: models.map(({ id, label }) => ({ id, label })),
      batches: batches.map(({ id, name }) => ({ id, name })),
      sources: [...new Set(batches.map((batch) => batch.source))].sort(),
    },
    views: settings.views,
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'import')
  const { db, now, slowReads } = args.context
  const fields = await readFields(args.request)
  if (fields.intent === 'save-view') {
    const view = savedViewSchema.safeParse(fields)
    if (!view.success) return refused(view.error.issues[0]?.message ?? '')
    const isKept = await inTransaction(db, (trx) => saveView(trx, project.id, view.data))
    if (!isKept) return refused('the project has as many views as it may; delete one first')
    return { done: `The view “${view.data.name}” is kept.` }
  }
  if (fields.intent === 'delete-view') {
    await inTransaction(db, (trx) => deleteView(trx, project.id, fields.name ?? ''))
    return { done: `The view “${fields.name ?? ''}” is gone.` }
  }
  const change = promptChangeSchema.safeParse(fields)
  if (!change.success) return refused(change.error.issues[0]?.message ?? '')
  const { search } = parsePromptAddress(new URL(args.request.url).searchParams)
  const projectId = project.id
  const ids =
    fields.scope === 'all'
      ? await idsThatMatch((asked) => slowReads.promptPage({ projectId, ...asked }), search)
      : (fields.prompt ?? '').split('\n').filter(Boolean)
  const wanted = { projectId, ids, change: change.data, actor: person.id, now: now() }
  const changed = await changePrompts(db, wanted)
  return { done: saidOf(change.data, changed) }
}

const refused = (reason: string) =>
  data({ error: `That was not done: ${reason || 'nothing that can be done was asked'}.` }, 400)

export default function Prompts() {
  const { say, language } = useSaying(promptSayIn)
  const { slug, address, rows, next, offer, views } = useLoaderData<typeof loader>()
  const said = useActionData<typeof action>()
  const [selection, setSelection] = useState<RowSelectionState>({})
  const searchBox = useRef<HTMLInputElement>(null)
  const table = useRef<HTMLTableElement>(null)
  const count = useRef<HTMLParagraphElement>(null)
  const chosen = rows.filter((row) => selection[row.id]).map((row) => row.id)
  usePromptKeys({
    searchBox,
    table,
    onChoose: (id) =>
      setSelection(({ [id]: was, ...others }) => (was ? others : { ...others, [id]: true })),
  })
  const query = printPromptAddress(withSearch(address, {})).slice(1)
  return (
    <>
      <PageHead title={say('prompts')} />
      {said ? (
        <div className="sticky top-3 z-20">
          {'error' in said ? (
            <Notice tone="danger">{promptToldIn(language)(said.error)}</Notice>
          ) : null}
          {'done' in said ? <Notice tone="good">{promptToldIn(language)(said.done)}</Notice> : null}
        </div>
      ) : null}
      <section aria-label={say('search')} className="grid gap-3">
        <PromptFilters address={address} offer={offer} searchBox={searchBox} />
        <PromptChips address={address} offer={offer} onTaken={() => count.current?.focus()} />
        <div className="flex flex-wrap items-start justify-between gap-2">
          <PromptViews views={views} query={query} />
          <ColumnMenu address={address} />
        </div>
      </section>
      <section aria-label={say('found')} className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 text-sm text-ink-3">
          <p ref={count} role="status" tabIndex={-1}>
            {saysHowMany(rows.length, { hasMore: next !== null, language })}
            {offer.facets.unprepared > 0
              ? ` ${say('unprepared', { count: offer.facets.unprepared })}`
              : ''}
          </p>
          <p className="max-md:hidden">
            <kbd>/</kbd> {say('key.search')} · <kbd>j</kbd> <kbd>k</kbd> {say('key.move')} ·{' '}
            <kbd>Enter</kbd> {say('key.open')} · <kbd>x</kbd> {say('key.choose')}
          </p>
        </div>
        {rows.length === 0 ? (
          <NothingFound slug={slug} address={address} />
        ) : (
          <PromptTable
            slug={slug}
            rows={rows}
            address={address}
            selection={selection}
            onSelection={setSelection}
            table={table}
          />
        )}
        {chosen.length > 0 ? (
          <SelectionBar
            ids={chosen}
            isWholePage={chosen.length === rows.length}
            hasMore={next !== null || address.before.length > 0}
            tags={offer.facets.tags.map(({ tag }) => tag)}
            onClear={() => setSelection({})}
          />
        ) : null}
        <Pages address={address} next={next} />
      </section>
    </>
  )
}

function saysHowMany(
  count: number,
  { hasMore, language }: { hasMore: boolean; language: Language },
): string {
  const say = promptSayIn(language)
  if (count === 0) return say('noneShown')
  return say(hasMore ? 'onPageMore' : 'onPage', { count })
}

function NothingFound({ slug, address }: { slug: string; address: PromptAddress }) {
  const { say } = useSaying(promptSayIn)
  if (isFiltered(address.search)) {
    return (
      <EmptyState
        title={say('noneFits')}
        action={
          <Link to={printPromptAddress(withoutFilters(address)) || '.'} className="btn">
            {say('clearFilters')}
          </Link>
        }
      >
        {say('noneFitsHint')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title={say('noPrompts')}
      action={
        <Link to={`/p/${slug}/import`} className="btn btn-primary">
          {say('importFile')}
        </Link>
      }
    >
      {say('noPromptsHint')}
    </EmptyState>
  )
}

function Pages({ address, next }: { address: PromptAddress; next: string | null }) {
  const { say } = useSaying(promptSayIn)
  const isFirst = address.search.after === undefined
  if (isFirst && next === null) return null
  return (
    <nav aria-label={say('pages')} className="flex flex-wrap gap-2">
      {isFirst ? null : (
        <>
          <Link to={printPromptAddress(withSearch(address, {})) || '.'} className="btn btn-quiet">
            {say('firstPage')}
          </Link>
          <Link to={printPromptAddress(pageBefore(address)) || '.'} className="btn">
            {say('previousPage')}
          </Link>
        </>
      )}
      {next === null ? null : (
        <Link to={printPromptAddress(pageAfter(address, next))} className="btn">
          {say('nextPage')}
        </Link>
      )}
    </nav>
  )
}

/** Keys that move from prompt to prompt; where one is, the focus is. */
function usePromptKeys({
  searchBox,
  table,
  onChoose,
}: {
  searchBox: React.RefObject<HTMLInputElement>
  table: React.RefObject<HTMLTableElement>
  onChoose: (id: string) => void
}) {
  const navigate = useNavigate()
  const rows = () => [...(table.current?.querySelectorAll<HTMLElement>('tr[data-prompt]') ?? [])]
  const linkIn = (row: HTMLElement | undefined) =>
    row?.querySelector<HTMLAnchorElement>('td:nth-child(2) a')
  const here = () => rows().findIndex((row) => row.contains(document.activeElement))
  const move = (by: number) => {
    const all = rows()
    const at = here()
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : at + by
    linkIn(all[Math.max(0, Math.min(all.length - 1, to))])?.focus()
  }
  useHotkeys({
    '/': () => searchBox.current?.focus(),
    j: () => move(1),
    k: () => move(-1),
    arrowdown: () => move(1),
    arrowup: () => move(-1),
    enter: () => {
      const href = linkIn(rows()[here()])?.getAttribute('href')
      if (href) navigate(href)
    },
    x: () => {
      const id = rows()[here()]?.dataset.prompt
      if (id) onChoose(id)
    },
  })
}
