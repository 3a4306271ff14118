/** Where raters rank, strengths may be those of whole rankings; otherwise the page says why they are not. */
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { findingOf } from '#app/measure/finding.ts'
import { measureStandings } from '#app/measure/measure.server.ts'
import { chosenIn, measureOptionsSchema } from '#app/measure/method.ts'
import { standings } from '#app/measure/standings.ts'
import { storedSayIn } from '#app/measure/stored-words.ts'
import { addPairVote, emptyTally, pairsOfRanking, type RankingVote } from '#app/measure/tally.ts'
import { choicesIn, optionsOf } from '#app/measure/view-choices.ts'
import { cell } from '#app/stats/matrix.ts'
import { plackettLuce } from '#app/stats/plackett-luce.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const names = ['A', 'B', 'C', 'D']

/** Rankings drawn from worths, place by place: so many raters on each of so many prompts. */
function drawn(worths: readonly number[], prompts: number, raters = 2, seed = 2): RankingVote[] {
  const random = seededRandom(seed)
  return Array.from({ length: prompts * raters }, (_, at) => {
    const left = [...worths.keys()]
    const groups: string[][] = []
    while (left.length > 0) {
      const sum = left.reduce((total, item) => total + (worths[item] ?? 0), 0)
      let mark = random() * sum
      const place = left.findIndex((item) => {
        mark -= worths[item] ?? 0
        return mark < 0
      })
      const [item = 0] = left.splice(Math.max(0, place), 1)
      groups.push([names[item] ?? ''])
    }
    return { criterionId: 'c', promptId: `p${Math.floor(at / raters)}`, groups }
  })
}

/** The standings of some rankings, as they would be counted. */
function measured(votes: readonly RankingVote[], options: object = { strengths: 'rankings' }) {
  const tally = { ...emptyTally(), raterVotes: [] }
  for (const [at, { criterionId, promptId, groups }] of votes.entries()) {
    const models = groups.flat()
    const ranking = groups.map((group) => group.map((model) => models.indexOf(model)))
    for (const { a, b, winner } of pairsOfRanking(ranking)) {
      const sides = { modelA: models[a] ?? '', modelB: models[b] ?? '' }
      addPairVote(tally, {
        criterionId,
        promptId,
        unit: 'u',
        ...sides,
        winner,
        raterId: `w${at % 2}`,
      })
    }
  }
  return standings({
    pairs: [...tally.pairs.values()],
    scores: [],
    raterVotes: tally.raterVotes,
    rankings: votes,
    criterionNames: new Map(),
    models: names.map((id, color) => ({ id, label: id, color })),
    options: measureOptionsSchema.parse(options),
    counts: { prompts: 60, raters: 2, judgments: votes.length },
  })
}

const strengthsOf = (result: ReturnType<typeof measured>) =>
  Object.fromEntries(result.models.map(({ model, strength }) => [model, strength ?? Number.NaN]))

