import { describe, expect, it } from 'vitest'
import {
  afterJudgment,
  afterPause,
  afterSkip,
  charactersOf,
  freshPace,
  isTooFast,
  type Pace,
  plausibleMs,
} from '#app/rate/pace.ts'

const fast = { characters: 3_000, activeMs: 2_000 }
const slow = { characters: 3_000, activeMs: 100_001 }
const minute = 60_000

const judged = (pace: Pace, entry = slow, now = 0, batchSize = 100) =>
  afterJudgment(pace, { entry, now, batchSize })

describe('Pace', () => {
  it('knows how long texts take to read: 30 characters a second, and a second and a half at least', () => {
    expect(plausibleMs(3_000)).toBe(100_000)
    expect(plausibleMs(0)).toBe(1_500)
    expect(plausibleMs(45)).toBe(1_500)
  })

  it('counts everything that has to be read', () => {
    const messages = [{ role: 'assistant', content: '12345' }]
    const context = [{ title: 'Not counted', text: '123' }]
    const view = { assignmentId: 'a', heldUntil: 0, phase: 'working' as const }
    const prompt = [{ role: 'user', content: '12' }]
    expect(charactersOf({ ...view, prompt, context, responses: [{ messages, context }] })).toBe(13)
  })

  it('speaks up only when 8 of the last 10 were too fast', () => {
    expect(isTooFast(Array(9).fill(fast))).toBe(false)
    expect(isTooFast([slow, slow, ...Array(8).fill(fast)])).toBe(true)
    expect(isTooFast([slow, slow, slow, ...Array(7).fill(fast)])).toBe(false)
    expect(isTooFast([...Array(20).fill(fast), ...Array(3).fill(slow)])).toBe(false)
  })

  it('says so once in fifteen minutes', () => {
    let pace = freshPace
    for (let turn = 0; turn < 10; turn++) pace = judged(pace, fast, turn)
    expect(pace.isNoted).toBe(true)
    pace = { ...pace, isNoted: false }
    for (let turn = 0; turn < 20; turn++) pace = judged(pace, fast, 14 * minute)
    expect(pace.isNoted).toBe(false)
    for (let turn = 0; turn < 10; turn++) pace = judged(pace, fast, 16 * minute)
    expect(pace.isNoted).toBe(true)
  })

  it('sums up a batch when it is full, and begins the next', () => {
    let pace = afterSkip(freshPace)
    for (const activeMs of [4_000, 1_000, 9_000]) {
      expect(pace.batch).toBe(null)
      pace = judged(pace, { characters: 10, activeMs }, 0, 3)
    }
    expect(pace.batch).toEqual({
      judged: 3,
      skipped: 1,
      activeMs: 14_000,
      medianMs: 4_000,
      isPauseDue: false,
    })
    expect([pace.times, pace.skipped]).toEqual([[], 0])
  })

  it('suggests a pause after fifty minutes of activity, unless there was one', () => {
    const long = { characters: 10, activeMs: 26 * minute }
    const twice = judged(judged(freshPace, long, 0, 2), long, 0, 2)
    expect(twice.batch?.isPauseDue).toBe(true)
    expect(twice.sincePauseMs).toBe(0)
    const rested = judged(afterPause(judged(freshPace, long, 0, 2)), long, 0, 2)
    expect(rested.batch?.isPauseDue).toBe(false)
  })

  it('keeps no more than it needs', () => {
    let pace = freshPace
    for (let turn = 0; turn < 500; turn++) pace = judged(pace, slow, turn, 25)
    expect(pace.recent.length).toBeLessThanOrEqual(10)
    expect(pace.times.length).toBeLessThan(25)
  })
})
