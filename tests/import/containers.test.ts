/** Files in whatever they are wrapped: the good rows come in, the rest is named, nothing breaks. */
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { findBatch } from '#app/import/batches.server.ts'
import { unpack } from '#app/import/packing.server.ts'
import { previewBatch } from '#app/import/preview.server.ts'
import { listRefusedFiles } from '#app/import/refused-file.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject, promptLines } from '#tests/support/project.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase('sqlite')
})
afterAll(() => test.remove())

type Options = Parameters<typeof importFiles>[3]

async function imported(files: Record<string, string | Buffer>, options?: Options) {
  const project = await makeProject(test.db, Object.keys(files).join(' ').slice(0, 40) || 'none')
  const told = await importFiles(test, project.id, files, options)
  const { prompts, responses, judgments } = told.counts.created
  const previews = await test.db.read
    .selectFrom('prompt')
    .select('preview')
    .where('project_id', '=', project.id)
    .orderBy('id')
    .execute()
  return {
    ...told,
    project,
    created: [prompts, responses, judgments],
    previews: previews.map((row) => row.preview),
  }
}

async function zipOf(entries: Record<string, string | Buffer>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  const parts: Buffer[] = []
  for await (const part of zip.outputStream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

const lines = promptLines(3, ['a', 'b'])
const objects = lines
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as unknown)

describe('Packed files', () => {
  it.each([
    ['gzip', 'logs.jsonl.gz', gzipSync(lines)],
    [
      'two gzips in a row',
      'logs.gz',
      Buffer.concat([gzipSync(lines.slice(0, 50)), gzipSync(lines.slice(50))]),
    ],
    ['zstd', 'logs.jsonl.zst', zstdCompressSync(lines)],
    ['gzip without an ending that says so', 'logs', gzipSync(lines)],
  ])('are read: %s', async (_what, name, bytes) => {
    const { created, counts } = await imported({ [name]: bytes })
    expect([created, counts.refused]).toEqual([[3, 6, 0], 0])
  })

  it('of several files are read file by file, whatever their names say of folders', async () => {
    const zip = await zipOf({
      'a/first.jsonl': lines,
      'second.csv': 'prompt,model,content\nFrom a table?,m,Yes\n',
      '__MACOSX/._first.jsonl': 'rubbish',
      'inner.jsonl.gz': gzipSync('{"prompt":"Packed twice?","model":"m","content":"Yes"}\n'),
    })
    const evil = Buffer.from(
      zip.toString('latin1').replaceAll('a/first.jsonl', '../firs.jsonl'),
      'latin1',
    )
    const { created, batchId, project } = await imported({ 'logs.zip': evil })
    expect(created).toEqual([5, 8, 0])
    const batch = await findBatch(test.db.read, project.id, batchId)
    expect(batch?.sources).toEqual(['firs.jsonl', 'second.csv', 'inner.jsonl.gz'])
  })

  it('that break off give what came before the break, and say so', async () => {
    const many = promptLines(2_000, ['a'])
    const packed = gzipSync(many)
    const { created, refusals } = await imported({
      'cut.gz': packed.subarray(0, packed.length / 2),
    })
    expect(created[0]).toBeGreaterThan(100)
    expect(refusals.at(-1)?.reason).toContain('breaks off')
  })

  it('that cannot be opened are refused in words', async () => {
    const zip = await zipOf({ 'a.jsonl': lines })
    const cases: [Record<string, Buffer>, string][] = [
      [{ 'broken.zip': zip.subarray(0, zip.length - 30) }, 'archive cannot be opened'],
      [{ 'nested.zip': await zipOf({ 'inner.zip': zip }) }, 'an archive inside an archive'],
      [{ 'not.gz': Buffer.from([0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8]) }, 'breaks off'],
    ]
    for (const [files, words] of cases) {
      const { counts, refusals } = await imported(files)
      expect(counts.refused).toBe(1)
      expect(refusals[0]?.reason).toContain(words)
    }
  })

  it('that unfold like a bomb are stopped', async () => {
    const bomb = path.join(test.folder, 'bomb.gz')
    // Concatenated members of one megabyte of zeros each.
    await writeFile(
      bomb,
      Buffer.concat(Array(600).fill(gzipSync(Buffer.alloc(1024 * 1024), { level: 9 }))),
    )
    const plain = await unpack(
      { path: bomb, name: 'bomb', packing: 'gzip' },
      { target: path.join(test.folder, 'bomb') },
    )
    expect(plain.problem).toContain('unfolds to more than')
    expect(plain.bytes).toBeLessThan(450 * 1024 * 1024)
  })
})

describe('Text encodings', () => {
  const text = '{"prompt":"Çà et là — 東京?","model":"m","content":"Oui"}\r\n'
  const utf16 = Buffer.from(text, 'utf16le')
  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16 little-endian with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])],
    ['UTF-16 little-endian', utf16],
    [
      'UTF-16 big-endian with a mark',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]),
    ],
  ])('are told from the bytes: %s', async (_what, bytes) => {
    const { previews, counts } = await imported({ 'a.jsonl': bytes })
    expect([previews, counts.refused]).toEqual([['Çà et là — 東京?'], 0])
  })

  it('are taken from a person where bytes do not tell: Latin-1', async () => {
    const bytes = Buffer.from('prompt;model;content\nJosé, ça va?;m;Não\n', 'latin1')
    const refused = await imported({ 'a.csv': bytes })
    expect(refused.refusals[0]?.reason).toContain('Latin-1')
    const { previews } = await imported({ 'a.csv': bytes }, { encoding: 'latin1' })
    expect(previews).toEqual(['José, ça va?'])
  })
})

