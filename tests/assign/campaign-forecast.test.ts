import { describe, expect, it } from 'vitest'
import { dayMs, deadlineVerdict, forecastEnd } from '#app/assign/campaign-forecast.ts'

const now = Date.UTC(2026, 5, 15, 12)
const days = (count: number) => now + count * dayMs
const steady = Array<number>(14).fill(20)

describe('The forecast of a campaign’s end', () => {
  it('carries a steady pace forward, with no width when days are alike', () => {
    const forecast = forecastEnd({ left: 100, perDay: steady, openedAt: days(-20), now })
    expect(forecast).toEqual({
      kind: 'end',
      pace: 20,
      likely: days(5),
      earliest: days(5),
      latest: days(5),
    })
  })

  it('gives a range that a hand can check', () => {
    // Days of 10, 20 and 30: mean 20, deviation 10, t(0.9; 2) = 1.8856, half width 10.887.
    const forecast = forecastEnd({ left: 100, perDay: [10, 20, 30], openedAt: days(-3), now })
    expect(forecast).toMatchObject({ kind: 'end', pace: 20, likely: days(5) })
    if (forecast.kind !== 'end') return
    expect(((forecast.earliest ?? 0) - now) / dayMs).toBeCloseTo(100 / 30.887, 2)
    expect(((forecast.latest ?? 0) - now) / dayMs).toBeCloseTo(100 / 9.113, 2)
  })

  it('leaves the latest day open where days are too uneven to say', () => {
    const forecast = forecastEnd({ left: 100, perDay: [90, 0, 0, 0], openedAt: days(-4), now })
    expect(forecast).toMatchObject({ kind: 'end', latest: null })
  })

  it('gives no range before three whole days, and counts only the time since the opening', () => {
    const perDay = [30, ...Array<number>(13).fill(0)]
    const forecast = forecastEnd({ left: 60, perDay, openedAt: days(-0.5), now })
    expect(forecast).toEqual({
      kind: 'end',
      pace: 60,
      likely: days(1),
      earliest: null,
      latest: null,
    })
  })

  it('says so where it is too early, where nothing comes and where nothing is left', () => {
    const few = [4, ...Array<number>(13).fill(0)]
    expect(forecastEnd({ left: 60, perDay: few, openedAt: days(-1), now })).toEqual({
      kind: 'too_early',
    })
    const none = Array<number>(14).fill(0)
    expect(forecastEnd({ left: 60, perDay: none, openedAt: days(-9), now })).toEqual({
      kind: 'standing_still',
    })
    expect(forecastEnd({ left: 60, perDay: none, openedAt: days(-0.1), now })).toEqual({
      kind: 'too_early',
    })
    expect(forecastEnd({ left: 0, perDay: steady, openedAt: null, now })).toEqual({ kind: 'done' })
    expect(forecastEnd({ left: 10_000_000, perDay: steady, openedAt: days(-20), now })).toEqual({
      kind: 'standing_still',
    })
  })

  it('tells what a deadline may count on', () => {
    const forecast = forecastEnd({ left: 100, perDay: [10, 20, 30], openedAt: days(-3), now })
    expect(deadlineVerdict(forecast, days(12))).toBe('surely')
    expect(deadlineVerdict(forecast, days(6))).toBe('probably')
    expect(deadlineVerdict(forecast, days(4))).toBe('doubtful')
    expect(deadlineVerdict(forecast, days(2))).toBe('not')
    expect(deadlineVerdict(forecast, null)).toBeNull()
    expect(deadlineVerdict({ kind: 'too_early' }, days(2))).toBeNull()
  })
})
