import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type VerdictRule, type Vote, verdictOn } from '#app/export/verdict.ts'
import type { Winner } from '#db/schema.ts'

const rule = (change: Partial<VerdictRule> = {}): VerdictRule => ({
  aggregation: 'majority',
  minimumRaters: 1,
  minimumAgreement: 0,
  minimumPosterior: 0.8,
  ...change,
})

const vote = (winner: Winner, rater: string, change: Partial<Vote> = {}): Vote => ({
  rater,
  source: 'human',
  winner,
  strength: null,
  weight: 1,
  shownFirst: null,
  ...change,
})

const votes = (...winners: Winner[]) => winners.map((winner, at) => vote(winner, `w${at}`))
const swapped = {
  a: 'b',
  b: 'a',
  tie: 'tie',
  both_bad: 'both_bad',
  cant_judge: 'cant_judge',
} as const
const anyVotes = fc.array(fc.constantFrom<Winner>('a', 'b', 'tie', 'both_bad', 'cant_judge'), {
  maxLength: 9,
})

describe('The verdict on a pair', () => {
  it('is a side only with more than half of the votes, and mirrors when sides are swapped', () => {
    fc.assert(
      fc.property(anyVotes, (winners) => {
        const found = verdictOn(votes(...winners), rule())
        const mirrored = verdictOn(votes(...winners.map((winner) => swapped[winner])), rule())
        if (found.kind === 'dropped') {
          expect(mirrored).toEqual(found)
          return
        }
        const able = winners.filter((winner) => winner !== 'cant_judge')
        const own = able.filter((winner) => winner === found.winner)
        expect(own.length * 2).toBeGreaterThan(able.length)
        expect(found.agreement).toBe(own.length / able.length)
        expect(mirrored).toEqual({ ...found, winner: swapped[found.winner] })
      }),
    )
  })

  it('does not mind the order of the votes', () => {
    fc.assert(
      fc.property(anyVotes, (winners) => {
        const given = votes(...winners)
        expect(verdictOn(given.toReversed(), rule())).toEqual(verdictOn(given, rule()))
      }),
    )
  })

  it('says why there is none', () => {
    const dropped = (given: Vote[], change: Partial<VerdictRule> = {}) => {
      const found = verdictOn(given, rule(change))
      return found.kind === 'dropped' ? found.rule : found.winner
    }
    expect(dropped([])).toBe('no-judgment')
    expect(dropped(votes('cant_judge', 'cant_judge'))).toBe('cant-judge')
    expect(dropped(votes('a', 'cant_judge'), { minimumRaters: 2 })).toBe('too-few-raters')
    expect(dropped(votes('a', 'b'))).toBe('split')
    expect(dropped(votes('a', 'a', 'tie'), { minimumAgreement: 0.7 })).toBe('low-agreement')
    expect(dropped(votes('both_bad', 'both_bad', 'a'))).toBe('both_bad')
  })

  it('takes an adjudicator’s word where it decides, and it says something', () => {
    const word = (winner: Winner) => vote(winner, 'lead', { source: 'adjudicator' })
    const given = votes('a', 'a', 'a')
    const adjudicated = rule({ aggregation: 'adjudicated' })
    expect(verdictOn([...given, word('b')], adjudicated)).toMatchObject({ winner: 'b', raters: 4 })
    expect(verdictOn([...given, word('b')], rule())).toMatchObject({ winner: 'a' })
    expect(verdictOn([...given, word('cant_judge')], adjudicated)).toMatchObject({ winner: 'a' })
  })

  it('weighs judges as the policy says', () => {
    const judge = (at: number, weight: number) => vote('b', `j${at}`, { source: 'judge', weight })
    const given = [...votes('a', 'a'), judge(0, 0.5), judge(1, 0.5), judge(2, 0.5)]
    expect(verdictOn(given, rule())).toMatchObject({ winner: 'a', agreement: 2 / 3.5 })
    const heavy = given.map((one) => ({ ...one, weight: 1 }))
    expect(verdictOn(heavy, rule())).toMatchObject({ winner: 'b' })
  })

  it('goes by a posterior where it is asked to, and wants it sure', () => {
    const posterior = rule({ aggregation: 'posterior' })
    const sure = { a: 0.05, b: 0.9, tie: 0.05, both_bad: 0 }
    expect(verdictOn(votes('a', 'b'), posterior, sure)).toMatchObject({
      winner: 'b',
      posterior: 0.9,
    })
    const unsure = { a: 0.3, b: 0.6, tie: 0.1, both_bad: 0 }
    expect(verdictOn(votes('a', 'b'), posterior, unsure)).toEqual({
      kind: 'dropped',
      rule: 'low-posterior',
    })
  })

  it('has a margin of those who agree', () => {
    const given = [
      vote('a', 'w1', { strength: 1 }),
      vote('a', 'w2', { strength: 1 / 3 }),
      vote('b', 'w3', { strength: 1 }),
    ]
    expect(verdictOn(given, rule())).toMatchObject({ winner: 'a', margin: 2 / 3 })
  })
})
