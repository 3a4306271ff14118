import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { helpsteer2Preference } from '#app/import/readers/helpsteer2-preference.ts'
import { signedPreference } from '#app/import/shapes/signed-preference.ts'
import { answersIn, expectKnownIds, expectNeverThrows, pairsIn, readAll } from './reading.ts'

const row = {
  split: 'train',
  prompt: 'What is rust?',
  response_1: 'Iron and oxygen.',
  response_2: 'A colour.',
  preference_strength: -2,
  preference_statement: '@Response 1 is right.',
  preference_elaboration: 'The other is not.',
}

describe('HelpSteer2 preference', () => {
  it('is known by two responses and the strength', () => {
    expect(helpsteer2Preference.mark(row)).toBe(
      'has "response_1", "response_2" and "preference_strength"',
    )
    expect(helpsteer2Preference.mark({ prompt: '', response_1: '', response_2: '' })).toBeNull()
  })

  it('keeps the preference of the row where no annotator is told', () => {
    const read = readAll(helpsteer2Preference, row)
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Iron and oxygen.'],
      ['unknown', 'A colour.'],
    ])
    expect(pairsIn(read.judgments)).toEqual([['HelpSteer2 annotators', 'a', 2]])
    expect(read.judgments[0]?.line.comment).toBe('@Response 1 is right. The other is not.')
    expect(read.contents[0]?.prompt?.metadata).toEqual({ split: 'train', preference_strength: -2 })
    expectKnownIds(read)
  })

  it('keeps each annotator’s preference instead where they are told', () => {
    const { judgments } = readAll(helpsteer2Preference, {
      ...row,
      all_preferences_unprocessed: [
        { strength: -3, justification: 'Much better.' },
        { strength: 1, justification: 'Shorter.' },
        { strength: -100, justification: 'Neither.' },
      ],
    })
    expect(pairsIn(judgments)).toEqual([
      ['annotator 1', 'a', 3],
      ['annotator 2', 'b', 1],
      ['annotator 3', 'both_bad', undefined],
    ])
    expect(judgments[1]?.line.comment).toBe('Shorter.')
  })

  it('keeps the texts and names a preference beyond the scale', () => {
    const read = readAll(helpsteer2Preference, { ...row, preference_strength: 7 })
    expect([read.contents.length, read.judgments.length]).toEqual([1, 0])
    expect(read.problems[0]?.field).toBe('preference_strength')
  })

  it('reads the same strength for either side', () => {
    expect(signedPreference(0)).toEqual({ winner: 'tie' })
    fc.assert(
      fc.property(fc.constantFrom(1, 2, 3), (strength) => {
        expect(signedPreference(-strength)).toEqual({ winner: 'a', strength })
        expect(signedPreference(strength)).toEqual({ winner: 'b', strength })
      }),
    )
    expect(signedPreference(Number.NaN)).toBeUndefined()
  })

  it('never throws', () => expectNeverThrows(helpsteer2Preference, row))
})
