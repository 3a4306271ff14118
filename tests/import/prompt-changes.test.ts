import { describe, expect, it } from 'vitest'
import { newCampaignSchema, overallPreference } from '#app/assign/campaign.ts'
import { insertCampaign } from '#app/assign/campaigns.server.ts'
import { runMakeTasks } from '#app/assign/make-tasks.server.ts'
import { must } from '#app/base/must.ts'
import { changePrompts, idsThatMatch } from '#app/import/bulk-prompts.server.ts'
import {
  chipsOf,
  isClumsy,
  isFiltered,
  pageAfter,
  pageBefore,
  parsePromptAddress,
  printPromptAddress,
  withoutFilters,
  withSearch,
} from '#app/import/prompt-address.ts'
import { type PromptChange, promptChangeSchema, saidOf } from '#app/import/prompt-change.ts'
import { findPromptFacets } from '#app/import/prompt-facets.server.ts'
import { externalNames, lineagesOf } from '#app/import/prompt-lineage.server.ts'
import { findPromptPage } from '#app/import/prompt-pages.server.ts'
import { parsePromptSearch } from '#app/import/prompt-search.ts'
import type { JobContext } from '#app/jobs/run-jobs.server.ts'
import { deleteView, findSettings, saveView } from '#app/projects/project-settings.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject, promptLines } from '#tests/support/project.ts'

async function imported(open: () => Promise<TestDatabase>, prompts = 12) {
  const test = await open()
  const { db } = test
  const project = await makeProject(db)
  const projectId = project.id
  const { batchId } = await importFiles(test, projectId, {
    'a.jsonl': promptLines(prompts, ['alpha', 'beta']),
  })
  const find = async (query: string) => {
    const search = parsePromptSearch(new URLSearchParams(query))
    return (await findPromptPage(db.read, { projectId, search, limit: 500 })).rows
  }
  const change = (ids: readonly string[], wanted: PromptChange) =>
    changePrompts(db, { projectId, ids, change: wanted, actor: 'someone', now: Date.now() })
  const audits = () =>
    db.read
      .selectFrom('audit')
      .select(['action', 'subject', 'detail'])
      .where('project_id', '=', projectId)
      .orderBy('id')
      .execute()
  return { test, db, projectId, batchId, find, change, audits }
}

