/**
 * In JSON, fields are written in snake_case; some schemas, which forms share, are in camelCase. These
 * turn the one into the other, for values, types and schemas.
 */
import { z } from 'zod'

type Snake<Name extends string> = Name extends `${infer Head}${infer Rest}`
  ? Head extends Lowercase<Head>
    ? `${Head}${Snake<Rest>}`
    : `_${Lowercase<Head>}${Snake<Rest>}`
  : Name

/** A type with all its keys in snake_case. */
export type SnakeKeys<Value> = Value extends readonly unknown[]
  ? { [Place in keyof Value]: SnakeKeys<Value[Place]> }
  : Value extends object
    ? { [Key in keyof Value as Key extends string ? Snake<Key> : Key]: SnakeKeys<Value[Key]> }
    : Value

/** A name in snake_case. @example snakeCase('goldRate') // 'gold_rate' */
export const snakeCase = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)

const camelCase = (name: string): string =>
  name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

function withKeys(value: unknown, rename: (name: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => withKeys(one, rename))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [rename(name), withKeys(inner, rename)]),
  )
}

/** A value with all its keys in snake_case. */
export const snakeKeys = <Value>(value: Value): SnakeKeys<Value> =>
  withKeys(value, snakeCase) as SnakeKeys<Value>

/** Marks a schema in camelCase whose JSON is in snake_case; `inSnakeCase` finds it in JSON Schema. */
const mark = 'x-snake-case'

/** A schema of what is sent: reads snake_case, gives what the schema in camelCase gives. */
export const readingSnake = <Output>(schema: z.ZodType<Output>): z.ZodType<Output> =>
  z.preprocess((value) => withKeys(value, camelCase), schema).meta({ [mark]: true })

/** A schema of what is answered: what `snakeKeys` makes of a value of the schema in camelCase. */
export const writingSnake = <Output>(schema: z.ZodType<Output>): z.ZodType<SnakeKeys<Output>> =>
  schema.meta({ [mark]: true }) as unknown as z.ZodType<SnakeKeys<Output>>

/** JSON Schema, or a part of one. */
export type JsonSchema = { [name: string]: unknown }

const isObject = (value: unknown): value is JsonSchema =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

/** JSON Schema with the names of properties in snake_case where a schema was marked so. */
export function inSnakeCase(schema: unknown, isMarked = false): unknown {
  if (Array.isArray(schema)) return schema.map((one) => inSnakeCase(one, isMarked))
  if (!isObject(schema)) return schema
  const { [mark]: own, ...rest } = schema
  const isSnake = isMarked || own === true
  return Object.fromEntries(
    Object.entries(rest).map(([name, inner]) => {
      if (!isSnake) return [name, inSnakeCase(inner)]
      if (name === 'default') return [name, withKeys(inner, snakeCase)]
      if (name === 'required' && Array.isArray(inner)) {
        return [name, inner.map((field) => snakeCase(String(field)))]
      }
      if (name === 'properties' && isObject(inner)) {
        const fields = Object.entries(inner)
        return [
          name,
          Object.fromEntries(
            fields.map(([field, of]) => [snakeCase(field), inSnakeCase(of, true)]),
          ),
        ]
      }
      return [name, inSnakeCase(inner, true)]
    }),
  )
}
