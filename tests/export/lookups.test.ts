import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openLineFile } from '#app/export/files/line-file.server.ts'
import { heldOutOf } from '#app/export/held-out.ts'
import { KeyTable } from '#app/export/key-table.ts'
import { type IndexEntry, indexPath } from '#app/export/row-index.ts'
import { diffSnapshots, emptyCounts, type RowDifference } from '#app/export/snapshot-diff.server.ts'
import { entriesAfter, entriesFrom, findEntry } from '#app/export/snapshot-rows.server.ts'

describe('A table of keys', () => {
  it('gives back what was put in, as a Map would', () => {
    const keys = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })
    fc.assert(
      fc.property(fc.array(fc.tuple(keys, fc.nat(1_000)), { maxLength: 4_000 }), (given) => {
        const table = new KeyTable()
        for (const [key, value] of given) table.set(key, value)
        for (const [key, value] of new Map(given)) expect(table.get(key)).toBe(value)
        const known = new Set(given.map(([key]) => key))
        for (let key = 1; key < 50; key++) expect(table.has(key)).toBe(known.has(key))
      }),
      { numRuns: 30 },
    )
  })
})

describe('What is held out', () => {
  const benchmark =
    'A train leaves the station at nine and goes at sixty miles an hour to the next town.'
  const { shares } = heldOutOf([benchmark, 'What is 2 + 2?'])

  it('is found by thirteen words in a row, whatever their case and signs', () => {
    const part = benchmark.split(' ').slice(0, 13).join(' ')
    expect(shares(`Please: ${part.toUpperCase().replaceAll(' ', '  ')}!`)).toBe(true)
    expect(shares(benchmark.split(' ').slice(0, 12).join(' '))).toBe(false)
  })

  it('is found whole where it is shorter, and not within another text', () => {
    expect(shares('what is 2 + 2')).toBe(true)
    expect(shares('Tell me: what is 2 + 2? And why?')).toBe(false)
  })
})

const entry = (id: string, change: Partial<IndexEntry> = {}): IndexEntry => ({
  id,
  config: 'preference',
  prompt: `prompt of ${id}`,
  split: 'train',
  verdict: 'a',
  tasks: ['t'],
  raters: ['w'],
  content: 'c',
  ...change,
})

async function folderOf(entries: readonly IndexEntry[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-index-'))
  const file = await openLineFile(path.join(folder, indexPath))
  for (const one of entries) await file.write(one)
  await file.close()
  return folder
}

const idOf = (at: number) => `${at.toString(16).padStart(16, '0')}-x`

describe('The index of a snapshot', () => {
  it('finds any row and any page of a large file', async () => {
    // Lines of very different lengths, some longer than what is read at once.
    const entries = Array.from({ length: 5_000 }, (_, at) =>
      entry(idOf(at * 2), at % 1_000 === 3 ? { prompt: 'long '.repeat(40_000) } : {}),
    )
    const folder = await folderOf(entries)
    for (const at of [0, 1, 3, 499, 1_003, 2_500, 4_003, 4_999]) {
      expect((await findEntry(folder, idOf(at * 2)))?.id).toBe(idOf(at * 2))
      expect(await findEntry(folder, idOf(at * 2 + 1))).toBeUndefined()
      const page = await entriesAfter(folder, idOf(at * 2), 3)
      expect(page.map(({ id }) => id)).toEqual(
        [1, 2, 3].map((next) => idOf((at + next) * 2)).filter((_, next) => at + next + 1 < 5_000),
      )
      expect(await entriesFrom(folder, idOf(at * 2).slice(0, 16))).toHaveLength(1)
    }
    expect(await entriesAfter(folder, '', 2)).toHaveLength(2)
    expect(await entriesAfter(folder, 'zzz', 2)).toEqual([])
  })

  it('is nothing where there is no file', async () => {
    expect(await entriesAfter('/nowhere', '', 5)).toEqual([])
  })
})

describe('Two snapshots', () => {
  it('differ in exactly what came, went and changed', async () => {
    const side = fc.uniqueArray(
      fc.record({
        at: fc.nat(30),
        verdict: fc.constantFrom('a', 'b'),
        raters: fc.constantFrom<string[]>(['w1'], ['w1', 'w2']),
        split: fc.constantFrom('train', 'test'),
        content: fc.constantFrom('c', 'd'),
      }),
      { selector: ({ at }) => at, maxLength: 20 },
    )
    await fc.assert(
      fc.asyncProperty(side, side, async (before, after) => {
        const entriesOf = (given: typeof before) =>
          given
            .toSorted((one, other) => one.at - other.at)
            .map(({ at, ...rest }) => entry(idOf(at), rest))
        const [old, now] = [entriesOf(before), entriesOf(after)]
        const told = emptyCounts()
        const found: RowDifference[] = []
        for await (const one of diffSnapshots(await folderOf(old), await folderOf(now), told)) {
          found.push(one)
        }
        const oldById = new Map(old.map((one) => [one.id, one]))
        const nowById = new Map(now.map((one) => [one.id, one]))
        for (const id of new Set([...oldById.keys(), ...nowById.keys()])) {
          const [one, other] = [oldById.get(id), nowById.get(id)]
          const difference = found.find((row) => row.id === id)
          if (!one) expect(difference?.changes).toEqual(['added'])
          else if (!other) expect(difference?.changes).toEqual(['removed'])
          else {
            expect(difference?.changes.includes('verdict') ?? false).toBe(
              one.verdict !== other.verdict,
            )
            expect(difference?.changes.includes('split') ?? false).toBe(one.split !== other.split)
            const isSame = JSON.stringify(one) === JSON.stringify(other)
            expect(difference === undefined).toBe(isSame)
          }
        }
        const ids = found.map(({ id }) => id)
        expect(ids).toEqual(ids.toSorted())
        expect(told.same + found.length).toBe(new Set([...oldById.keys(), ...nowById.keys()]).size)
      }),
      { numRuns: 60 },
    )
  })
})
