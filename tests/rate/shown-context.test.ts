/** What raters see of what was retrieved: the documents, and nothing that could name a model. */
import { expect, it } from 'vitest'
import { shownDocuments } from '#app/rate/shown-context.ts'
import { shownText } from '#app/rate/task-view.server.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject, openCampaign } from '#tests/support/project.ts'

it.each([
  ['a text', 'Bread rises.', [{ title: '', text: 'Bread rises.' }]],
  [
    'texts',
    ['One.', ' ', 'Two.'],
    [
      { title: '', text: 'One.' },
      { title: '', text: 'Two.' },
    ],
  ],
  [
    'documents with scores and ids',
    [{ id: 'gpt-4/7', text: 'One.', title: 'Guide', score: 0.9, metadata: { model: 'gpt-4' } }],
    [{ title: 'Guide', text: 'One.' }],
  ],
  [
    'a search result',
    { query: 'bread', engine: 'gpt-4', hits: [{ _score: 2, _source: { title: 'T', body: 'B.' } }] },
    [{ title: 'T', text: 'B.' }],
  ],
  ['JSON in a text', '{"documents":[{"page_content":"P."}]}', [{ title: '', text: 'P.' }]],
  ['named passages', { passages: ['One.'], model: 'gpt-4' }, [{ title: '', text: 'One.' }]],
  ['something else', { model: 'gpt-4', temperature: 0.2, note: 'made by gpt-4' }, []],
  ['nothing', null, []],
])('reads %s', (_, context, expected) => {
  expect(shownDocuments(context)).toEqual(expected)
})

it('comes to an end in a context nested without end', () => {
  let context: unknown = 'deep'
  for (let level = 0; level < 5_000; level++) context = { documents: [context] }
  expect(shownDocuments(context)).toEqual([])
})

describeEachDialect('What was retrieved for a task', (open) => {
  it('stands once where all had the same, else with each response, and only where it is asked for', async () => {
    const target = await open()
    const { db } = target
    const project = await makeProject(db)
    const context = [{ id: 'secret-id', title: 'Guide', text: 'Bread rises.' }]
    const other = [{ text: 'Bread falls.' }]
    const line = (id: string, second: unknown) =>
      JSON.stringify({
        id,
        messages: [
          { role: 'gpt-4-secret', content: 'Hello.' },
          { role: 'user', content: `Why, ${id}?` },
        ],
        responses: [
          { model: 'alpha', content: `One ${id}.`, context },
          {
            model: 'beta',
            messages: [{ role: 'beta-secret', content: `Two ${id}.` }],
            context: second,
          },
        ],
      })
    await importFiles(target, project.id, {
      'a.jsonl': `${line('same', context)}\n${line('apart', other)}\n`,
    })
    const shownIn = async (settings: { showContext: boolean }) => {
      const name = `Context shown: ${settings.showContext}`
      const campaignId = await openCampaign(db, project.id, { name, settings })
      const tasks = await db.read
        .selectFrom('task')
        .select('id')
        .where('campaign_id', '=', campaignId)
        .execute()
      const texts = await Promise.all(
        tasks.map(({ id }) => shownText(db.read, project.id, { taskId: id, shownOrder: [1, 0] })),
      )
      return (id: string) => texts.find(({ prompt }) => prompt.at(-1)?.content === `Why, ${id}?`)
    }
    const shown = await shownIn({ showContext: true })
    expect(shown('same')?.context).toEqual([{ title: 'Guide', text: 'Bread rises.' }])
    expect(shown('same')?.responses.every((response) => !response.context)).toBe(true)
    expect(shown('apart')?.context).toBeUndefined()
    expect(
      shown('apart')
        ?.responses.map((response) => response.context?.[0]?.text)
        .sort(),
    ).toEqual(['Bread falls.', 'Bread rises.'])
    expect(JSON.stringify([shown('same'), shown('apart')])).not.toMatch(/secret|alpha|beta/)
    const without = await shownIn({ showContext: false })
    expect(JSON.stringify([without('same'), without('apart')])).not.toContain('Bread')
  })
})
