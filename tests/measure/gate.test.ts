import { describe, expect, it } from 'vitest'
import { askGate, GateProblem } from '#app/measure/gate.server.ts'
import { type GateRule, judgeGate } from '#app/measure/gate.ts'
import { gateQuestionSchema } from '#app/measure/gate-question.ts'
import type { PairTally } from '#app/measure/tally.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const rule: GateRule = {
  minWinRate: 0.5,
  confidence: 0.95,
  isAnytime: false,
  ties: 'half',
  bothBad: 'half',
}

/** Verdicts of three raters on each prompt; a prompt has its own luck, which they share. */
function verdicts(prompts: number, winRate: number, seed = 1): PairTally[] {
  const random = seededRandom(seed)
  return Array.from({ length: prompts }, (_, place) => {
    const luck = Math.min(0.98, Math.max(0.02, winRate + 0.5 * (random() - 0.5)))
    const wins = [0, 1, 2].filter(() => random() < luck).length
    return {
      criterionId: 'c',
      promptId: String(place).padStart(5, '0'),
      modelA: 'X',
      modelB: 'Y',
      winsA: wins,
      winsB: 3 - wins,
      ties: 0,
      bothBad: 0,
      cantJudge: 0,
    }
  })
}

const of = (change: Partial<PairTally>[]): PairTally[] =>
  change.map((one, place) => ({
    criterionId: 'c',
    promptId: String(place).padStart(5, '0'),
    modelA: 'X',
    modelB: 'Y',
    winsA: 0,
    winsB: 0,
    ties: 0,
    bothBad: 0,
    cantJudge: 0,
    ...one,
  }))

describe('The gate', () => {
  it('passes what is surely better, fails what is surely worse, and otherwise wants more', () => {
    expect(judgeGate(verdicts(200, 0.65), rule).verdict).toBe('pass')
    expect(judgeGate(verdicts(200, 0.35), rule).verdict).toBe('fail')
    const open = judgeGate(verdicts(40, 0.53), rule)
    expect(open.verdict).toBe('not enough evidence')
    expect(open.more_prompts).toBeGreaterThan(20)
    expect(open.summary).toContain(`About ${open.more_prompts} more prompts would settle it`)
  })

  it('says in words what its numbers say', () => {
    const found = judgeGate(verdicts(200, 0.65), rule)
    const percent = (share: number | null) => `${((share ?? 0) * 100).toFixed(1)} %`
    expect(found.summary).toBe(
      `Pass. The candidate wins ${percent(found.win_rate)} (95 % interval ${percent(found.win_rate_low)} to ${percent(found.win_rate_high)}, 600 judgments on 200 prompts): at least 50.0 %.`,
    )
  })

  it('is never content with fewer than ten prompts, with one prompt, or with nothing', () => {
    const nine = judgeGate(of(Array.from({ length: 9 }, () => ({ winsA: 3 }))), rule)
    expect(nine).toMatchObject({ verdict: 'not enough evidence', more_prompts: 1, win_rate: 1 })
    const one = judgeGate(of([{ winsA: 300 }]), rule)
    expect(one).toMatchObject({ verdict: 'not enough evidence', win_rate_low: null })
    expect(one.summary).toContain('no interval yet')
    const none = judgeGate([], rule)
    expect(none).toMatchObject({ verdict: 'not enough evidence', win_rate: null, prompts: 0 })
    const onlyMissing = judgeGate(of([{ cantJudge: 4 }]), rule)
    expect(onlyMissing).toMatchObject({ cant_judge: 4, judgments: 0, win_rate: null })
  })

  it('does not take prompts that are all even for certainty', () => {
    const even = judgeGate(of(Array.from({ length: 24 }, () => ({ winsA: 1, winsB: 1 }))), rule)
    expect(even).toMatchObject({ verdict: 'not enough evidence', win_rate: 0.5 })
    expect(even.win_rate_low).toBeLessThan(0.35)
  })

  it('has an interval where every verdict is alike', () => {
    const all = judgeGate(of(Array.from({ length: 30 }, () => ({ winsA: 2 }))), rule)
    expect(all.verdict).toBe('pass')
    expect(all.win_rate_low).toBeGreaterThan(0.8)
    expect(all.win_rate_low).toBeLessThan(1)
  })

  it('counts ties and both bad as it is told', () => {
    const pairs = of(Array.from({ length: 30 }, () => ({ winsA: 1, ties: 3, bothBad: 2 })))
    expect(judgeGate(pairs, rule).win_rate).toBeCloseTo(3.5 / 6, 12)
    expect(judgeGate(pairs, { ...rule, ties: 'drop' }).win_rate).toBeCloseTo(2 / 3, 12)
    expect(judgeGate(pairs, { ...rule, ties: 'drop', bothBad: 'drop' }).win_rate).toBe(1)
  })

  it('may be asked again and again without being fooled, when told so', () => {
    const runs = 150
    let [fooled, fooledAnytime] = [0, 0]
    for (let run = 0; run < runs; run++) {
      const pairs = verdicts(300, 0.5, 1_000 + run)
      const looks = Array.from({ length: 28 }, (_, day) => pairs.slice(0, 20 + day * 10))
      const isFooled = (asked: GateRule) =>
        looks.some((seen) => judgeGate(seen, asked).verdict === 'pass')
      if (isFooled(rule)) fooled += 1
      if (isFooled({ ...rule, isAnytime: true })) fooledAnytime += 1
    }
    expect(fooled / runs).toBeGreaterThan(0.08)
    expect(fooledAnytime / runs).toBeLessThan(0.05)
  })
})