describe('Strengths from whole rankings', () => {
  it('are those of the Plackett–Luce model, with intervals by prompt, and named so', () => {
    const votes = drawn([4, 2, 1, 0.5], 60)
    const result = measured(votes)
    expect(result.method.strength).toMatch(/^Plackett–Luce/)
    const fit = plackettLuce(
      4,
      votes.map(({ groups, promptId }) => ({
        order: groups.flat().map((model) => names.indexOf(model)),
        cluster: Number(promptId.slice(1)),
      })),
    )
    for (const [place, name] of names.entries()) {
      expect(strengthsOf(result)[name]).toBeCloseTo(fit.strengths[place] ?? 0, 9)
    }
    for (const row of result.models) {
      expect(row.strength_low).toBeLessThan(row.strength ?? 0)
      expect(row.strength_high).toBeGreaterThan(row.strength ?? 0)
      expect(row.rank_low).not.toBeNull()
    }
    const sum = Object.values(strengthsOf(result)).reduce((total, one) => total + one, 0)
    expect(sum).toBeCloseTo(0, 9)
  })

  it('come near the worths that were planted', () => {
    const worths = [6, 3, 1.5, 0.5]
    const mean = worths.reduce((sum, worth) => sum + Math.log(worth), 0) / 4
    const found = strengthsOf(measured(drawn(worths, 1_500)))
    for (const [place, worth] of worths.entries()) {
      expect(Math.abs((found[names[place] ?? ''] ?? 0) - (Math.log(worth) - mean))).toBeLessThan(
        0.1,
      )
    }
  })

  it('change neither win rates nor head-to-head, and nothing where nobody asked', () => {
    const votes = drawn([4, 2, 1, 0.5], 40)
    const ranked = measured(votes)
    const pairs = measured(votes, {})
    expect(ranked.pairs).toEqual(pairs.pairs)
    expect(ranked.models.map(({ win_rate }) => win_rate)).toEqual(
      pairs.models.map(({ win_rate }) => win_rate),
    )
    expect(pairs.method.strength).toMatch(/^Bradley–Terry/)
    expect(pairs.method.warnings).toEqual([])
  })

  it.each([
    [
      'ties that are to be left out',
      [{ criterionId: 'c', promptId: 'p0', groups: [['A', 'B'], ['C']] }],
      { ties: 'drop' },
      '1 of 81 rankings have ties',
    ],
    [
      'two responses of one model',
      [{ criterionId: 'c', promptId: 'p0', groups: [['A'], ['B'], ['A']] }],
      {},
      'two responses',
    ],
    ['ratings at equal length', [], { control: 'length' }, 'without length'],
    ['intervals by rater as well', [], { interval: 'both' }, 'intervals by rater'],
  ])('are not taken with %s, and the reason is said in both languages', (_, more, options, why) => {
    const votes = [...drawn([4, 2, 1, 0.5], 40), ...more]
    const result = measured(votes, { strengths: 'rankings', ...options })
    const warning = result.method.warnings.find((one) => one.includes('those of the pairs')) ?? ''
    expect(warning).toContain(why)
    expect(result.method.strength).not.toContain('Plackett')
    expect(storedSayIn('pt')(warning)).toContain('as forças são as dos pares')
  })

  it('take rankings with ties whole, and say so in both languages', () => {
    // Who is near enough to the one before ties with it.
    const random = seededRandom(5)
    const votes = drawn([6, 3, 1.5, 0.5], 60).map(({ groups, ...vote }): RankingVote => {
      const tied: string[][] = []
      for (const group of groups) {
        const last = tied.at(-1)
        if (last && random() < 0.3) last.push(...group)
        else tied.push([...group])
      }
      return { ...vote, groups: tied }
    })
    const result = measured(votes)
    const fit = plackettLuce(
      4,
      votes.map(({ groups, promptId }) => ({
        order: groups.map((group) => group.map((model) => names.indexOf(model))),
        cluster: Number(promptId.slice(1)),
      })),
    )
    expect(fit.tieParameters.map(({ items }) => items)).toContain(2)
    const t = studentTQuantile(0.975, 59)
    for (const [place, name] of names.entries()) {
      const row = must(
        result.models.find(({ model }) => model === name),
        name,
      )
      const strength = must(fit.strengths[place], 'a strength')
      const error = Math.sqrt(cell(must(fit.covariance, 'a covariance'), place, place))
      expect(row.strength).toBeCloseTo(strength, 9)
      expect(row.strength_low).toBeCloseTo(strength - t * error, 9)
    }
    expect(result.method.warnings).toEqual([])
    expect(result.method.strength).toMatch(/^Plackett–Luce with a tie parameter/)
    expect(storedSayIn('pt')(result.method.strength)).toMatch(/^Plackett–Luce com um parâmetro/)
    // Ties apart or as half a win speak of pairs alone.
    expect(strengthsOf(measured(votes, { strengths: 'rankings', ties: 'own' }))).toEqual(
      strengthsOf(result),
    )
  })

  it('stay those of the pairs where ties leave whole rankings without finite ones', () => {
    const votes = Array.from({ length: 30 }, (_, at) => ({
      criterionId: 'c',
      promptId: `p${at}`,
      groups: [['A', 'B', 'C', 'D']],
    }))
    const result = measured(votes)
    const why = must(result.method.warnings[0], 'a warning')
    expect(why).toContain('no finite strengths')
    expect(storedSayIn('pt')(why)).toContain('as forças são as dos pares')
    expect(result.method.strength).toMatch(/^Bradley–Terry/)
    for (const strength of Object.values(strengthsOf(result))) expect(strength).toBeCloseTo(0, 9)
  })

  it('are not there where nobody ranks', () => {
    const result = measured([])
    expect(findingOf(result).headline).toBe('Nothing has been compared yet.')
  })
})

describe('The address of such a view', () => {
  it('says rankings, and pairs are what is usual', () => {
    const of = (query: string) => optionsOf(choicesIn(new URLSearchParams(query)))
    expect(chosenIn(of('strengths=rankings'))).toBe('{"strengths":"rankings"}')
    expect(chosenIn(of('strengths=luck'))).toBe('')
    expect(chosenIn(of('strengths=pairs'))).toBe('')
  })
})

describeEachDialect('Strengths of a ranking campaign', (open) => {
  it('are fitted from the rankings that raters gave', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    const votes = drawn([4, 2, 1, 0.5], 30)
    const lines = Array.from({ length: 30 }, (_, place) => ({
      id: `p${place}`,
      prompt: `Question ${place}?`,
      responses: names.map((model) => ({ model, content: `${model} says ${place}` })),
    }))
    const ranked = votes.map(({ promptId, groups }, at) => ({
      prompt_id: promptId,
      ranking: groups,
      rater: `w${at % 2}`,
      campaign: 'order',
    }))
    await importFiles(test, project.id, {
      'a.jsonl': [...lines, ...ranked].map((line) => JSON.stringify(line)).join('\n'),
    })
    const campaign = await db.read
      .selectFrom('campaign')
      .select(['id', 'kind'])
      .executeTakeFirstOrThrow()
    expect(campaign.kind).toBe('ranking')
    const asked = { projectId: project.id, campaignId: campaign.id }
    const options = measureOptionsSchema.parse({ strengths: 'rankings' })
    const { standings: found } = await measureStandings(db.read, { ...asked, options })
    expect(found.method.strength).toMatch(/^Plackett–Luce/)
    expect(found.method.warnings).toEqual([])
    expect(strengthsOf(found)).toEqual(
      Object.fromEntries(
        Object.entries(strengthsOf(measured(votes))).map(([name, strength]) => [
          name,
          expect.closeTo(strength, 8),
        ]),
      ),
    )
    const { standings: plain } = await measureStandings(db.read, asked)
    expect(plain.method.strength).toMatch(/^Bradley–Terry/)
  })
})
