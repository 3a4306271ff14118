/** Many versions are taken together for the eye; their totals and intervals stay those of all scores. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { mostPoints, periodsOf, type VersionScores } from '#app/measure/drift-periods.ts'
import { shownOf } from '#app/measure/drift-shown.ts'
import { clusteredMean } from '#app/stats/clustered-mean.ts'
import { dailyDrift } from '#tests/support/daily-drift.ts'

const dayMs = 24 * 3_600_000
const dayAt = (place: number) =>
  new Date(Date.UTC(2021, 2, 5) + place * dayMs).toISOString().slice(0, 10)

const scored = (
  versions: readonly string[],
  scoreOf: (version: number, prompt: number) => number,
) =>
  versions.map(
    (version, place): VersionScores => ({
      label: `bot-${version}`,
      version,
      scores: new Map([0, 1, 2, 3].map((prompt) => [`p${prompt}`, scoreOf(place, prompt)])),
    }),
  )

const numbered = (count: number, nameOf: (place: number) => string) =>
  Array.from({ length: count }, (_, place) => nameOf(place))

describe('Versions taken together', () => {
  it('are left alone while they can be drawn one by one', () => {
    expect(
      periodsOf(
        scored(numbered(mostPoints, dayAt), () => 1),
        0.95,
      ),
    ).toBeUndefined()
  })

  it('go by the shortest calendar period that is not too many', () => {
    const unitOf = (days: number) =>
      periodsOf(
        scored(numbered(days, dayAt), () => 1),
        0.95,
      )?.unit
    expect([100, 1_826, 4_000, 9_000].map(unitOf)).toEqual(['week', 'month', 'quarter', 'year'])
    const months = must(
      periodsOf(
        scored(numbered(1_826, dayAt), () => 1),
        0.95,
      ),
      'the months',
    )
    expect(months.points).toHaveLength(61)
    expect(months.points[1]).toMatchObject({
      start: '2021-04-01',
      from: 'bot-2021-04-01',
      to: 'bot-2021-04-30',
      versions: 30,
      scores: 120,
      prompts: 4,
    })
  })

  it('go by equal numbers where they have no dates', () => {
    const found = periodsOf(
      scored(
        numbered(1_000, (place) => `v${place}`),
        () => 1,
      ),
      0.95,
    )
    expect(found?.unit).toBe('versions')
    expect(found?.points.length).toBeLessThanOrEqual(mostPoints)
    expect(found?.points[0]).toMatchObject({ start: null, from: 'bot-v0', versions: 14 })
  })

  it('keep the totals of all scores, with an interval over prompts and not over days', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.nat({ max: 9 }), { minLength: 4, maxLength: 4 }), {
          minLength: mostPoints + 1,
          maxLength: 200,
        }),
        (scores) => {
          const versions = scored(numbered(scores.length, dayAt), (at, prompt) => {
            return scores[at]?.[prompt] ?? 0
          })
          const { points } = must(periodsOf(versions, 0.95), 'periods')
          const sum = points.reduce((total, point) => total + point.mean * point.scores, 0)
          expect(sum).toBeCloseTo(
            scores.flat().reduce((total, score) => total + score, 0),
            6,
          )
          expect(points.reduce((total, point) => total + point.versions, 0)).toBe(scores.length)
          const first = must(points[0], 'the first period')
          const own = versions.slice(0, first.versions)
          const clusters = [0, 1, 2, 3].map((prompt) => ({
            sum: own.reduce((total, version) => total + (version.scores.get(`p${prompt}`) ?? 0), 0),
            count: own.length,
          }))
          const expected = must(clusteredMean(clusters), 'a mean')
          expect(first.mean).toBeCloseTo(expected.mean, 12)
          expect(first.low ?? 0).toBeCloseTo(expected.low ?? 0, 9)
          expect(first.high ?? 0).toBeCloseTo(expected.high ?? 0, 9)
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('What a page shows of a drift report', () => {
  it('is small for any number of versions, and counts what it leaves out', () => {
    const report = dailyDrift({ families: 1, days: 400, prompts: 40 })
    const [series] = shownOf(report).series
    expect(series).toMatchObject({ points: [], all: { versions: 400, steps: 399, alarms: 1 } })
    expect(series?.steps).toEqual(report.series[0]?.steps.filter(({ isAlarm }) => isAlarm))
    expect(series?.periods?.unit).toBe('week')
    expect(report.method.periods).toContain('drawn by week, month')
    expect(report.series[0]?.points).toHaveLength(400)
  })

  it('is all of a report on few versions', () => {
    const report = dailyDrift({ families: 1, days: 10, prompts: 40 })
    const [series] = shownOf(report).series
    expect(series?.points).toEqual(report.series[0]?.points)
    expect(series?.steps).toEqual(report.series[0]?.steps)
    expect(series?.periods).toBeUndefined()
    expect(report.method.periods).toBeUndefined()
  })
})
