import { describe, expect, it } from 'vitest'
import { llamaFactoryAlpaca } from '#app/import/readers/llama-factory-alpaca.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const good = { instruction: 'Translate.', input: 'mar', output: 'sea' }

describe('Alpaca instructions', () => {
  it('are known by instruction, input and output, or by a pair of answers', () => {
    expect(llamaFactoryAlpaca.mark(good)).toBe('has "instruction", "input" and "output"')
    expect(llamaFactoryAlpaca.mark({ instruction: 'x', chosen: 'y', rejected: 'z' })).toBe(
      'has "instruction", "chosen" and "rejected"',
    )
    expect(llamaFactoryAlpaca.mark({ ...good, generator: 'm1' })).toBeNull()
  })

  it('keep the instruction with its input as the prompt', () => {
    const read = readAll(llamaFactoryAlpaca, good)
    expect(saidIn(read.contents[0])).toEqual(['user: Translate.\nmar'])
    expect(answersIn(read.contents[0])).toEqual([['unknown', 'sea']])
    expect(saidIn(readAll(llamaFactoryAlpaca, { ...good, input: '' }).contents[0])).toEqual([
      'user: Translate.',
    ])
  })

  it('keep the system prompt and earlier turns', () => {
    const row = { ...good, system: 'Be brief.', history: [['Hello?', 'Yes?']] }
    expect(saidIn(readAll(llamaFactoryAlpaca, row).contents[0])).toEqual([
      'system: Be brief.',
      'user: Hello?',
      'assistant: Yes?',
      'user: Translate.\nmar',
    ])
  })

  it('keep two answers as a pair', () => {
    const row = { instruction: 'Translate.', input: 'mar', chosen: 'sea', rejected: 'see' }
    const read = readAll(llamaFactoryAlpaca, row)
    expect(pairsIn(read.judgments)).toEqual([['Alpaca instructions annotators', 'a', undefined]])
    expectKnownIds(read)
  })

  it('keep a thumb as whether the answer is desirable', () => {
    const { judgments } = readAll(llamaFactoryAlpaca, { ...good, kto_tag: false })
    expect(judgments[0]?.line).toMatchObject({ criterion: 'desirable', choice: 'no' })
  })

  it('refuse a row without an answer', () => {
    expect(readAll(llamaFactoryAlpaca, { instruction: 'x' })).toMatchObject({
      records: [],
      problems: [{ field: 'output' }],
    })
  })

  it('never throw', () =>
    expectNeverThrows(llamaFactoryAlpaca, { ...good, system: 's', history: [['a', 'b']] }))
})
