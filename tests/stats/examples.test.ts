/** Every example that the statistics show in their comments is run, and is true. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const folder = path.resolve(import.meta.dirname, '../../app/stats')
const names = readdirSync(folder).filter((name) => name.endsWith('.ts'))
const textOf = (name: string) => readFileSync(path.join(folder, name), 'utf8')

interface Example {
  name: string
  code: string
  expected: string
}

/** The examples of a file: what stands after `@example` up to the next tag or the end of the comment. */
function examplesIn(name: string): Example[] {
  const comments = textOf(name).match(/\/\*\*[\s\S]*?\*\//g) ?? []
  return comments.flatMap((comment) => {
    const [, ...parts] = comment
      .replace(/\*\/$/, '')
      .replaceAll(/\n\s*\*/g, '\n')
      .split('@example')
    return parts.map((part) => {
      const said = (part.split(/\n\s*@/)[0] ?? '').replaceAll(/\s+/g, ' ').trim()
      const at = said.lastIndexOf('// ')
      const [code, expected] = at < 0 ? [said, ''] : [said.slice(0, at), said.slice(at + 3)]
      return { name, code: code.trim(), expected: expected.trim() }
    })
  })
}

/** A number of which the first digits are given. */
class Begins {
  readonly digits: string
  constructor(digits: string) {
    this.digits = digits
  }
}

function expectSame(found: unknown, expected: unknown): void {
  if (expected instanceof Begins) {
    expect(String(found)).toMatch(/^-?\d/)
    expect(String(found).startsWith(expected.digits), `${found} begins ${expected.digits}`).toBe(
      true,
    )
  } else if (typeof expected === 'number') {
    expect(found).toBeTypeOf('number')
    expect(Math.abs(Number(found) - expected)).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(expected)),
    )
  } else if (Array.isArray(expected)) {
    const list = Array.from(found as ArrayLike<unknown>)
    expect(list).toHaveLength(expected.length)
    for (const [at, one] of expected.entries()) expectSame(list[at], one)
  } else if (typeof expected === 'object' && expected !== null) {
    for (const [key, one] of Object.entries(expected)) {
      expectSame((found as Record<string, unknown>)[key], one)
    }
  } else expect(found).toBe(expected)
}

const parts = await Promise.all(names.map((name) => import(path.join(folder, name))))
const scope: Record<string, unknown> = { Begins, ...Object.assign({}, ...parts) }

/** What an expression gives where everything that the statistics export is known. */
const resultOf = (expression: string): unknown =>
  new Function(...Object.keys(scope), `return (${expression})`)(...Object.values(scope))

const examples = names.flatMap(examplesIn)

describe('The examples of the statistics', () => {
  it.each(examples)('$name: $code is $expected', ({ code, expected }) => {
    const whole = expected.replaceAll(/(-?\d+(?:\.\d+)?)…/g, "new Begins('$1')")
    expectSame(resultOf(code), resultOf(whole))
  })

  it('stand in every file, which names its source too', () => {
    expect(names.filter((name) => examplesIn(name).length === 0)).toEqual([])
    expect(names.filter((name) => !/ Sources?: /.test(textOf(name)))).toEqual([])
  })

  it('would be found out if they lied', () => {
    expect(() => expectSame(resultOf('holm([0.01])'), [0.02])).toThrow()
    expect(() => expectSame(0.5714, new Begins('0.572'))).toThrow()
    expect(() => expectSame({ low: 1, high: 2 }, { low: 1, high: 3 })).toThrow()
    expect(() => expectSame(null, 0)).toThrow()
  })
})
