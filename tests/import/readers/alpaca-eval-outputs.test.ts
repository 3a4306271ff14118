import { describe, expect, it } from 'vitest'
import { alpacaEvalOutputs } from '#app/import/readers/alpaca-eval-outputs.ts'
import { answersIn, expectNeverThrows, readAll, saidIn } from './reading.ts'

const row = {
  instruction: 'Name a tree.',
  output: 'The oak.',
  generator: 'alpha-7b',
  dataset: 'helpful_base',
  datasplit: 'eval',
}

describe('AlpacaEval outputs', () => {
  it('are known by instruction, output and generator', () => {
    expect(alpacaEvalOutputs.mark(row)).toBe('has "instruction", "output" and "generator"')
    expect(alpacaEvalOutputs.mark({ instruction: 'x', output: 'y' })).toBeNull()
  })

  it('keep the prompt, the answer and the model, and judge nothing', () => {
    const { contents, judgments } = readAll(alpacaEvalOutputs, row)
    expect(saidIn(contents[0])).toEqual(['user: Name a tree.'])
    expect(answersIn(contents[0])).toEqual([['alpha-7b', 'The oak.']])
    expect(contents[0]?.prompt?.metadata).toEqual({ dataset: 'helpful_base', datasplit: 'eval' })
    expect(judgments).toEqual([])
  })

  it('put the input after the instruction, and keep an empty output', () => {
    const { contents } = readAll(alpacaEvalOutputs, { ...row, input: 'In Latin.', output: '' })
    expect(saidIn(contents[0])).toEqual(['user: Name a tree.\n\nIn Latin.'])
    expect(answersIn(contents[0])).toEqual([['alpha-7b', '']])
  })

  it('are refused without a text', () => {
    expect(readAll(alpacaEvalOutputs, { ...row, output: null }).problems).toEqual([
      { field: 'output', reason: 'is not a text' },
    ])
  })

  it('never throw', () => expectNeverThrows(alpacaEvalOutputs, row))
})
