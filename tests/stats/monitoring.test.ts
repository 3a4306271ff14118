import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { bettingEvidence, bettingSequence } from '#app/stats/betting-sequence.ts'
import { meanConfidenceSequence } from '#app/stats/confidence-sequence.ts'
import { averageRun, cusum } from '#app/stats/cusum.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { afterMeeting, unknownSkill } from '#app/stats/trueskill.ts'

describe('The sequence by betting', () => {
  /** Means of three verdicts on a prompt, about 0.6. */
  const values = (random: () => number, count: number) =>
    Array.from({ length: count }, () => {
      const luck = 0.3 + 0.6 * random()
      return [0, 1, 2].filter(() => random() < luck).length / 3
    })

  it('holds at every look at once', () => {
    const random = seededRandom(77)
    let lost = 0
    for (let run = 0; run < 400; run++) {
      const found = must(bettingSequence(values(random, 300)), 'one')
      if (found.low > 0.6 || found.high < 0.6) lost += 1
    }
    expect(lost / 400).toBeLessThanOrEqual(0.05)
  })

  it('is far tighter than the empirical Bernstein one where prompts are few, and narrows', () => {
    const random = seededRandom(78)
    const widthsAt = (count: number) => {
      const widths = { betting: 0, bernstein: 0 }
      for (let run = 0; run < 20; run++) {
        const drawn = values(random, count)
        const one = must(bettingSequence(drawn), 'one')
        const other = must(meanConfidenceSequence(drawn), 'one')
        widths.betting += (one.high - one.low) / 20
        widths.bernstein += (other.high - other.low) / 20
      }
      return widths
    }
    const [few, some, many] = [widthsAt(30), widthsAt(100), widthsAt(1_000)]
    expect(few.betting).toBeLessThan(0.65 * few.bernstein)
    expect(some.betting).toBeLessThan(0.85 * some.bernstein)
    expect(many.betting).toBeLessThan(1.02 * many.bernstein)
    expect(many.betting).toBeLessThan(some.betting)
  })

  it('says what the evidence says', () => {
    const drawn = values(seededRandom(79), 400)
    const { low, high } = must(bettingSequence(drawn), 'one')
    const mostAgainst = (mean: number) => Math.max(...bettingEvidence(drawn, mean))
    expect(mostAgainst(low - 0.01)).toBeGreaterThan(Math.log(20))
    expect(mostAgainst(high + 0.01)).toBeGreaterThan(Math.log(20))
    // Half of one bettor's wealth is what the interval goes by; both together are a little more.
    expect(mostAgainst((low + high) / 2)).toBeLessThan(Math.log(20))
  })

  it('holds at the ends, says nothing without a value and refuses what is no share', () => {
    const ones = must(bettingSequence(Array.from({ length: 100 }, () => 1)), 'one')
    expect(ones.high).toBe(1)
    expect(ones.low).toBeGreaterThan(0.85)
    const zeros = must(bettingSequence(Array.from({ length: 100 }, () => 0)), 'one')
    expect(zeros.low).toBe(0)
    expect(zeros.high).toBeCloseTo(1 - ones.low, 2)
    expect(bettingSequence([])).toBeNull()
    expect(bettingSequence([0.4])).toEqual({ low: 0, high: 1 })
    expect(() => bettingSequence([1.2])).toThrow(RangeError)
  })
})

describe('The cumulative sum chart', () => {
  it('has the average runs of the textbook within its approximation', () => {
    // Montgomery, table 9.3: 168, 38.0, 8.38 and 3.34 at limit 4; 465 at limit 5.
    const near = (found: number, exact: number) =>
      expect(Math.abs(found / exact - 1)).toBeLessThan(0.06)
    near(averageRun({ allowance: 0.5, limit: 4 }), 168)
    near(averageRun({ allowance: 0.5, limit: 5 }), 465)
    near(averageRun({ allowance: 0.5, limit: 4, shift: 1 }), 8.38)
    near(averageRun({ allowance: 0.5, limit: 4, shift: 2 }), 3.34)
    near(averageRun({ allowance: 0.5, limit: 4, shift: -2 }), 3.34)
  })

  it('alarms as rarely as it says where nothing changes, and soon where something does', () => {
    const random = seededRandom(15)
    const point = (level: number) => ({ value: level + drawNormal(random), standardError: 1 })
    const quiet = cusum(
      Array.from({ length: 600_000 }, () => point(0)),
      { target: 0 },
    )
    const alarms = quiet.filter(({ isAlarm }) => isAlarm).length
    expect(600_000 / alarms).toBeGreaterThan(420)
    expect(600_000 / alarms).toBeLessThan(510)
    const falls = Array.from({ length: 200 }, () => {
      const series = Array.from({ length: 60 }, () => point(-1))
      return cusum(series, { target: 0 }).findIndex(({ isAlarm }) => isAlarm) + 1
    })
    expect(falls.reduce((sum, at) => sum + at, 0) / 200).toBeCloseTo(10.4, 0)
  })

  it('adds up by hand', () => {
    const series = [10.5, 12, 8].map((value) => ({ value, standardError: 1 }))
    expect(cusum(series, { target: 10, limit: 1.2 })).toEqual([
      { up: 0, down: 0, isAlarm: false },
      { up: 1.5, down: 0, isAlarm: true },
      { up: 0, down: 1.5, isAlarm: true },
    ])
    expect(cusum([], { target: 0 })).toEqual([])
    expect(cusum([{ value: 9, standardError: 0 }], { target: 0 })[0]?.isAlarm).toBe(false)
  })
})

describe('Skill after a meeting', () => {
  it('is that of the published examples', () => {
    const [winner, loser] = afterMeeting(unknownSkill, unknownSkill, 'win')
    expect(winner.mean).toBeCloseTo(29.396, 3)
    expect(winner.deviation).toBeCloseTo(7.171, 3)
    expect(loser.mean).toBeCloseTo(20.604, 3)
    expect(loser.deviation).toBeCloseTo(7.171, 3)
    const [one, other] = afterMeeting(unknownSkill, unknownSkill, 'draw')
    expect(one.mean).toBeCloseTo(25, 12)
    expect(other.deviation).toBeCloseTo(6.458, 3)
    const [often, seldom] = afterMeeting(unknownSkill, unknownSkill, 'win', {
      drawProbability: 0.5,
    })
    expect(seldom.mean).toBeCloseTo(19.733, 3)
    expect(seldom.deviation).toBeCloseTo(7.077, 3)
    expect(often.mean).toBeCloseTo(30.267, 3)
    expect(often.deviation).toBeCloseTo(7.077, 3)
  })

  it('is the same seen from the other side, and a draw brings the two nearer', () => {
    const [strong, weak] = [
      { mean: 30, deviation: 2 },
      { mean: 20, deviation: 3 },
    ]
    expect(afterMeeting(strong, weak, 'loss')).toEqual(
      [...afterMeeting(weak, strong, 'win')].reverse(),
    )
    const [above, below] = afterMeeting(strong, weak, 'draw')
    expect(above.mean).toBeLessThan(30)
    expect(below.mean).toBeGreaterThan(20)
    expect(afterMeeting(weak, strong, 'draw')).toEqual([below, above])
  })
})
