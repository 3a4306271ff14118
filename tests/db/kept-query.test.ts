import { expect, it } from 'vitest'
import { keptQuery } from '#db/kept-query.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { makeProject } from '#tests/support/project.ts'

const named = keptQuery((db, at: { name: string; most: number }) =>
  db
    .selectFrom('project')
    .select('name')
    .where('name', '>=', at.name)
    .orderBy('name')
    .limit(at.most),
)

const rename = keptQuery((db, at: { id: string; settings: string }) =>
  db.updateTable('project').set({ settings: at.settings }).where('id', '=', at.id),
)

describeEachDialect('A query that is kept', (open) => {
  it('is asked with other values each time, in and out of a transaction', async () => {
    const { db } = await open()
    for (const name of ['Alder', 'Birch', 'Cedar']) await makeProject(db, name)
    expect(await named(db.read, { name: 'B', most: 5 })).toEqual([
      { name: 'Birch' },
      { name: 'Cedar' },
    ])
    expect(await named(db.read, { name: 'A', most: 1 })).toEqual([{ name: 'Alder' }])
    const within = db.write.transaction().execute((trx) => named(trx, { name: 'C', most: 9 }))
    expect(await within).toEqual([{ name: 'Cedar' }])
  })

  it('writes, and refuses to be asked with a value left out', async () => {
    const { db } = await open()
    const { id } = await makeProject(db, 'Alder')
    await rename(db.write, { id, settings: '{"views":[]}' })
    const read = () => db.read.selectFrom('project').select('settings').execute()
    expect(await read()).toEqual([{ settings: '{"views":[]}' }])
    const partial = { id } as { id: string; settings: string }
    await expect(rename(db.write, partial)).rejects.toThrow('Missing: settings')
    expect(await read()).toEqual([{ settings: '{"views":[]}' }])
  })
})
