import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { agreement } from '#app/measure/agreement.ts'
import { agreementDetails } from '#app/measure/agreement-details.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import { defaultOptions } from '#app/measure/method.ts'
import { storedSayIn } from '#app/measure/stored-words.ts'
import { emptyTally, type Unit } from '#app/measure/tally.ts'
import { krippendorffAlphaPairBootstrap } from '#app/stats/krippendorff-alpha-pair-bootstrap.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const options = { seed: 1, confidence: 0.95 }
const none = { tagsOf: new Map<string, string[]>(), raterNames: new Map<string, string>(), options }

const unit = (place: number, ...said: [string, string | number][]): Unit => ({
  criterionId: 'c',
  promptId: `p${String(place).padStart(3, '0')}`,
  values: said.map(([, value]) => value),
  raters: said.map(([rater]) => rater),
})

const nominal = { ...none, level: 'nominal' as const, answers: ['a', 'tie', 'b', 'both_bad'] }

describe('Agreement in detail', () => {
  it('counts what one rater says where another says something else, each unit the same', () => {
    const found = agreementDetails(
      [
        unit(1, ['ann', 'a'], ['bob', 'a']),
        unit(2, ['ann', 'a'], ['bob', 'b'], ['cy', 'b']),
        unit(3, ['ann', 'tie']),
      ],
      nominal,
    )
    expect(found.answers).toEqual(['a', 'tie', 'b', 'both_bad'])
    expect(found.distribution).toEqual([3, 1, 2, 0])
    expect(found.coincidences).toEqual([
      [2, 0, 1, 0],
      [0, 0, 0, 0],
      [1, 0, 1, 0],
      [0, 0, 0, 0],
    ])
    const same = must(found.companions[0], 'percent agreement')
    expect(same.value).toBeCloseTo((1 + 1 / 3) / 2, 12)
  })

  it('shows why alpha alone misleads where one answer is frequent', () => {
    const random = seededRandom(3)
    const units = Array.from({ length: 200 }, (_, place) =>
      unit(place, ['ann', random() < 0.96 ? 'a' : 'b'], ['bob', random() < 0.96 ? 'a' : 'b']),
    )
    const { companions } = agreementDetails(units, { ...nominal, answers: ['a', 'b'] })
    const of = (name: string) =>
      must(
        companions.find((one) => one.name.startsWith(name)),
        name,
      )
    expect(of('Fleiss').value).toBeLessThan(0.2)
    expect(of('Gwet’s AC1').value).toBeGreaterThan(0.85)
    expect(of('Gwet’s AC1').low).toBeGreaterThan(0.8)
    expect(of('Same answer').low).toBeGreaterThan(0.85)
  })

  it('compares raters two by two, whoever came first in a unit', () => {
    const units = Array.from({ length: 24 }, (_, place) => {
      const said: [string, string][] = [
        ['ann', place % 2 ? 'a' : 'b'],
        ['bob', place % 2 ? 'a' : 'b'],
        ['cy', place % 3 ? 'a' : 'b'],
      ]
      return unit(place, ...(place % 4 ? said : said.reverse()))
    })
    const { pairs } = agreementDetails(units, {
      ...nominal,
      answers: ['a', 'b'],
      raterNames: new Map([['ann', 'rater-01']]),
    })
    expect(pairs.map(({ one, other, units: shared }) => [one, other, shared])).toEqual([
      ['bob', 'cy', 24],
      ['rater-01', 'bob', 24],
      ['rater-01', 'cy', 24],
    ])
    const same = must(
      pairs.find(({ one, other }) => one === 'rater-01' && other === 'bob'),
      'it',
    )
    expect(same).toMatchObject({ percent: 1, kappa: 1 })
    expect(agreementDetails(units.slice(0, 9), nominal).pairs).toEqual([])
  })

  it('finds the tags on which raters part, and leaves out those of few prompts', () => {
    const tagsOf = new Map(
      Array.from({ length: 40 }, (_, place) => [
        `p${String(place).padStart(3, '0')}`,
        [place < 20 ? 'clear' : 'muddy', ...(place < 5 ? ['rare'] : [])],
      ]),
    )
    const random = seededRandom(8)
    const units = Array.from({ length: 40 }, (_, place) => {
      const truth = place % 2 ? 'a' : 'b'
      const other = place < 20 ? truth : random() < 0.5 ? 'a' : 'b'
      return unit(place, ['ann', truth], ['bob', other])
    })
    const { tags } = agreementDetails(units, { ...nominal, tagsOf })
    expect(tags.map(({ tag }) => tag)).toEqual(['muddy', 'clear'])
    expect(tags[1]).toMatchObject({ alpha: 1, prompts: 20, units: 20 })
  })

  it('gives the reliability of scores only where everybody scored everything', () => {
    const scores = [9, 6, 8, 7, 10, 6].map((score, place) =>
      unit(place, ['ann', score], ['bob', score - (place % 2)]),
    )
    const ordinal = { ...none, level: 'ordinal' as const, answers: [5, 6, 7, 8, 9, 10] }
    const of = (units: Unit[], name: string) =>
      must(
        agreementDetails(units, ordinal).companions.find((one) => one.name === name),
        name,
      )
    expect(of(scores, 'ICC(2,1)').value).toBeGreaterThan(0.8)
    expect(of(scores, 'ICC(2,k)').value).toBeGreaterThan(0.9)
    const withGap = [...scores, unit(9, ['ann', 5], ['cy', 5])]
    expect(of(withGap, 'ICC(2,1)')).toMatchObject({
      value: null,
      reason: 'not every rater scored every unit',
    })
    expect(of(scores, 'Gwet’s AC2, quadratic').value).toBeGreaterThan(0.7)
  })

  it('says nothing where nobody judged twice', () => {
    const found = agreementDetails([unit(1, ['ann', 'a'])], nominal)
    expect(found.companions.every(({ value }) => value === null)).toBe(true)
    expect(found).toMatchObject({ tags: [], pairs: [] })
  })
})

