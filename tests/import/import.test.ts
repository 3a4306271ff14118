import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { findBatch, insertBatch } from '#app/import/batches.server.ts'
import type { FieldMapping } from '#app/import/field-mapping.ts'
import { importOptionsSchema } from '#app/import/import-options.ts'
import { previewBatch } from '#app/import/preview.server.ts'
import { listRefusedFiles } from '#app/import/refused-file.server.ts'
import { rehearseImport } from '#app/import/rehearse-import.server.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject, promptLines } from '#tests/support/project.ts'

const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

describeEachDialect('Importing', (open) => {
  it('keeps prompts with their responses, and adds nothing the second time', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const files = { 'logs.jsonl': promptLines(300, ['alpha', 'beta']) }
    const first = await importFiles(test, project.id, files)
    expect(first.counts).toMatchObject({
      created: { prompts: 300, responses: 600 },
      merged: 0,
      unchanged: 0,
      refused: 0,
    })
    const again = await importFiles(test, project.id, files)
    expect(again.counts).toMatchObject({
      created: { prompts: 0, responses: 0 },
      merged: 0,
      unchanged: 300,
      refused: 0,
    })
    const { count } = await test.db.read
      .selectFrom('response')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .executeTakeFirstOrThrow()
    expect(count).toBe(600)
  })

  it('joins responses from several files to one prompt by its conversation', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const one = jsonl({ prompt: 'What is a tie?', model: 'alpha', content: 'A draw.' })
    const other = jsonl({
      prompt_messages: [{ role: 'user', content: '  What is a tie?\r\n' }],
      model: 'beta',
      content: 'A necktie.',
    })
    const { counts } = await importFiles(test, project.id, { 'a.jsonl': one, 'b.jsonl': other })
    expect(counts.created).toMatchObject({ prompts: 1, responses: 2 })
  })

  it('joins prompts, models and responses that come in three files', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const mapping: FieldMapping = {
      format: 'csv',
      record: 'response',
      columns: { id: 'n', prompt_id: 'q', content: 'said' },
      values: {},
      join: [
        {
          file: 'questions.jsonl',
          on: { theirs: 'id', here: 'q' },
          columns: { prompt: 'text', tags: '/about/0' },
        },
        { file: 'models.csv', on: { theirs: 'key', here: 'm' }, columns: { model: 'name' } },
      ],
    }
    const { counts, refusals } = await importFiles(
      test,
      project.id,
      {
        'answers.csv': 'n,q,m,said\n1,7,x,Yes.\n2,7,y,"No,\nnever."\n3,8,x,Perhaps.\n4,9,x,Lost.\n',
        'questions.jsonl': jsonl(
          { id: 7, text: 'Will it?', about: ['future'] },
          { id: 8, text: 'Did it?' },
        ),
        'models.csv': 'key;name\nx;Model X\ny;Model Y\n',
      },
      { format: 'mapped', mapping },
    )
    expect(counts).toMatchObject({ created: { prompts: 2, responses: 3 }, refused: 1 })
    expect(refusals[0]).toMatchObject({ line: 6, field: 'q' })
    expect(refusals[0]?.reason).toContain('questions.jsonl has no row whose id is "9"')
    const tags = await test.db.read.selectFrom('prompt_tag').select('tag').execute()
    expect(tags).toEqual([{ tag: 'future' }])
  })

  it('refuses the same external id with other content, and an unknown prompt', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const { counts, refusals } = await importFiles(test, project.id, {
      'logs.jsonl': jsonl(
        { id: 'p1', prompt: 'One?', responses: [{ id: 'r1', model: 'a', content: 'x' }] },
        { id: 'p1', prompt: 'Another?' },
        { prompt_id: 'p1', id: 'r1', model: 'a', content: 'something else' },
        { prompt_id: 'nobody', model: 'a', content: 'y' },
        { prompt_id: 'p1', id: 'r1', model: 'a', content: 'x' },
      ),
    })
    expect(counts).toMatchObject({
      created: { prompts: 1, responses: 1 },
      unchanged: 1,
      refused: 3,
    })
    expect(refusals.map((refusal) => [refusal.line, refusal.field])).toEqual([
      [2, 'id'],
      [3, 'id'],
      [4, 'prompt_id'],
    ])
  })

  it('notes what a record that was there gained', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    await importFiles(test, project.id, {
      'a.jsonl': jsonl({ id: 'p', prompt: 'Q?', tags: ['one'] }),
    })
    const more = jsonl({ id: 'p', prompt: 'Q?', tags: ['one', 'two'], metadata: { level: 3 } })
    const { counts } = await importFiles(test, project.id, { 'b.jsonl': more })
    expect(counts).toMatchObject({ created: { prompts: 0 }, merged: 1, unchanged: 0 })
  })

  it('keeps two logged responses that say the same, told apart by their ids', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const file = jsonl(
      { prompt: 'Q?', id: 'r1', model: 'a', content: 'same' },
      { prompt: 'Q?', id: 'r2', model: 'a', content: 'same' },
      { prompt: 'Q?', model: 'a', content: 'same', sample: 5 },
    )
    const first = await importFiles(test, project.id, { 'a.jsonl': file })
    expect(first.counts.created).toMatchObject({ prompts: 1, responses: 3 })
    const again = await importFiles(test, project.id, { 'a.jsonl': file })
    expect(again.counts).toMatchObject({ created: { responses: 0 }, unchanged: 3, refused: 0 })
  })

  it('keeps versions and prompt versions of a model apart, with labels of their own', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const answer = (model: object, content: string) => ({ prompt: 'Q?', content, ...model })
    await importFiles(test, project.id, {
      'a.jsonl': jsonl(
        answer({ model: 'm' }, '1'),
        answer({ model: 'm', version: '2024' }, '2'),
        answer({ model: { name: 'm', version: '2024', prompt_version: 'v2' } }, '3'),
        answer(
          { model: 'm', version: '2024', prompt_version: 'v2', parameters: { temperature: 1 } },
          '4',
        ),
        answer(
          { model: 'm', version: '2024', prompt_version: 'v2', parameters: { temperature: 2 } },
          '5',
        ),
      ),
    })
    const models = await test.db.read.selectFrom('model').select('label').orderBy('label').execute()
    expect(new Set(models.map((model) => model.label)).size).toBe(5)
    expect(models.map((model) => model.label)).toContain('m 2024 · prompt v2')
  })

  it('of two files with the same prompts at once makes each prompt once', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const both = await Promise.all(
      ['one', 'two'].map((model) =>
        importFiles(test, project.id, { 'a.jsonl': promptLines(500, [model]) }),
      ),
    )
    const prompts = both.reduce((sum, { counts }) => sum + counts.created.prompts, 0)
    expect(prompts).toBe(500)
    for (const { counts } of both)
      expect(counts).toMatchObject({ created: { responses: 500 }, refused: 0 })
  })

  it('flags a response that names its model', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    await importFiles(test, project.id, {
      'a.jsonl': jsonl({
        prompt: 'Who?',
        responses: [
          { model: 'Zephyrus', content: 'I am zephyrus, at your service.' },
          { model: 'Boreas', content: 'I am a model.' },
        ],
      }),
    })
    expect(await test.db.read.selectFrom('finding').select('kind').execute()).toHaveLength(1)
  })

  it('keeps JSON-looking and NUL-holding texts as text', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    await importFiles(test, project.id, {
      'a.jsonl': '{"prompt":"Q?","model":"m","content":"{\\"a\\": [1]}\\u0000 \\ud83d"}\n',
    })
    const row = await test.db.read
      .selectFrom('response')
      .select('messages')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(row.messages)).toEqual([{ role: 'assistant', content: '{"a": [1]} \ufffd' }])
  })

  it('says what a rehearsal would do and keeps nothing', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const { batchId } = await importFiles(test, project.id, { 'a.jsonl': promptLines(2, ['a']) })
    const row = await test.db.read
      .selectFrom('import_batch')
      .select('files')
      .where('id', '=', batchId)
      .executeTakeFirstOrThrow()
    const other = await makeProject(test.db, 'Other')
    const rehearsed = await inTransaction(test.db, (trx) =>
      insertBatch(trx, {
        projectId: other.id,
        source: 'default',
        options: importOptionsSchema.parse({}),
        files: JSON.parse(row.files),
        createdBy: 'test',
        now: Date.now(),
      }),
    )
    const told = await rehearseImport({
      db: test.db,
      projectId: other.id,
      batchId: rehearsed,
      dataDir: test.folder,
      recordJudgments,
    })
    expect(told.counts.created).toMatchObject({ prompts: 2, responses: 2 })
    const kept = await test.db.read
      .selectFrom('prompt')
      .select('id')
      .where('project_id', '=', other.id)
      .execute()
    expect(kept).toEqual([])
  })

  it('ends with a clear word on every kind of bad input, and keeps the good rows', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const good = JSON.stringify({ prompt: 'Good?', model: 'm', content: 'Good.' })
    const notUtf8 = Buffer.concat([
      Buffer.from(`${good}\n{"prompt":"`),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('","model":"m","content":"x"}\n'),
    ])
    const cases: [string, string | Buffer, string][] = [
      ['empty.jsonl', '', 'the file is empty'],
      ['cut.jsonl', `${good}\n{"prompt":"Cut of`, 'the file may have been cut off'],
      ['bytes.jsonl', notUtf8, 'not valid UTF-8'],
      ['array.jsonl', `${good}\n[1,2]\n`, 'one JSON object'],
      ['prose.jsonl', `${good}\n{not json}\n`, 'not valid JSON'],
      ['unknown.jsonl', `${good}\n{"foo":1}\n`, 'neither a prompt'],
      ['unknown.csv', 'colour,size\nred,3\n', 'format is not known'],
      ['ragged.csv', 'prompt,model,content\nQ1?,m,Yes\nQ,m\n', 'cells'],
      ['quote.csv', 'prompt,model,content\nQ2?,m,Yes\nQ3?,m,"never closed\n', 'never closes'],
    ]
    for (const [name, content, words] of cases) {
      const { counts, refusals } = await importFiles(test, project.id, { [name]: content })
      expect(counts.refused, name).toBe(1)
      expect(refusals[0]?.reason, name).toContain(words)
    }
    const kept = await test.db.read
      .selectFrom('prompt')
      .select('preview')
      .orderBy('preview')
      .execute()
    expect(kept.map((row) => row.preview)).toEqual(['Good?', 'Q1?', 'Q2?'])
  })

  it('says so when the mapping names a column the header has not', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const mapping: FieldMapping = {
      format: 'csv',
      record: 'response',
      columns: { prompt: 'question', model: 'model', content: 'answer' },
      values: {},
      join: [],
      delimiter: ',',
    }
    const { refusals } = await importFiles(
      test,
      project.id,
      { 'semi.csv': 'question;model;answer\nQ;m;A\n' },
      { format: 'mapped', mapping },
    )
    expect(refusals).toHaveLength(1)
    expect(refusals[0]?.reason).toContain('Is the separator right?')
  })

  it('passes over a line of 200 MB in constant memory, and keeps its neighbours', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const line = (text: string) =>
      Buffer.from(`${JSON.stringify({ prompt: text, model: 'm', content: text })}\n`)
    const huge = Buffer.concat([
      line('before'),
      Buffer.from('{"prompt":"'),
      Buffer.alloc(200 * 1024 * 1024, 'x'),
      Buffer.from('"}\n'),
      line('after'),
    ])
    const { counts, refusals } = await importFiles(test, project.id, { 'huge.jsonl': huge })
    expect(counts).toMatchObject({ created: { prompts: 2 }, refused: 1 })
    expect(refusals[0]).toMatchObject({ line: 2 })
    expect(refusals[0]?.reason).toContain('209,715,214 bytes long, from byte 51 on')
  })

  it('shows every value that a column of choices has, not those of the first rows alone', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const rows = Array.from(
      { length: 60 },
      (_, place) => `q${place},x,y,${place < 50 ? 'tie' : 'left'},w`,
    )
    const csv = ['prompt_id,model_a,model_b,winner,rater', ...rows].join('\n')
    const { batchId } = await importFiles(test, project.id, { 'verdicts.csv': csv })
    const batch = await findBatch(test.db.read, project.id, batchId)
    const [preview] = batch ? await previewBatch(batch) : []
    expect(preview?.values.winner).toEqual(['left', 'tie'])
    expect(preview?.values.prompt_id).toBeUndefined()
    expect(preview?.recognition.mapping?.record).toBe('pairwise')
  })

  it('offers the refused lines as a file to mend and import again', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const bad = '{"model":"m","prompt_id":"later","content":"x"}'
    const { batchId } = await importFiles(test, project.id, { 'a.jsonl': `${bad}\n` })
    const [refusedFile = ''] = await listRefusedFiles(test.folder, batchId)
    expect(readFileSync(refusedFile, 'utf8')).toBe(`${bad}\n`)
  })
})
