/** In: rows. Out: the shape they all share, as columns of a table with nested values. */

export type Shape =
  /** Nothing but null or empty lists yet. */
  | { kind: 'unknown' }
  | { kind: 'bool' | 'int' | 'float' | 'string' }
  /** Values too unlike for a column of their own: kept as JSON text. */
  | { kind: 'json' }
  | { kind: 'list'; of: Shape }
  | { kind: 'struct'; fields: Map<string, Shape> }

/** Objects whose keys are anybody's: a column for each key would give every row every key. */
const freeForm = new Set(['arguments', 'parameters', 'metadata'])

/** Shares and means are fractions, though every one that was seen may happen to be whole. */
const fractions = new Set(['agreement', 'margin', 'posterior', 'score', 'mean'])

const known = {
  unknown: { kind: 'unknown' },
  bool: { kind: 'bool' },
  int: { kind: 'int' },
  float: { kind: 'float' },
  string: { kind: 'string' },
  json: { kind: 'json' },
} as const satisfies Record<string, Shape>

/**
 * The shape of what has been seen and one value more. Shapes are changed in place, because most rows
 * change nothing.
 */
export function widened(shape: Shape, value: unknown, name = ''): Shape {
  if (shape.kind === 'json' || value === null || value === undefined) return shape
  if (freeForm.has(name) && typeof value === 'object') return known.json
  if (Array.isArray(value)) return widenedByList(shape, value)
  if (typeof value === 'object') return widenedByStruct(shape, value as Record<string, unknown>)
  const own = fractions.has(name) && typeof value === 'number' ? known.float : scalarOf(value)
  if (shape.kind === 'unknown' || shape.kind === own.kind) return own
  const isNumber = [shape.kind, own.kind].every((kind) => kind === 'int' || kind === 'float')
  return isNumber ? known.float : known.json
}

function scalarOf(value: unknown): Shape & { kind: 'bool' | 'int' | 'float' | 'string' } {
  if (typeof value === 'boolean') return known.bool
  if (typeof value === 'number') return Number.isSafeInteger(value) ? known.int : known.float
  return known.string
}

function widenedByList(shape: Shape, value: readonly unknown[]): Shape {
  if (shape.kind !== 'list' && shape.kind !== 'unknown') return known.json
  const list = shape.kind === 'list' ? shape : { kind: 'list' as const, of: known.unknown as Shape }
  for (const item of value) list.of = widened(list.of, item)
  return list
}

function widenedByStruct(shape: Shape, value: Record<string, unknown>): Shape {
  if (shape.kind !== 'struct' && shape.kind !== 'unknown') return known.json
  // An object without members says nothing of its columns.
  if (Object.keys(value).length === 0) return shape
  const struct =
    shape.kind === 'struct' ? shape : { kind: 'struct' as const, fields: new Map<string, Shape>() }
  for (const [key, member] of Object.entries(value)) {
    struct.fields.set(key, widened(struct.fields.get(key) ?? known.unknown, member, key))
  }
  return struct
}

/** A value as a column of that shape holds it: missing members are null, unlike values JSON text. */
export function shaped(value: unknown, shape: Shape): unknown {
  if (value === null || value === undefined) return null
  switch (shape.kind) {
    case 'json':
      return JSON.stringify(value)
    case 'list':
      return (value as unknown[]).map((item) => shaped(item, shape.of))
    case 'struct':
      return Object.fromEntries(
        [...shape.fields].map(([name, own]) => [
          name,
          shaped((value as Record<string, unknown>)[name], own),
        ]),
      )
    case 'int':
      return BigInt(value as number)
    default:
      return typeof value === 'object' ? JSON.stringify(value) : value
  }
}