describe('What the gate is asked', () => {
  it('has defaults, and says which part is wrong', () => {
    const asked = gateQuestionSchema.parse({ candidate: 'x', baseline: 'y' })
    expect(asked).toMatchObject({
      minWinRate: 0.5,
      confidence: 0.95,
      sources: ['human'],
      isAnytime: false,
      ties: 'half',
    })
    const wrong = gateQuestionSchema.safeParse({ candidate: 'x', min_win_rate: '2', sources: 'me' })
    const fields = wrong.error?.issues.map(({ path }) => path.join('.'))
    expect(fields).toEqual(expect.arrayContaining(['baseline', 'min_win_rate', 'sources.0']))
  })
})

describeEachDialect('The gate of a project', (makeDatabase) => {
  const jsonl = (...lines: unknown[]) => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`
  const asked = { ...rule, sources: ['human' as const], candidate: 'x', baseline: 'y' }

  async function judged() {
    const test = await makeDatabase()
    const project = await makeProject(test.db)
    const prompts = Array.from({ length: 24 }, (_, place) => ({
      id: `p${place}`,
      prompt: `Q${place}?`,
      tags: place < 12 ? ['maths'] : ['prose'],
      responses: ['x', 'y', 'z'].map((model) => ({ model, content: `${model}${place}` })),
    }))
    const verdictsOf = (campaign: string, source = 'human') =>
      prompts.map(({ id }, place) => ({
        prompt_id: id,
        model_a: 'y',
        model_b: 'x',
        winner: place < 12 ? 'b' : 'a',
        rater: `w${place % 3}${source}`,
        campaign,
        source,
      }))
    const others = prompts.map(({ id }) => ({
      prompt_id: id,
      model_a: 'z',
      model_b: 'x',
      winner: 'a',
      rater: 'w9',
      campaign: 'one',
    }))
    await importFiles(test, project.id, {
      'a.jsonl': jsonl(...prompts, ...verdictsOf('one'), ...verdictsOf('two'), ...others),
      'b.jsonl': jsonl(...verdictsOf('one', 'judge').map((line) => ({ ...line, winner: 'tie' }))),
    })
    return { db: test.db, projectId: project.id }
  }

  it('reads the two models’ pairs alone, of every campaign, by tag and by source', async () => {
    const { db, projectId } = await judged()
    const all = await askGate(db.read, { projectId, ...asked })
    expect(all).toMatchObject({
      verdict: 'not enough evidence',
      wins: 24,
      losses: 24,
      prompts: 24,
      win_rate: 0.5,
      more_prompts: null,
      candidate: 'x',
      baseline: 'y',
    })
    expect(all.campaigns.sort()).toEqual(['one', 'two'])
    const maths = await askGate(db.read, { projectId, ...asked, tag: 'maths' })
    expect(maths).toMatchObject({ verdict: 'pass', wins: 24, losses: 0, prompts: 12 })
    const prose = await askGate(db.read, { projectId, ...asked, tag: 'prose' })
    expect(prose.verdict).toBe('fail')
    const judges = await askGate(db.read, { projectId, ...asked, sources: ['judge'] })
    expect(judges).toMatchObject({ ties: 24, wins: 0, win_rate: 0.5 })
  })

  it('says which model it does not know', async () => {
    const { db, projectId } = await judged()
    const ask = (change: object) => askGate(db.read, { projectId, ...asked, ...change })
    await expect(ask({ candidate: 'q' })).rejects.toThrow(
      'The project has no model "q"; it has "x", "y", "z".',
    )
    await expect(ask({ candidate: 'y' })).rejects.toThrow(GateProblem)
  })

  it('never takes a campaign or a tag that is not there for a lack of evidence', async () => {
    const { db, projectId } = await judged()
    const ask = (change: object) => askGate(db.read, { projectId, ...asked, ...change })
    expect((await ask({ campaign: 'two' })).campaigns).toEqual(['two'])
    await expect(ask({ campaign: 'tow' })).rejects.toThrow(
      'The project has no campaign "tow" that compares responses; it has ',
    )
    await expect(ask({ tag: 'math' })).rejects.toThrow(
      'No prompt of the project has the tag "math".',
    )
  })
})
