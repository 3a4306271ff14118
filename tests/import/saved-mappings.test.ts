import { expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import type { FieldMapping } from '#app/import/field-mapping.ts'
import {
  findMappingFor,
  headerHash,
  listMappingsFor,
  saveMapping,
} from '#app/import/saved-mappings.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { makeProject } from '#tests/support/project.ts'

const columns = ['Question', 'Model', 'Answer']
const mapping: FieldMapping = {
  format: 'csv',
  record: 'response',
  columns: { prompt: 'Question', model: 'Model', content: 'Answer' },
  values: {},
  join: [],
}

describeEachDialect('Saved mappings', (open) => {
  it('are offered for the same columns in any order and case, in their own project only', async () => {
    const { db } = await open()
    const [project, foreign] = [await makeProject(db, 'One'), await makeProject(db, 'Two')]
    await inTransaction(db, (trx) =>
      saveMapping(trx, { projectId: project.id, name: 'crowd', columns, mapping, now: 1 }),
    )
    const shuffled = [' answer', 'QUESTION', 'model ']
    expect(await listMappingsFor(db.read, project.id, shuffled)).toMatchObject([{ name: 'crowd' }])
    expect(await listMappingsFor(db.read, project.id, [...columns, 'Extra'])).toEqual([])
    expect(await listMappingsFor(db.read, foreign.id, columns)).toEqual([])
  })

  it('name the columns as the file at hand writes them', async () => {
    const { db } = await open()
    const project = await makeProject(db)
    await inTransaction(db, (trx) =>
      saveMapping(trx, { projectId: project.id, name: 'crowd', columns, mapping, now: 1 }),
    )
    const [saved] = await listMappingsFor(db.read, project.id, columns)
    const { id } = must(saved, 'the saved mapping')
    const wanted = { projectId: project.id, id }
    const found = await findMappingFor(db.read, {
      ...wanted,
      columns: ['answer', 'question', 'MODEL'],
    })
    expect(found?.mapping.columns).toEqual({
      prompt: 'question',
      model: 'MODEL',
      content: 'answer',
    })
    expect(await findMappingFor(db.read, { ...wanted, columns: ['other'] })).toBeUndefined()
  })

  it('give way to one saved under the same name', async () => {
    const { db } = await open()
    const project = await makeProject(db)
    const save = (columnsOfFile: string[], now: number) =>
      inTransaction(db, (trx) =>
        saveMapping(trx, {
          projectId: project.id,
          name: 'crowd',
          columns: columnsOfFile,
          mapping,
          now,
        }),
      )
    await save(columns, 1)
    await save(['Other'], 2)
    expect(await listMappingsFor(db.read, project.id, columns)).toEqual([])
    expect(await listMappingsFor(db.read, project.id, ['other'])).toMatchObject([{ name: 'crowd' }])
  })

  it('have a hash that tells names apart however they are cut', () => {
    expect(headerHash(['a', 'b'])).not.toBe(headerHash(['a,b']))
    expect(headerHash(['B', 'a'])).toBe(headerHash([' A', 'b ']))
  })
})
