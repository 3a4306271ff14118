import { describe, expect, it } from 'vitest'
import { nemoRl } from '#app/import/readers/nemo-rl.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const completion = (rank: unknown, content: string) => ({
  rank,
  completion: [{ role: 'assistant', content }],
})
const good = {
  context: [{ role: 'user', content: '2+2?' }],
  completions: [completion(1, 'Hm.'), completion(0, '4')],
}

const won = (...completions: unknown[]) =>
  pairsIn(readAll(nemoRl, { ...good, completions }).judgments).map(([, winner]) => winner)

describe('NeMo-RL preferences', () => {
  it('are known by ranked completions of a context', () => {
    expect(nemoRl.mark(good)).toBe('has "context" and "completions" with "rank"')
    expect(nemoRl.mark({ context: [], completions: ['x'] })).toBeNull()
  })

  it('keep two completions as a pair, of which the lower rank won', () => {
    const read = readAll(nemoRl, good)
    expect(saidIn(read.contents[0])).toEqual(['user: 2+2?'])
    expect(answersIn(read.contents[0])).toEqual([
      ['unknown', 'Hm.'],
      ['unknown', '4'],
    ])
    const [line] = read.judgments.map((judgment) => judgment.line)
    const four = read.contents[0]?.responses[1]?.externalId
    expect(line).toMatchObject({ response_a: four, winner: 'a' })
    expectKnownIds(read)
  })

  it('keep equal ranks as a tie', () => {
    expect(won(completion(0, 'a'), completion(0, 'b'))).toEqual(['tie'])
  })

  it('keep more completions as a ranking', () => {
    const completions = [...good.completions, completion(1, 'Five')]
    const { judgments } = readAll(nemoRl, { ...good, completions })
    expect(judgments.map(({ kind }) => kind)).toEqual(['ranking'])
    expect(judgments[0]?.line.campaign).toBe('NeMo-RL rankings')
  })

  it('keep the texts where nothing is ranked, and say that nothing was compared', () => {
    const completions = [completion(null, 'a'), completion(0, 'b')]
    const read = readAll(nemoRl, { ...good, completions })
    expect(read.contents[0]?.responses).toHaveLength(2)
    expect(read.judgments).toEqual([])
    expect(read.problems.map(({ field }) => field)).toEqual(['completions'])
  })

  it('never throw', () => expectNeverThrows(nemoRl, good))
})
