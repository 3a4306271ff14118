import { describe, expect, it } from 'vitest'
import { trlUnpaired } from '#app/import/readers/trl-unpaired.ts'
import { answersIn, expectKnownIds, expectNeverThrows, readAll, saidIn } from './reading.ts'

const good = { prompt: 'The sea is', completion: ' salty.', label: true }

const choiceOf = (row: Record<string, unknown>) => {
  const read = readAll(trlUnpaired, row)
  expectKnownIds(read)
  return read.judgments.map(({ kind, line }) =>
    kind === 'rubric' ? [line.criterion, line.choice, line.rater] : [],
  )
}

describe('TRL unpaired preferences', () => {
  it('are known by a prompt, a completion and a label', () => {
    expect(trlUnpaired.mark(good)).toBe('has "prompt", "completion" and "label"')
    expect(trlUnpaired.mark({ prompt: 'x', completion: 'y' })).toBeNull()
  })

  it('keep texts and messages alike', () => {
    const read = readAll(trlUnpaired, {
      prompt: [{ role: 'user', content: 'Which sea?' }],
      completion: [{ role: 'assistant', content: 'All.' }],
      label: false,
    })
    expect(saidIn(read.contents[0])).toEqual(['user: Which sea?'])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'All.']])
  })

  it('keep the label as whether the answer is desirable', () => {
    const rater = 'TRL unpaired preferences annotators'
    expect(choiceOf(good)).toEqual([['desirable', 'yes', rater]])
    expect(choiceOf({ ...good, label: 'False' })).toEqual([['desirable', 'no', rater]])
  })

  it('keep the texts where the label says neither yes nor no, without a judgment', () => {
    const read = readAll(trlUnpaired, { ...good, label: null })
    expect(read.contents).toHaveLength(1)
    expect(read.judgments).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['label'])
  })

  it('refuse a row without a completion', () => {
    const read = readAll(trlUnpaired, { prompt: 'x', label: true })
    expect(read.records).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['completion'])
  })

  it('never throw', () => expectNeverThrows(trlUnpaired, good))
})