describe('JSON', () => {
  it('lists are read element by element, pretty or not, with the lines of what is refused', async () => {
    const pretty = JSON.stringify([...objects, { odd: 1 }, ...objects], null, 2)
    const { created, counts, refusals } = await imported({ 'a.json': pretty })
    expect([created, counts.unchanged, counts.refused]).toEqual([[3, 6, 0], 3, 1])
    expect(pretty.split('\n')[refusals[0]?.line ?? 0]).toContain('"odd"')
  })

  it('that is cut off gives the elements before', async () => {
    const whole = JSON.stringify(objects)
    const { created, refusals } = await imported({ 'a.json': whole.slice(0, -20) })
    expect(created).toEqual([2, 4, 0])
    expect(refusals[0]?.reason).toContain('ends in the middle of this record')
  })

  it('with a repeated name, endless nesting or a lone surrogate loses only that', async () => {
    const records = [
      '{"prompt":"A?","model":"m","content":"x","content":"y"}',
      `{"prompt":"B?","model":"m","content":"x","metadata":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
      '{"prompt":"C \\ud83d?","model":"m","content":"x\\u0000y"}',
      '{"prompt":"D?","model":"m","content":"x","metadata":{"__proto__":{"polluted":1},"id":12345678901234567890}}',
    ]
    const { previews, refusals } = await imported({ 'a.jsonl': records.join('\n') })
    expect(previews).toEqual(['C \ufffd?', 'D?'])
    expect(refusals.map((row) => [row.line, row.reason])).toEqual([
      [1, 'the name "content" occurs twice in one object'],
      [2, 'the value is nested more than 200 levels deep'],
    ])
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    const kept = await test.db.read
      .selectFrom('response')
      .select('metadata')
      .where('metadata', 'like', '%12345678901234567890%')
      .execute()
    expect(kept).toHaveLength(1)
  })
})

describe('Tables', () => {
  it('with a byte order mark, odd separators and breaks inside cells are read by a mapping', async () => {
    const table = '\uFEFFAsk\tSay\r\n"One\r\nline?"\t"a ""b"""\r\nN/A\tnull\r\n'
    const { previews, counts } = await imported(
      { 'a.tsv': table },
      {
        format: 'mapped',
        mapping: {
          format: 'csv',
          record: 'response',
          columns: { prompt: 'Ask', content: 'Say', model: 'Say' },
          values: {},
          join: [],
        },
      },
    )
    expect([previews, counts.refused]).toEqual([['One line?', 'N/A'], 0])
  })

  it('whose names are known but hold more are not read by guess alone', async () => {
    const { refusals } = await imported({ 'a.csv': 'question,verdict\nWhy?,left\n' })
    expect(refusals[0]?.reason).toContain('not used: verdict')
  })
})

describe('Parquet', () => {
  const table = (rows: number, options: Record<string, unknown> = {}) =>
    Buffer.from(
      parquetWriteBuffer({
        columnData: [
          {
            name: 'prompt',
            data: Array.from({ length: rows }, (_, place) => `Row ${place}?`),
            type: 'STRING',
          },
          { name: 'model', data: Array.from({ length: rows }, () => 'm'), type: 'STRING' },
          {
            name: 'content',
            data: Array.from({ length: rows }, (_, place) => `Answer ${place}.`),
            type: 'STRING',
          },
          {
            name: 'metadata',
            data: Array.from({ length: rows }, (_, place) => ({ n: place, list: ['a', 'b'] })),
            type: 'JSON',
          },
        ],
        ...options,
      }),
    )

  it('is read row by row, nested values too', async () => {
    const { created, counts } = await imported({ 'a.parquet': table(300) })
    expect([created, counts.refused]).toEqual([[300, 300, 0], 0])
    const { metadata } = await test.db.read
      .selectFrom('response')
      .select('metadata')
      .where('metadata', 'like', '%"n":299%')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(metadata)).toEqual({ n: 299, list: ['a', 'b'] })
  })

  it('with a broken footer is refused in words', async () => {
    const whole = table(5)
    for (const broken of [
      whole.subarray(0, whole.length - 6),
      Buffer.concat([whole.subarray(0, 40), Buffer.alloc(60)]),
    ]) {
      const { counts, refusals } = await imported({ 'a.parquet': broken })
      expect(counts.refused).toBe(1)
      expect(refusals[0]?.reason).toContain('footer of the Parquet file cannot be read')
    }
  })

  it('whose row group is too large is refused with the way out', async () => {
    const long = 'x'.repeat(1_000)
    const rows = 40_000
    const bytes = Buffer.from(
      parquetWriteBuffer({
        columnData: [
          {
            name: 'prompt',
            data: Array.from({ length: rows }, (_, place) => `${place} ${long}`),
            type: 'STRING',
          },
        ],
        rowGroupSize: rows,
        codec: 'UNCOMPRESSED',
      }),
    )
    const { counts, refusals } = await imported({ 'a.parquet': bytes })
    expect(counts.refused).toBe(1)
    expect(refusals[0]?.reason).toContain('smaller row groups')
  })
})

describe('The refused records', () => {
  it('mended, come in without touching what is there', async () => {
    const project = await makeProject(test.db, 'Mended')
    const good = JSON.stringify({ prompt: 'Good?', model: 'm', content: 'Yes.' })
    const files = {
      'a.jsonl': `${good}\n{"prompt":"Bad?","model":"m"}\n{"prompt":"Cut?","mod`,
      'b.csv': 'prompt,model,content\nGood table?,m,Yes\nBad table?,m\n',
    }
    const first = await importFiles(test, project.id, files)
    expect(first.counts).toMatchObject({ created: { prompts: 2 }, refused: 3 })
    const refused = await listRefusedFiles(test.folder, first.batchId)
    expect(refused.map((file) => path.basename(file))).toEqual([
      '001-a.refused.jsonl',
      '002-b.refused.csv',
    ])
    const { readFile } = await import('node:fs/promises')
    const [lines = '', table = ''] = await Promise.all(
      refused.map((file) => readFile(file, 'utf8')),
    )
    expect(table).toBe('prompt,model,content\nBad table?,m\n')
    const mended = await importFiles(test, project.id, {
      'a.jsonl': lines
        .replace('"model":"m"}', '"model":"m","content":"Now."}')
        .replace('"Cut?","mod', '"Cut?","model":"m","content":"Whole."}'),
      'b.csv': table.replace('Bad table?,m', 'Bad table?,m,Now'),
    })
    expect(mended.counts).toMatchObject({
      created: { prompts: 3, responses: 3 },
      merged: 0,
      unchanged: 0,
      refused: 0,
    })
    const again = await importFiles(test, project.id, files)
    expect(again.counts.created).toMatchObject({ prompts: 0, responses: 0 })
  })

  it('that were too long to keep are copied from the upload', async () => {
    const project = await makeProject(test.db, 'Long')
    const long = JSON.stringify({ prompt: 'Long?', nothing: 'é'.repeat(200_000) })
    const { batchId } = await importFiles(test, project.id, {
      'a.jsonl': `${JSON.stringify({ prompt: 'Q?', model: 'm', content: 'A' })}\n{"broken":${long}\n`,
    })
    const [file = ''] = await listRefusedFiles(test.folder, batchId)
    const { readFile } = await import('node:fs/promises')
    expect(await readFile(file, 'utf8')).toBe(`{"broken":${long}\n`)
  })
})

describe('Any bytes', () => {
  const magic = [
    '',
    'PAR1',
    '\u001f\u008b\u0008',
    '(\u00b5/\u00fd',
    'PK\u0003\u0004',
    '[',
    '{"a":',
    'a,b\n"',
    '\u00ff\u00fe',
  ]
  it('end an import with words, and break nothing', async () => {
    const project = await makeProject(test.db, 'Any bytes')
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...magic),
        fc.uint8Array({ maxLength: 400 }),
        async (start, rest) => {
          const bytes = Buffer.concat([Buffer.from(start, 'latin1'), rest])
          const { counts, refusals, batchId } = await importFiles(test, project.id, { x: bytes })
          expect(refusals.length).toBe(Math.min(100, counts.refused))
          for (const refusal of refusals) expect(refusal.reason).not.toBe('')
          const batch = await findBatch(test.db.read, project.id, batchId)
          if (batch) await previewBatch(batch)
        },
      ),
      { numRuns: 80 },
    )
  }, 60_000)
})

describe('A preview', () => {
  it('of a file of any size and wrapping takes under half a second', async () => {
    const one = JSON.stringify(objects[0])
    const big = Buffer.from(`[${Array(400_000).fill(one).join(',\n')}]`)
    const project = await makeProject(test.db, 'Preview')
    for (const [name, bytes] of [
      ['big.json', big],
      ['big.json.gz', gzipSync(big, { level: 1 })],
      ['big.json.zst', zstdCompressSync(big)],
      ['big.zip', await zipOf({ 'big.json': big })],
    ] as const) {
      const file = path.join(test.folder, name)
      await writeFile(file, bytes)
      const batch = {
        files: [{ name, path: file, bytes: bytes.length }],
      }
      const started = performance.now()
      const [preview] = await previewBatch(batch)
      expect(performance.now() - started, name).toBeLessThan(500)
      expect(preview?.recognition.format, name).toBe('rubrica')
    }
    expect(project.id).not.toBe('')
  }, 60_000)
})
