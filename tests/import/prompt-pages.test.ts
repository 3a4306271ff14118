import { expect, it } from 'vitest'
import { runPreparation } from '#app/import/prepare-texts.server.ts'
import { findPromptPage } from '#app/import/prompt-pages.server.ts'
import { parsePromptSearch, searchTerms } from '#app/import/prompt-search.ts'
import type { Db } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const prepare = (db: Db, projectId: string) =>
  runPreparation({
    db,
    job: { project_id: projectId, id: 'j', kind: 'k', input: '{}', cursor: null, attempts: 1 },
    dataDir: '',
    signal: new AbortController().signal,
    report: async () => {},
    reportWithin: async () => {},
  })

const lines = [
  { id: '1', prompt: 'How do I bake sourdough bread at home?', tags: ['food'] },
  { id: '2', prompt: 'Como faço pão de fermentação natural em casa sem máquina?', tags: ['food'] },
  { id: '3', prompt: 'Please, how do I bake sourdough bread at home?', tags: ['food'] },
  { id: '4', prompt: 'My card is 4111 1111 1111 1111, refund me.', tags: ['shop'] },
  {
    id: '5',
    prompt: 'Explain quantum entanglement to a child in three short paragraphs.',
    tags: [],
  },
].map((line) => ({
  ...line,
  responses: [
    { model: 'alpha', content: `Alpha on ${line.id}.` },
    { model: 'beta', content: `Write to ana@acme.io about ${line.id}.` },
  ],
}))

describeEachDialect('Looking through prompts', (open) => {
  it('finds words whatever their case and accents, phrases, and beginnings of the last word', async () => {
    const { test, project, previews } = await prepared(open)
    expect(test.db.dialect).toBeDefined()
    expect(await previews('text=BREAD sourdough')).toHaveLength(2)
    expect(await previews('text="sourdough bread"')).toHaveLength(2)
    expect(await previews('text="bread sourdough"')).toHaveLength(0)
    expect(await previews('text=entangl')).toHaveLength(1)
    expect(await previews("text='); drop table prompt; --")).toEqual([])
    expect(await previews('text=" : * ( )"')).toEqual([])
    if (test.db.dialect === 'sqlite') expect(await previews('text=pao')).toHaveLength(1)
    expect(project.id).not.toBe('')
  })

  it('filters by what preparation found', async () => {
    const { previews } = await prepared(open)
    expect(await previews('language=pt')).toHaveLength(1)
    expect(await previews('finding=card')).toEqual(['My card is 4111 1111 1111 1111, refund me.'])
    expect(await previews('finding=email')).toHaveLength(5)
    expect(await previews('duplicates=only')).toHaveLength(2)
    expect(await previews('duplicates=first')).toHaveLength(4)
    expect(await previews('tag=food&text=bread')).toHaveLength(2)
    expect(await previews('judged=no')).toHaveLength(5)
    expect(await previews('judged=yes')).toHaveLength(0)
    expect(await previews('least=60')).toHaveLength(1)
    expect(await previews('from=2020-01-01&to=2020-01-02')).toHaveLength(0)
    expect(await previews('source=default')).toHaveLength(5)
    expect(await previews('source=other')).toHaveLength(0)
  })

  it('pages through in every order without losing or repeating a prompt', async () => {
    const { test, project } = await prepared(open)
    for (const sort of ['newest', 'oldest', 'longest', 'shortest']) {
      for (const text of ['', '&text=a']) {
        const seen: string[] = []
        let after = ''
        for (;;) {
          const search = parsePromptSearch(
            new URLSearchParams(`sort=${sort}${text}&after=${after}`),
          )
          const page = await findPromptPage(test.db.read, {
            projectId: project.id,
            search,
            limit: 2,
          })
          seen.push(...page.rows.map((row) => row.id))
          if (page.next === null) break
          after = page.next
        }
        expect(new Set(seen).size).toBe(seen.length)
        if (text === '') expect(seen).toHaveLength(5)
      }
    }
  })

  it('tells of each prompt what a table shows', async () => {
    const { test, project } = await prepared(open)
    const search = parsePromptSearch(new URLSearchParams('finding=card'))
    const { rows } = await findPromptPage(test.db.read, { projectId: project.id, search, limit: 9 })
    expect(rows).toMatchObject([
      { tags: ['shop'], models: ['alpha', 'beta'], responses: 2, judgments: 0, language: 'en' },
    ])
    expect(rows[0]?.tokens).toBeGreaterThan(5)
  })
})

it('reads a search as people type it', () => {
  expect(searchTerms('"exact words" and begin')).toEqual([
    { text: 'exact words', isPrefix: false },
    { text: 'and', isPrefix: false },
    { text: 'begin', isPrefix: true },
  ])
  expect(searchTerms(' -- ')).toEqual([])
})

async function prepared(open: Parameters<Parameters<typeof describeEachDialect>[1]>[0]) {
  const test = await open()
  const project = await makeProject(test.db)
  await importFiles(test, project.id, {
    'a.jsonl': lines.map((line) => JSON.stringify(line)).join('\n'),
  })
  await prepare(test.db, project.id)
  const previews = async (query: string) => {
    const search = parsePromptSearch(new URLSearchParams(query))
    const page = await findPromptPage(test.db.read, { projectId: project.id, search, limit: 50 })
    return page.rows.map((row) => row.preview)
  }
  return { test, project, previews }
}
