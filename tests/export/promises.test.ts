/** What holds of every dataset, whatever was judged. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rowCountOf } from '#app/export/manifest.ts'
import { entriesFrom } from '#app/export/snapshot-rows.server.ts'
import { describeEachDialect, openTestDatabase } from '#tests/support/database.ts'
import { exportedFolder, judgedProject } from '#tests/support/exporting.ts'

const anyWinner = fc.constantFrom('a', 'b', 'tie', 'both_bad', 'cant_judge')
const anyPrompt = fc.record({
  text: fc.integer({ min: 0, max: 12 }),
  answers: fc.tuple(fc.constantFrom('One', 'Two', 'Three'), fc.constantFrom('One', 'Two', 'Three')),
  talk: fc.integer({ min: 0, max: 5 }),
  votes: fc.array(fc.record({ winner: anyWinner, rater: fc.integer({ min: 0, max: 4 }) }), {
    maxLength: 5,
  }),
})
type AnyPrompt = typeof anyPrompt extends fc.Arbitrary<infer Value> ? Value : never

/** Lines of a log: the same prompts and verdicts, whatever their order. */
const linesOf = (prompts: readonly AnyPrompt[]) => {
  const asked = prompts.map(({ text, answers, talk }, place) => ({
    id: `p${place}`,
    input_key: `key ${place}`,
    prompt: `Question ${text}?`,
    metadata: { conversation_id: talk },
    responses: answers.map((content, at) => ({ model: at === 0 ? 'x' : 'y', content })),
  }))
  const given = prompts.flatMap(({ votes }, place) => {
    const once = new Map(votes.map((vote) => [vote.rater, vote]))
    return [...once.values()].map(({ winner, rater }) => ({
      prompt_id: `p${place}`,
      model_a: 'x',
      model_b: 'y',
      winner,
      rater: `w${rater}`,
      campaign: 'pairs',
      shown_first: rater % 2 === 0 ? 'a' : 'b',
    }))
  })
  return { asked, given }
}

const policies = fc.record({
  minimumRaters: fc.integer({ min: 1, max: 3 }),
  aggregation: fc.constantFrom('majority', 'posterior', 'adjudicated', 'every rater'),
  minimumPosterior: fc.constantFrom(0, 0.6),
  ties: fc.constantFrom('drop', 'own file'),
  bothBad: fc.constantFrom('drop', 'own file', 'labels'),
  duplicates: fc.constantFrom('keep', 'exact', 'near'),
  contradictions: fc.constantFrom('keep', 'drop'),
  pairsPerPrompt: fc.constantFrom('all', 'one'),
  balanceSides: fc.boolean(),
  splits: fc.record({
    validation: fc.constantFrom(0, 0.2),
    test: fc.constantFrom(0, 0.3),
    deal: fc.constantFrom('hash', 'stratified'),
  }),
})

const majorityOf = (votes: AnyPrompt['votes']): string | undefined => {
  const able = [...new Map(votes.map((vote) => [vote.rater, vote.winner])).values()].filter(
    (winner) => winner !== 'cant_judge',
  )
  return ['a', 'b'].find((side) => able.filter((one) => one === side).length * 2 > able.length)
}

describeEachDialect('Every dataset', (open) => {
  it('keeps its promises: pairs differ, none is a tie, no prompt is in two splits, counts add up', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPrompt, { minLength: 1, maxLength: 12 }),
        policies,
        async (prompts, policy) => {
          const { asked, given } = linesOf(prompts)
          if (given.length === 0) return
          const test = await open()
          const scope = await judgedProject(test, [...asked, ...given])
          const {
            folder,
            manifest,
            linesOf: rowsOf,
          } = await exportedFolder(test, scope, {
            target: 'trl-preference',
            policy,
          })
          const dropped = Object.values(manifest.dropped).reduce((sum, count) => sum + count, 0)
          expect(manifest.considered - dropped).toBe(rowCountOf(manifest))
          const splitOf = new Map<string, string>()
          for (const { config, split, path: file } of manifest.files) {
            for (const row of rowsOf(file)) {
              const place = Number(String(row.prompt_id).slice(1))
              const source = prompts[place]
              for (const key of [`text ${source?.text}`, `talk ${source?.talk}`]) {
                expect(splitOf.get(key) ?? split).toBe(split)
                splitOf.set(key, split)
              }
              expect(await entriesFrom(folder, String(row.id))).toHaveLength(1)
              if (config === 'ties') {
                expect(['tie', 'both_bad']).toContain(row.verdict)
                continue
              }
              expect(row.chosen).not.toEqual(row.rejected)
              if (policy.aggregation !== 'majority') continue
              const side = majorityOf(source?.votes ?? [])
              const said = side === 'a' ? source?.answers[0] : source?.answers[1]
              expect(row.chosen).toEqual([{ role: 'assistant', content: said }])
              expect(row.chosen_model).toBe(side === 'a' ? 'x' : 'y')
            }
          }
          await test.remove()
        },
      ),
      { numRuns: 25 },
    )
  }, 240_000)

  it('is the same, byte for byte, in whatever order its judgments came', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyPrompt, { minLength: 1, maxLength: 10 }),
        policies,
        fc.infiniteStream(fc.nat()),
        async (prompts, policy, luck) => {
          const { asked, given } = linesOf(prompts)
          if (given.length === 0) return
          const shuffled = <Line>(lines: readonly Line[]) =>
            lines
              .map((line) => ({ line, at: luck.next().value ?? 0 }))
              .sort((one, other) => one.at - other.at)
              .map(({ line }) => line)
          const [one, other] = [await open(), await openTestDatabase('sqlite')]
          const first = await judgedProject(one, [...asked, ...given])
          const second = await judgedProject(other, [...shuffled(asked), ...shuffled(given)])
          const wanted = { target: 'trl-preference' as const, policy }
          const before = await exportedFolder(one, first, wanted)
          const after = await exportedFolder(other, second, wanted)
          expect(after.manifest).toEqual(before.manifest)
          for (const { path: file } of before.manifest.files) {
            const bytes = [before.folder, after.folder].map((folder) =>
              readFileSync(path.join(folder, file), 'utf8'),
            )
            expect(bytes[1]).toBe(bytes[0])
          }
          await one.remove()
          await other.remove()
        },
      ),
      { numRuns: 12 },
    )
  }, 240_000)

  it('is the same in any time zone', async () => {
    const zone = process.env.TZ
    const prompts = [
      { text: 1, answers: ['One', 'Two'], talk: 0, votes: [{ winner: 'a', rater: 1 }] },
    ]
    const { asked, given } = linesOf(prompts as unknown as AnyPrompt[])
    const dated = given.map((line) => ({ ...line, created_at: '2026-03-29T01:30:00Z' }))
    const hashes: string[] = []
    for (const TZ of ['UTC', 'Pacific/Kiritimati', 'America/Sao_Paulo']) {
      process.env.TZ = TZ
      const test = await open()
      const scope = await judgedProject(test, [...asked, ...dated])
      const { manifest } = await exportedFolder(test, scope, {
        target: 'trl-preference',
        policy: { judgedFrom: '2026-03-29', judgedBefore: '2026-03-30' },
      })
      expect(rowCountOf(manifest)).toBe(1)
      hashes.push(manifest.sha256)
      await test.remove()
    }
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
    expect(new Set(hashes).size).toBe(1)
  })
})
