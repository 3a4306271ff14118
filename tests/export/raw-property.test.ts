import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { exportedFolder, jsonLines } from '#tests/support/exporting.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

let test: TestDatabase
beforeAll(async () => {
  test = await openTestDatabase('sqlite')
})
afterAll(() => test.remove())

const prompts = ['p0', 'p1']
const responses = ['x', 'y', 'z']
const idOf = (prompt: string, response: string) => `${prompt}-${response}`

const texts = prompts.map((id) => ({
  id,
  prompt: `About ${id}?`,
  responses: responses.map((model) => ({
    id: idOf(id, model),
    model,
    content: `${model} of ${id}`,
  })),
}))

const words = fc.string({ maxLength: 6, unit: 'grapheme' })
const maybe = { requiredKeys: [] }

const about = fc
  .record({
    prompt_id: fc.constantFrom(...prompts),
    rater: fc.constantFrom('ann', 'Ben', 'chloé'),
    source: fc.constantFrom('human', 'judge', 'adjudicator'),
    purpose: fc.constantFrom('work', 'gold', 'repeat'),
  })
  .chain((known) =>
    fc
      .record(
        {
          revision: fc.integer({ min: 1, max: 4 }),
          replaces: fc.boolean(),
          created_at: fc.integer({ min: 0, max: 4_000_000_000_000 }),
          comment: words,
          reasons: fc.array(words, { maxLength: 2 }),
          active_ms: fc.nat(),
          is_extra: fc.boolean(),
          withdrawn: words,
          guidelines_version: fc.integer({ min: 1, max: 3 }),
        },
        maybe,
      )
      .map((more) => ({ ...known, ...more })),
  )

const order = fc.shuffledSubarray(responses, { minLength: 3 })
const pair = fc.shuffledSubarray(responses, { minLength: 2, maxLength: 2 })
const span = (prompt: string) => ({
  response_id: idOf(prompt, 'x'),
  start: 1,
  end: 3,
  label: 'here',
})

const verdict = fc
  .tuple(about, pair, fc.constantFrom('a', 'b', 'tie', 'both_bad', 'cant_judge'), fc.boolean())
  .map(([line, [a, b], winner, isFirst]) => ({
    ...line,
    model_a: a,
    model_b: b,
    winner,
    shown_first: isFirst ? 'a' : 'b',
    campaign: 'pairs',
  }))

const beside = fc
  .tuple(about, fc.shuffledSubarray(responses, { minLength: 1 }), fc.nat({ max: 5 }), words)
  .map(([line, some, kind, text]) => ({
    ...line,
    responses: some.map((one) => idOf(line.prompt_id, one)),
    criterion: `question ${kind}`,
    campaign: 'pairs',
    ...answerOf(kind, { text, prompt: line.prompt_id, only: some[0] ?? '' }),
  }))

function answerOf(
  kind: number,
  { text, prompt, only }: { text: string; prompt: string; only: string },
): Record<string, unknown> {
  if (kind === 0) return { choice: text }
  if (kind === 1) return { choices: [text, 'more'] }
  if (kind === 2) return { text }
  if (kind === 3) return { ideal: text }
  if (kind === 4) return { score: text.length, response: idOf(prompt, only) }
  return { spans: [{ ...span(prompt), response_id: idOf(prompt, only) }] }
}

const ranking = fc
  .tuple(about, order, order, fc.nat({ max: 2 }))
  .map(([line, shown, ranked, left]) => {
    const named = (one: string) => ({ response: idOf(line.prompt_id, one) })
    const [best, ...others] = ranked.slice(left)
    return {
      ...line,
      responses: responses.map((one) => idOf(line.prompt_id, one)),
      ranking: [best ? [named(best)] : [], others.map(named)].filter((tied) => tied.length > 0),
      shown_order: shown.map((one) => idOf(line.prompt_id, one)),
      campaign: 'ranks',
    }
  })

const score = fc
  .tuple(
    about,
    fc.constantFrom(...responses),
    fc.constantFrom('form', 'facts'),
    fc.nat({ max: 40 }),
  )
  .map(([line, model, criterion, points]) => ({
    ...line,
    model,
    criterion,
    score: points / 4,
    campaign: 'scores',
  }))

const skip = fc
  .tuple(about, pair, words)
  .map(([{ prompt_id, rater, purpose }, [a, b], skipped]) => ({
    prompt_id,
    rater,
    purpose,
    model_a: a,
    model_b: b,
    skipped,
    campaign: 'pairs',
  }))

const task = fc
  .tuple(about, pair, fc.double({ min: 1e-9, max: 1, noNaN: true }), fc.boolean())
  .map(([{ prompt_id, purpose }, some, selection_probability, isDecided]) => ({
    task: purpose,
    prompt_id,
    responses: some.map((one) => idOf(prompt_id, one)),
    campaign: 'pairs',
    selection_probability,
    ...(isDecided ? { decided: 'tie', needed: 2 } : {}),
  }))

async function rawOf(projectId: string) {
  const campaigns = await test.db.read
    .selectFrom('campaign')
    .select('id')
    .where('project_id', '=', projectId)
    .execute()
  const scope = { projectId, campaignIds: campaigns.map(({ id }) => id) }
  return exportedFolder(test, scope, { target: 'raw' })
}

const lines = fc.array(fc.oneof(verdict, beside, ranking, score, skip, task), {
  minLength: 1,
  maxLength: 40,
})

it('Whatever was judged, raw judgments imported elsewhere are the same raw judgments', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (recorded) => {
      const from = await makeProject(test.db)
      // What an import refuses is not there, and need not come back.
      const given = jsonLines(...texts, ...recorded)
      await importFiles(test, from.id, { 'all.jsonl': given }, { format: 'rubrica' })
      const { folder, files, manifest } = await rawOf(from.id)
      const to = await makeProject(test.db)
      const taken = files.filter((name) => /^\w+\.jsonl$/.test(name))
      const { refusals } = await importFiles(
        test,
        to.id,
        Object.fromEntries(taken.map((name) => [name, readFileSync(path.join(folder, name))])),
      )
      expect(refusals).toEqual([])
      expect((await rawOf(to.id)).manifest.sha256).toBe(manifest.sha256)
    }),
    { numRuns: 60 },
  )
}, 120_000)
