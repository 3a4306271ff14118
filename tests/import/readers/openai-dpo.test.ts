import { describe, expect, it } from 'vitest'
import { openaiDpo } from '#app/import/readers/openai-dpo.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const tools = [{ type: 'function', function: { name: 'weather' } }]
const input = { messages: [{ role: 'user', content: 'Cold today?' }], tools }
const preferred = [{ role: 'assistant', content: 'Mild, 20°C.' }]
const other = [{ role: 'assistant', content: 'No.' }]
const good = { input, preferred_output: preferred, non_preferred_output: other }

describe('OpenAI preference pairs', () => {
  it('are known by an input and two outputs, by their newer or older names', () => {
    expect(openaiDpo.mark(good)).toBe('has "input", "preferred_output" and "non_preferred_output"')
    expect(
      openaiDpo.mark({ input, preferred_completion: preferred, non_preferred_completion: other }),
    ).toBe('has "input", "preferred_completion" and "non_preferred_completion"')
    expect(openaiDpo.mark({ input })).toBeNull()
  })

  it('keep the conversation, both answers, the tools and which was preferred', () => {
    for (const row of [
      good,
      { input, preferred_completion: preferred, non_preferred_completion: other },
    ]) {
      const read = readAll(openaiDpo, row)
      expect(saidIn(read.contents[0])).toEqual(['user: Cold today?'])
      expect(answersIn(read.contents[0])).toEqual([
        ['unknown', 'Mild, 20°C.'],
        ['unknown', 'No.'],
      ])
      expect(read.contents[0]?.responses[0]?.tools).toEqual(tools)
      expect(pairsIn(read.judgments)).toEqual([
        ['OpenAI preference pairs annotators', 'a', undefined],
      ])
      expectKnownIds(read)
    }
  })

  it('refuse a row whose output holds no answer, and name the column', () => {
    for (const bad of [[], [{ role: 'user', content: 'Hm?' }]]) {
      const read = readAll(openaiDpo, { ...good, non_preferred_output: bad })
      expect(read.records).toEqual([])
      expect(read.problems.map(({ field }) => field)).toEqual(['non_preferred_output'])
    }
  })

  it('never throw', () => expectNeverThrows(openaiDpo, good))
})
