import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alpacaEvalAnnotations } from '#app/import/readers/alpaca-eval-annotations.ts'
import { alpacaPreference } from '#app/import/shapes/alpaca-preference.ts'
import { answersIn, expectKnownIds, expectNeverThrows, pairsIn, readAll } from './reading.ts'

const row = {
  instruction: 'Name a tree.',
  output_1: 'The oak.',
  generator_1: 'alpha-7b',
  output_2: 'A stone.',
  generator_2: 'beta-13b',
  annotator: 'gpt4_judge',
  preference: 1,
}

const winnerOf = (preference: unknown) =>
  pairsIn(readAll(alpacaEvalAnnotations, { ...row, preference }).judgments).map(
    ([, winner]) => winner,
  )

describe('AlpacaEval annotations', () => {
  it('are known by two outputs with their generators', () => {
    expect(alpacaEvalAnnotations.mark(row)).toBe(
      'has "output_1", "output_2", "generator_1" and "generator_2"',
    )
    expect(alpacaEvalAnnotations.mark({ instruction: '', output_1: '', output_2: '' })).toBeNull()
  })

  it('keep the pair and the verdict of the judge', () => {
    const read = readAll(alpacaEvalAnnotations, row)
    expect(answersIn(read.contents[0])).toEqual([
      ['alpha-7b', 'The oak.'],
      ['beta-13b', 'A stone.'],
    ])
    expect(read.judgments[0]?.line).toMatchObject({
      rater: 'gpt4_judge',
      source: 'judge',
      winner: 'a',
    })
    expect(read.judgments[0]?.line.comment).toBeUndefined()
    expectKnownIds(read)
  })

  it('tell people from judges', () => {
    const source = (annotator: unknown) =>
      readAll(alpacaEvalAnnotations, { ...row, annotator }).judgments[0]?.line
    expect(source(12)).toMatchObject({ source: 'human', rater: '12' })
    expect(source(null)).toMatchObject({ source: 'human', rater: 'AlpacaEval annotators' })
  })

  it('read weights as the side they lean to, and keep them in words', () => {
    expect(winnerOf(1.4)).toEqual(['a'])
    expect(winnerOf(1.6)).toEqual(['b'])
    expect(winnerOf('2.0')).toEqual(['b'])
    expect(winnerOf(1.0000002)).toEqual(['a'])
    expect(winnerOf(1.5)).toEqual(['tie'])
    expect(winnerOf(1.5000001)).toEqual(['tie'])
    const weighted = readAll(alpacaEvalAnnotations, { ...row, preference: 1.25 })
    expect(weighted.judgments[0]?.line.comment).toBe(
      'Preference 1.25 between 1 (the first) and 2 (the second).',
    )
  })

  it('keep the texts where nothing was judged', () => {
    const read = readAll(alpacaEvalAnnotations, { ...row, preference: null })
    expect([read.contents.length, read.judgments.length, read.problems.length]).toEqual([1, 0, 0])
  })

  it('keep the texts and name the problem where the preference is none', () => {
    for (const preference of [3, 0, 'good']) {
      const read = readAll(alpacaEvalAnnotations, { ...row, preference })
      expect([read.contents.length, read.judgments.length]).toEqual([1, 0])
      expect(read.problems[0]?.field).toBe('preference')
    }
  })

  it('turn around with the sides', () => {
    const turned = { a: 'b', b: 'a', tie: 'tie' }
    fc.assert(
      fc.property(fc.double({ min: 1, max: 2, noNaN: true }), (preference) => {
        const { winner } = alpacaPreference(preference)
        expect(winner).toBeDefined()
        const other = alpacaPreference(3 - preference).winner
        if (Math.abs(Math.abs(preference - 1.5) - 1e-6) > 1e-9) {
          expect(other).toBe(winner && turned[winner])
        }
      }),
    )
  })

  it('never throw', () => expectNeverThrows(alpacaEvalAnnotations, row))
})
