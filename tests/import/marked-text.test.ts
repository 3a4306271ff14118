import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markedRoles, splitMarkedText } from '#app/import/shapes/marked-text.ts'

describe('Text with "Human:" and "Assistant:" turns', () => {
  it('keeps each turn with its speaker', () => {
    expect(splitMarkedText('\n\nHuman: Hi\n\nAssistant: Hello.\n\nHuman: Bye')).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'Bye' },
    ])
  })

  it('may begin without an empty line', () => {
    expect(splitMarkedText('Human: Hi')).toEqual([{ role: 'user', content: 'Hi' }])
  })

  it('takes a last "Assistant:" for the question, not for an empty answer', () => {
    expect(splitMarkedText('\n\nHuman: Hi\n\nAssistant: ')).toHaveLength(1)
  })

  it('keeps markers within a line, and all other white space', () => {
    const [message] = splitMarkedText('\n\nHuman:  Say "Human: hi"\nAssistant: no turn \n') ?? []
    expect(message?.content).toBe(' Say "Human: hi"\nAssistant: no turn \n')
  })

  it('gives nothing where nobody knows who speaks', () => {
    expect(splitMarkedText('Hello')).toBeUndefined()
    expect(splitMarkedText('')).toBeUndefined()
    expect(splitMarkedText('A preface\n\nHuman: Hi')).toBeUndefined()
    expect(splitMarkedText('\n\nAssistant: ')).toBeUndefined()
  })

  it('gives back the turns it was made of', () => {
    const turn = fc.string({ minLength: 1 }).map((text) => `x${text.replaceAll('\n', ' ')}`)
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 6 }), (turns) => {
        const names = turns.map((_, place) => (place % 2 === 0 ? 'Human' : 'Assistant'))
        const text = turns.map((said, place) => `\n\n${names[place]}: ${said}`).join('')
        expect(splitMarkedText(text)?.map((message) => message.content)).toEqual(
          turns.map((said) => said.replaceAll('\u0000', '')),
        )
        expect(markedRoles(text)).toHaveLength(turns.length)
      }),
    )
  })
})
