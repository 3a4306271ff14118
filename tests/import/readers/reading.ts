/** Reads rows as an import does: all are gathered first, then each is read. */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { ContentRecord, ImportRecord, RecordedRecord } from '#app/import/import-record.ts'
import type { ReadContext, Reader, ReadProblem, Row } from '#app/import/reader.ts'

interface Read {
  records: ImportRecord[]
  problems: ReadProblem[]
  contents: ContentRecord[]
  judgments: RecordedRecord[]
}

/** A context whose hash shortens nothing: equal texts alone are equal. */
const contextOf = (reader: Reader, rows: readonly Row[]): ReadContext => {
  const noted = new Map(rows.flatMap((row) => reader.gather?.(row) ?? []))
  return {
    hash: (text) => `<${text}>`,
    find: (key) => noted.get(key),
    list: (prefix) =>
      [...noted.keys()]
        .filter((key) => key.startsWith(prefix))
        .sort()
        .map((key) => noted.get(key) ?? ''),
    rate: 'steps',
  }
}

/** What a reader makes of the rows of one import. */
export function readAll(reader: Reader, ...rows: Row[]): Read {
  const context = contextOf(reader, rows)
  const readings = rows.map((row) => reader.read(row, context))
  const records = readings.flatMap((reading) => reading.records)
  return {
    records,
    problems: readings.flatMap((reading) => reading.problems),
    contents: records.filter((record) => record.kind === 'content'),
    judgments: records.filter((record) => record.kind !== 'content'),
  }
}

/** The texts of a content record's prompt, with who said them. */
export const saidIn = (content: ContentRecord | undefined): string[] =>
  (content?.prompt?.messages ?? []).map(({ role, content: text }) => `${role}: ${text}`)

/** Who answered what in a content record. */
export const answersIn = (content: ContentRecord | undefined): string[][] =>
  (content?.responses ?? []).map(({ model, messages }) => [
    model.name,
    ...messages.map((message) => message.content),
  ])

/** The pairs of a reading: who won, by whom. */
export const pairsIn = (judgments: readonly RecordedRecord[]) =>
  judgments.flatMap(({ kind, line }) =>
    kind === 'pairwise' ? [[line.rater, line.winner, line.strength]] : [],
  )

/** The scores of a reading: for what, how many, by whom. */
export const scoresIn = (judgments: readonly RecordedRecord[]) =>
  judgments.flatMap(({ kind, line }) =>
    kind === 'rubric' ? [[line.criterion, line.score, line.rater]] : [],
  )

/** Every judgment speaks of a prompt and of responses that the same reading holds. */
export function expectKnownIds({ contents, judgments }: Read): void {
  const prompts = new Set(contents.map((content) => content.prompt?.externalId))
  const responses = new Set(
    contents.flatMap((content) => content.responses.map((response) => response.externalId)),
  )
  for (const { kind, line } of judgments) {
    expect(prompts).toContain(line.prompt_id)
    if (kind === 'pairwise') {
      expect(responses).toContain(line.response_a)
      expect(responses).toContain(line.response_b)
    }
    if (kind === 'rubric') expect(responses).toContain(line.response)
  }
}

/** Whatever the columns of a row hold, the reader reads it or says what is wrong. */
export function expectNeverThrows(reader: Reader, good: Row): void {
  const columns = Object.keys(good)
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom(...columns), fc.anything({ withBigInt: true })),
      fc.subarray(columns),
      (bad, dropped) => {
        const mixed = Object.fromEntries(
          Object.entries({ ...good, ...bad }).filter(([column]) => !dropped.includes(column)),
        )
        for (const row of [bad, mixed]) {
          reader.mark(row)
          const { records, problems } = readAll(reader, row)
          for (const problem of problems) expect(problem.reason).not.toBe('')
          expect(() => structuredClone(records)).not.toThrow()
        }
      },
    ),
  )
}
