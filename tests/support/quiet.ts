import { afterEach, expect } from 'vitest'

// What is written to console.error in a test was not meant to happen.
const said: unknown[][] = []
console.error = (...words: unknown[]) => {
  said.push(words)
}

afterEach(() => {
  const words = said.splice(0)
  expect(words, 'console.error was called').toEqual([])
})
