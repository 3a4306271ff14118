/**
 * In: the attributes of a span, as dotted names, as nested objects or as a mix of both. Out: the
 * value at a dotted name, and lists whose elements are numbered in the names.
 */
import { firstString, numberOf, parseNested, recordOf } from './loose-value.ts'

export type Attributes = Record<string, unknown>

/**
 * The value at a dotted name, wherever the dots are nesting and wherever they are part of a name.
 *
 * @example attributeAt({ llm: { 'token_count.prompt': 3 } }, 'llm.token_count.prompt') // 3
 */
export function attributeAt(attributes: unknown, name: string): unknown {
  const fields = recordOf(attributes)
  if (!fields) return undefined
  if (Object.hasOwn(fields, name)) return fields[name]
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const inner = fields[name.slice(0, dot)]
    const found = recordOf(inner) ? attributeAt(inner, name.slice(dot + 1)) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

/** The first of several names that holds a text or a whole number. */
export const textAt = (attributes: Attributes, ...names: string[]): string | undefined =>
  firstString(...names.map((name) => attributeAt(attributes, name)))

/** The first of several names that holds a number. */
export function numberAt(attributes: Attributes, ...names: string[]): number | undefined {
  for (const name of names) {
    const found = numberOf(attributeAt(attributes, name))
    if (found !== undefined) return found
  }
  return undefined
}

/** The longest list whose elements are looked for in names. */
const mostElements = 100_000

/**
 * The elements of a list: given as one, as its JSON, or as attributes numbered behind its name.
 *
 * @example listAt({ 'a.0.b': 1, 'a.1.b': 2 }, 'a') // [{ b: 1 }, { b: 2 }]
 */
export function listAt(attributes: Attributes, name: string): unknown[] {
  const whole = parseNested(attributeAt(attributes, name))
  if (Array.isArray(whole)) return whole
  const numbered = recordOf(whole) ?? below(attributes, name)
  const elements = new Map<number, unknown>()
  for (const [member, value] of Object.entries(numbered)) {
    const [, digits, rest] = /^(\d+)(?:\.(.+))?$/s.exec(member) ?? []
    if (digits === undefined) continue
    const place = Math.min(Number(digits), mostElements)
    const element = rest === undefined ? value : { ...recordOf(elements.get(place)), [rest]: value }
    elements.set(place, element)
  }
  return [...elements].sort(([one], [other]) => one - other).map(([, element]) => element)
}

/** The attributes whose names go on behind a name, by the rest of their names. */
function below(attributes: Attributes, name: string): Attributes {
  const prefix = `${name}.`
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([member, value]) =>
      member.startsWith(prefix) ? [[member.slice(prefix.length), value]] : [],
    ),
  )
}

/** Settings of a request by the names that models know them by. */
export function parametersAt(attributes: Attributes, prefix: string): Attributes {
  const names = [
    'temperature',
    'top_p',
    'top_k',
    'max_tokens',
    'frequency_penalty',
    'presence_penalty',
    'reasoning_effort',
  ]
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = attributeAt(attributes, `${prefix}.${name}`)
      return value === undefined || value === null ? [] : [[name, numberOf(value) ?? value]]
    }),
  )
}

/** A version of a prompt template as `name@version`, or what is told of it. */
export const promptVersionOf = (
  name: string | undefined,
  version: string | undefined,
): string | undefined => (name && version ? `${name}@${version}` : (version ?? name))
