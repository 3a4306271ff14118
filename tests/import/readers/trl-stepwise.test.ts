import { describe, expect, it } from 'vitest'
import { trlStepwise } from '#app/import/readers/trl-stepwise.ts'
import { answersIn, expectNeverThrows, readAll } from './reading.ts'

const good = {
  prompt: 'Which is more, 2 or 3?',
  completions: ['3 comes after 2.', 'So 2 is more.'],
  labels: [true, false],
}

describe('TRL stepwise supervision', () => {
  it('is known by steps and their labels', () => {
    expect(trlStepwise.mark(good)).toBe('has "prompt", "completions" and "labels"')
    expect(trlStepwise.mark({ ...good, completions: [{ rank: 1 }] })).toBeNull()
  })

  it('keeps the steps as one answer, with their labels beside it', () => {
    const read = readAll(trlStepwise, good)
    expect(answersIn(read.contents[0])).toEqual([['unknown', '3 comes after 2.\nSo 2 is more.']])
    expect(read.contents[0]?.responses[0]?.metadata).toEqual({
      steps: good.completions,
      labels: [true, false],
    })
    expect(read.problems).toEqual([])
  })

  it('keeps the steps without labels where these do not fit them', () => {
    const read = readAll(trlStepwise, { ...good, labels: [true] })
    expect(read.contents[0]?.responses[0]?.metadata).toEqual({ steps: good.completions })
    expect(read.problems.map(({ field }) => field)).toEqual(['labels'])
  })

  it('refuses a row without steps', () => {
    expect(readAll(trlStepwise, { ...good, completions: [] }).records).toEqual([])
  })

  it('never throws', () => expectNeverThrows(trlStepwise, good))
})
