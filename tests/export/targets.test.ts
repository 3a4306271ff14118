import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import type { CanonicalRow, Completion, Recipe } from '#app/export/canonical-row.ts'
import { checksOf, rowChecks } from '#app/export/row-checks.ts'
import { rowTargets } from '#app/export/targets/all.ts'
import type { Target } from '#app/export/targets/target.ts'
import type { Message } from '#app/import/message.ts'
import { targetFormats } from '#tests/support/target-formats.ts'

const said = (role: string, content: string): Message => ({ role, content })
const completion = (id: string, ...messages: Message[]): Completion => ({ id, model: id, messages })
const origin = {
  id: 'row-1',
  promptId: 'prompt-1',
  campaign: 'Pairs',
  tags: ['maths'],
  raters: 3,
  raterNames: ['w1'],
  agreement: 2 / 3,
  posterior: null,
}

/** A row of each recipe about a prompt and two answers. */
function rowOf(recipe: Recipe, prompt: Message[], good: Message[], bad: Message[]): CanonicalRow {
  const [better, worse] = [completion('a', ...good), completion('b', ...bad)]
  const asked = { origin, prompt }
  const rows: Record<Recipe, CanonicalRow> = {
    preference: { recipe: 'preference', ...asked, chosen: better, rejected: worse, margin: 0.5 },
    unpaired: { recipe: 'unpaired', ...asked, completion: better, isGood: true },
    demonstration: {
      recipe: 'demonstration',
      ...asked,
      completion: better,
      isIdeal: false,
      score: 0.8,
    },
    ranking: {
      recipe: 'ranking',
      ...asked,
      ranked: [
        { completion: better, rank: 1, score: 1 },
        { completion: worse, rank: 2, score: 0 },
      ],
    },
    scores: {
      recipe: 'scores',
      ...asked,
      completion: better,
      scores: { helpfulness: { mean: 3.5, byRater: [3, 4] } },
    },
    prompt: { recipe: 'prompt', ...asked, reference: '4' },
  }
  return rows[recipe]
}

const targets = Object.entries(rowTargets) as [string, Target][]
const formatOf = (name: string) => must(targetFormats[name], `the format of ${name}`)
const print = (target: Target, row: CanonicalRow) => target.print(row as never)

describe('Each target', () => {
  it.each(targets)('prints what its trainer documents: %s', (name, target) => {
    const row = rowOf(
      target.recipe,
      [said('user', 'What is 2 + 2?')],
      [said('assistant', 'Four.')],
      [said('assistant', 'Five.')],
    )
    expect(checksOf(row, target.demands)).toEqual([])
    expect(formatOf(name).safeParse(print(target, row)).error?.issues).toBeUndefined()
  })

  /** Any conversation, good or not: what the checks let pass must be what the trainer takes. */
  const anyMessage = fc.record({
    role: fc.constantFrom('system', 'user', 'user', 'assistant', 'assistant', 'tool'),
    content: fc.constantFrom('', ' ', 'Yes.', 'No.', 'Perhaps', '\u2028', '{{x}}'),
  })
  /** Often one of some good conversations, otherwise whatever comes. */
  const anyOf = (...good: Message[][]) =>
    fc.oneof(
      { weight: 2, arbitrary: fc.constantFrom(...good) },
      { weight: 3, arbitrary: fc.array(anyMessage, { minLength: 1, maxLength: 3 }) },
    )
  it.each(targets)('takes no row that its trainer would refuse: %s', (name, target) => {
    let taken = 0
    fc.assert(
      fc.property(
        anyOf(
          [said('user', 'Q?')],
          [said('user', 'Q'), said('assistant', 'A'), said('user', 'Q?')],
        ),
        anyOf([said('assistant', 'Four.')]),
        anyOf([said('assistant', 'Five.')]),
        (prompt, good, bad) => {
          const row = rowOf(target.recipe, prompt, good, bad)
          const isBlocked = checksOf(row, target.demands).some((check) => rowChecks[check].blocks)
          if (isBlocked) return
          taken += 1
          expect(formatOf(name).safeParse(print(target, row)).error?.issues).toBeUndefined()
        },
      ),
      { numRuns: 2_000 },
    )
    expect(taken).toBeGreaterThan(50)
  })

  it.each(targets)('says of a row with tools what it does with them: %s', (name, target) => {
    const call = {
      ...said('assistant', ''),
      tool_calls: [{ type: 'function', function: { name: 'f', arguments: {} } }],
    }
    const row = rowOf(target.recipe, [said('user', 'Q')], [call], [said('assistant', 'No.')])
    const minds = checksOf(row, target.demands).includes('tool-calls')
    expect(minds).toBe(!target.demands.toolCalls && target.recipe !== 'prompt')
    if (!minds) expect(formatOf(name).safeParse(print(target, row)).success).toBe(true)
  })
})

describe('The formats themselves', () => {
  it('refuse planted faults', () => {
    const fine = {
      prompt: [said('user', 'Q')],
      chosen: [said('assistant', 'A')],
      rejected: [said('assistant', 'B')],
    }
    const isTaken = (change: object, name = 'trl-preference') =>
      formatOf(name).safeParse({ ...fine, ...change }).success
    expect(isTaken({})).toBe(true)
    expect(isTaken({ rejected: fine.chosen })).toBe(false)
    expect(isTaken({ chosen: [] })).toBe(false)
    expect(isTaken({ chosen: [said('assistant', ' ')] })).toBe(false)
    expect(isTaken({ prompt: 'Q' })).toBe(false)
    expect(isTaken({ prompt: [said('user', 'Q'), said('assistant', 'A')] })).toBe(false)
    expect(isTaken({ margin: null })).toBe(false)
    expect(isTaken({ completion: fine.chosen, label: 'true' }, 'trl-kto')).toBe(false)
  })
})
