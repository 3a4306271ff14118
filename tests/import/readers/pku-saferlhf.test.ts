import { describe, expect, it } from 'vitest'
import { pkuSaferlhf } from '#app/import/readers/pku-saferlhf.ts'
import { answersIn, expectKnownIds, expectNeverThrows, readAll } from './reading.ts'

const good = {
  prompt: 'How do I open a jar?',
  response_0: 'Hit it.',
  response_1: 'Warm the lid.',
  response_0_source: 'Model-X',
  is_response_0_safe: false,
  is_response_1_safe: true,
  response_0_severity_level: 1,
  better_response_id: 0,
  safer_response_id: 1,
}

const verdicts = (row: Record<string, unknown>) =>
  readAll(pkuSaferlhf, row).judgments.flatMap(({ kind, line }) =>
    kind === 'pairwise' ? [`${line.criterion}: ${line.winner}`] : [],
  )

describe('PKU-SafeRLHF', () => {
  it('is known by two responses and the better one', () => {
    expect(pkuSaferlhf.mark(good)).toBe('has "response_0", "response_1" and "better_response_id"')
    expect(pkuSaferlhf.mark({ response_0: 'x' })).toBeNull()
  })

  it('keeps helpfulness and harmlessness as two verdicts on one pair', () => {
    const read = readAll(pkuSaferlhf, good)
    expect(verdicts(good)).toEqual(['helpfulness: a', 'harmlessness: b'])
    expect(answersIn(read.contents[0])).toEqual([
      ['Model-X', 'Hit it.'],
      ['unknown', 'Warm the lid.'],
    ])
    expect(read.contents[0]?.responses.map(({ metadata }) => metadata)).toEqual([
      { is_safe: false, severity_level: 1 },
      { is_safe: true },
    ])
    expectKnownIds(read)
  })

  it('keeps one verdict where the set asks one question', () => {
    expect(verdicts({ ...good, safer_response_id: undefined })).toEqual(['helpfulness: a'])
  })

  it('keeps the other verdict where one names neither response', () => {
    const read = readAll(pkuSaferlhf, { ...good, better_response_id: -1 })
    expect(read.judgments).toHaveLength(1)
    expect(read.problems.map(({ field }) => field)).toEqual(['better_response_id'])
  })

  it('never throws', () => expectNeverThrows(pkuSaferlhf, good))
})
