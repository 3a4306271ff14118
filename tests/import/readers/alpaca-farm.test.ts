import { describe, expect, it } from 'vitest'
import { alpacaFarm } from '#app/import/readers/alpaca-farm.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const row = {
  instruction: 'Correct this.',
  input: 'I has a cat.',
  output_1: 'I have a cat.',
  output_2: 'I has cat.',
}

describe('AlpacaFarm', () => {
  it('is known by two outputs without generators', () => {
    expect(alpacaFarm.mark(row)).toBe('has "instruction", "output_1" and "output_2"')
    expect(alpacaFarm.mark({ ...row, generator_1: 'x', generator_2: 'y' })).toBeNull()
  })

  it('keeps two answers of unknown models, and judges nothing without a preference', () => {
    const read = readAll(alpacaFarm, row)
    expect(saidIn(read.contents[0])).toEqual(['user: Correct this.\n\nI has a cat.'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'I have a cat.'],
      ['unknown', 'I has cat.'],
    ])
    expect([read.judgments, read.problems]).toEqual([[], []])
  })

  it('keeps a preference where there is one', () => {
    const read = readAll(alpacaFarm, { ...row, input: '', preference: 2 })
    expect(pairsIn(read.judgments)).toEqual([['AlpacaFarm annotators', 'b', undefined]])
    expect(saidIn(read.contents[0])).toEqual(['user: Correct this.'])
    expectKnownIds(read)
  })

  it('names a preference it cannot read', () => {
    const { contents, problems } = readAll(alpacaFarm, { ...row, preference: 'first' })
    expect(contents).toHaveLength(1)
    expect(problems).toEqual([{ field: 'preference', reason: 'is not a number' }])
  })

  it('never throws', () => expectNeverThrows(alpacaFarm, { ...row, preference: 1 }))
})