describe('Agreement by single judgments', () => {
  it('is a comparison, named so in both languages, and changes the interval of alpha alone', () => {
    const random = seededRandom(4)
    const tally = emptyTally()
    for (let place = 0; place < 40; place++) {
      const isHard = place % 2 === 0
      const own = random() < 0.5 ? 'a' : 'b'
      const said = ['ann', 'bob', 'cy', 'dee'].map((rater): [string, string] => [
        rater,
        isHard && random() < 0.5 ? 'a' : own,
      ])
      tally.units.set(`u${place}`, unit(place, ...said))
    }
    const question = { id: 'c', name: 'Better?', level: 'nominal' as const, answers: ['a', 'b'] }
    const by = (interval: 'prompt' | 'judgment') => {
      const found = agreement(tally, [question], { ...defaultOptions, interval }, none)
      return { ...found, row: must(found.criteria[0], 'the question') }
    }
    const [usual, single] = [by('prompt'), by('judgment')]
    const { alpha_low, alpha_high, reason, ...rest } = single.row
    expect(usual.row).toMatchObject(rest)
    const narrow = must(alpha_high, 'one') - must(alpha_low, 'one')
    expect(narrow).toBeLessThan(
      must(usual.row.alpha_high, 'one') - must(usual.row.alpha_low, 'one'),
    )
    expect(usual.row.reason).toBeUndefined()
    for (const said of [must(reason, 'a reason'), single.method.interval]) {
      expect(said).toContain('comparison')
      expect(storedSayIn('pt')(said)).toContain('comparação')
    }
    const values = [...tally.units.values()].map((one) => one.values)
    expect(krippendorffAlphaPairBootstrap(values, 'nominal')).toMatchObject({
      low: alpha_low,
      high: alpha_high,
    })
  })
})

describeEachDialect('Agreement of a campaign', (makeDatabase) => {
  it('names raters by pseudonym, and knows the prompts’ tags', async () => {
    const test = await makeDatabase()
    const project = await makeProject(test.db)
    const lines = Array.from({ length: 14 }, (_, place) => [
      {
        id: `p${place}`,
        prompt: `Q${place}?`,
        tags: ['all'],
        responses: ['x', 'y'].map((model) => ({ model, content: `${model}${place}` })),
      },
      ...['ann', 'bob'].map((rater, turn) => ({
        prompt_id: `p${place}`,
        model_a: 'x',
        model_b: 'y',
        winner: place % (2 + turn) ? 'a' : 'both_bad',
        rater,
        campaign: 'c',
      })),
    ]).flat()
    const text = lines.map((line) => JSON.stringify(line)).join('\n')
    await importFiles(test, project.id, { 'a.jsonl': `${text}\n` })
    const { id: campaignId } = await test.db.read
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    const { agreement } = await measureCampaign(test.db.read, { projectId: project.id, campaignId })
    const { details } = must(agreement.criteria[0], 'the question')
    expect(details.pairs).toMatchObject([{ one: 'ann', other: 'bob', units: 14 }])
    expect(details.tags).toMatchObject([{ tag: 'all', prompts: 14 }])
    expect(details.distribution.reduce((sum, count) => sum + count, 0)).toBe(28)
  })
})