describeEachDialect('Changing prompts', (open) => {
  it('tags those that are not tagged yet, and notes in the audit log which these were', async () => {
    const { find, change, audits } = await imported(open)
    const all = (await find('')).map((row) => row.id)
    const even = (await find('tag=even')).map((row) => row.id)
    expect(await change(all, { intent: 'add-tag', tag: 'even' })).toBe(6)
    expect(await change(all, { intent: 'add-tag', tag: 'even' })).toBe(0)
    expect(await find('tag=even')).toHaveLength(12)
    const [entry, ...others] = await audits()
    expect(others).toEqual([])
    expect(entry).toMatchObject({ action: 'prompts tagged', subject: 'prompts' })
    const { tag, prompts } = JSON.parse(entry?.detail ?? '{}')
    expect(tag).toBe('even')
    expect([...prompts].sort()).toEqual(all.filter((id) => !even.includes(id)).sort())
    expect(await change(even, { intent: 'remove-tag', tag: 'even' })).toBe(6)
    expect(await find('tag=even')).toHaveLength(6)
  })

  it('changes nothing of another project', async () => {
    const { db, find, change } = await imported(open)
    const other = await makeProject(db, 'Other')
    const ids = (await find('')).map((row) => row.id)
    const wanted = { projectId: other.id, ids, actor: 'someone', now: 1 }
    expect(await changePrompts(db, { ...wanted, change: { intent: 'archive' } })).toBe(0)
    const tag = { intent: 'add-tag', tag: 'stolen' } as const
    expect(await changePrompts(db, { ...wanted, change: tag })).toBe(0)
    expect(await find('')).toHaveLength(12)
    expect(await change(['no such prompt'], { intent: 'archive' })).toBe(0)
  })

  it('writes many prompts group by group, each noted', async () => {
    const { projectId, db, find, change, audits } = await imported(open, 450)
    const ids = await idsThatMatch(
      (asked) => findPromptPage(db.read, { projectId, ...asked }),
      parsePromptSearch(new URLSearchParams('tag=odd')),
    )
    expect(ids).toHaveLength(225)
    const all = [...ids, ...(await find('tag=even')).map((row) => row.id), ...ids]
    expect(await change(all, { intent: 'archive' })).toBe(450)
    const noted = (await audits()).map(({ detail }) => JSON.parse(detail).prompts.length)
    expect(noted).toEqual([200, 200, 50])
    expect(await find('')).toEqual([])
    expect(await find('archived=yes')).toHaveLength(450)
  })

  it('keeps archived prompts out of new campaigns, until they are brought back', async () => {
    const { db, projectId, find, change } = await imported(open)
    const odd = (await find('tag=odd')).map((row) => row.id)
    await change(odd, { intent: 'archive' })
    expect(await tasksOfNewCampaign(db, projectId, 'One')).toBe(6)
    expect(await change(odd, { intent: 'unarchive' })).toBe(6)
    expect(await tasksOfNewCampaign(db, projectId, 'Two')).toBe(12)
  })

  it('knows where a prompt came from, and what a project can be filtered by', async () => {
    const { db, projectId, batchId, find } = await imported(open, 3)
    const rows = await db.read
      .selectFrom('prompt')
      .select(['id', 'batch_id', 'source_ordinal', 'source_line'])
      .orderBy('id')
      .execute()
    const nowhere = { batch_id: null, source_ordinal: null, source_line: null }
    const lineages = await lineagesOf(db.read, projectId, [...rows, nowhere])
    expect(lineages).toMatchObject([
      { batchId, file: 'a.jsonl', line: 1, source: 'default' },
      { file: 'a.jsonl', line: 2 },
      { file: 'a.jsonl', line: 3 },
      null,
    ])
    const first = must(rows[0], 'a prompt').id
    const names = await externalNames(db.read, projectId, [first])
    expect(names.get(first)).toEqual([{ source: 'default', id: 'p0' }])
    expect(await findPromptFacets(db.read, projectId)).toMatchObject({
      tags: [
        { tag: 'even', prompts: 2 },
        { tag: 'odd', prompts: 1 },
      ],
      unprepared: 3,
    })
    expect(await find(`batch=${batchId}`)).toHaveLength(3)
  })

  it('keeps views for everybody, one of each name', async () => {
    const { db, projectId } = await imported(open, 1)
    const keep = (name: string, query: string) =>
      inTransaction(db, (trx) => saveView(trx, projectId, { name, query }))
    await Promise.all([keep('Beta', 'tag=b'), keep('Alpha', 'tag=a'), keep('Gamma', '')])
    await keep('Beta', 'tag=c')
    const views = async () => (await findSettings(db.read, projectId)).views
    expect(await views()).toEqual([
      { name: 'Alpha', query: 'tag=a' },
      { name: 'Beta', query: 'tag=c' },
      { name: 'Gamma', query: '' },
    ])
    await inTransaction(db, (trx) => deleteView(trx, projectId, 'Alpha'))
    expect((await views()).map(({ name }) => name)).toEqual(['Beta', 'Gamma'])
    for (let place = 0; place < 48; place++) await keep(`View ${place}`, '')
    expect(await keep('One too many', '')).toBe(false)
    expect(await keep('Beta', 'tag=d')).toBe(true)
    expect(await views()).toHaveLength(50)
  })
})

async function tasksOfNewCampaign(
  db: TestDatabase['db'],
  projectId: string,
  name: string,
): Promise<number> {
  const campaign = newCampaignSchema.parse({
    name,
    kind: 'pairwise',
    overlap: 1,
    criteria: [overallPreference()],
    settings: {},
  })
  const campaignId = await inTransaction(db, async (trx) =>
    must(
      await insertCampaign(trx, { projectId, campaign, createdBy: 'test', now: 1 }),
      'the campaign',
    ),
  )
  const context: JobContext = {
    db,
    job: {
      project_id: projectId,
      id: 'j',
      kind: 'make-tasks',
      input: JSON.stringify({ campaignId }),
      cursor: null,
      attempts: 1,
    },
    dataDir: '',
    signal: new AbortController().signal,
    report: async () => {},
    reportWithin: async () => {},
  }
  return (await runMakeTasks(context)).tasks
}

describe('The address of a page of prompts', () => {
  const parse = (query: string) => parsePromptAddress(new URLSearchParams(query))

  it('says everything and nothing twice', () => {
    const query = '?text=bread&tag=food&sort=longest&columns=tags,tokens'
    expect(printPromptAddress(parse(query))).toBe(query)
    expect(printPromptAddress(parse('text=&sort=newest&columns=nonsense'))).toBe('')
    expect(printPromptAddress(parse('columns=tokens&columns=tags&tag='))).toBe(
      '?columns=tags,tokens',
    )
    expect(isClumsy(new URLSearchParams('tag='))).toBe(true)
    expect(isClumsy(new URLSearchParams('columns=a&columns=b'))).toBe(true)
    expect(isClumsy(new URLSearchParams('tag=a&columns=a,b&before='))).toBe(false)
  })

  it('leads forward and back again', () => {
    const first = parse('tag=food&sort=longest')
    const second = pageAfter(first, '20.b')
    const third = parse(printPromptAddress(pageAfter(second, '10.c')))
    expect(third.search.after).toBe('10.c')
    expect(pageBefore(third)).toEqual(second)
    expect(parse(printPromptAddress(pageBefore(second)))).toEqual(first)
    expect(withSearch(third, { tag: undefined }).search).toMatchObject({
      tag: undefined,
      after: undefined,
      sort: 'longest',
    })
  })

  it('names its filters as people do', () => {
    const names = {
      models: [{ id: 'm1', label: 'alpha' }],
      batches: [{ id: 'b1', name: 'a.jsonl' }],
    }
    const query =
      'text=bread&tag=food&model=m1&batch=b1&language=pt&least=1200&judged=no&duplicates=only&finding=email&archived=all'
    expect(chipsOf(parse(query).search, { names, language: 'en' }).map(({ text }) => text)).toEqual(
      [
        'Words: bread',
        'Tag: food',
        'Model: alpha',
        'Import: a.jsonl',
        'Language: Portuguese',
        'At least 1,200 characters',
        'Not judged',
        'Has near-duplicates',
        'E-mail addresses',
        'Archived too',
      ],
    )
    const portuguese = chipsOf(parse(query).search, { names, language: 'pt' })
    expect(portuguese.map(({ text }) => text)).toEqual([
      'Palavras: bread',
      'Etiqueta: food',
      'Modelo: alpha',
      'Importação: a.jsonl',
      'Idioma: português',
      'Ao menos 1.200 caracteres',
      'Não julgado',
      'Tem quase duplicados',
      'Endereços de e-mail',
      'Arquivados também',
    ])
    expect(isFiltered(parse(query).search)).toBe(true)
    expect(isFiltered(withoutFilters(parse(query)).search)).toBe(false)
    expect(isFiltered(parse('sort=oldest&after=x').search)).toBe(false)
  })
})

it('takes no tag that is none, and says what it did', () => {
  expect(promptChangeSchema.safeParse({ intent: 'add-tag', tag: '  ' }).success).toBe(false)
  expect(promptChangeSchema.safeParse({ intent: 'drop' }).success).toBe(false)
  const change = promptChangeSchema.parse({ intent: 'add-tag', tag: ' vip ', prompt: 'x' })
  expect(saidOf(change, 2)).toBe('The tag “vip” was added to 2 prompts.')
  expect(saidOf({ intent: 'archive' }, 1)).toBe('1 prompt was archived.')
})
