/** A table's columns in the words of Hugging Face `datasets`, and of Parquet. */
import type { SchemaElement } from 'hyparquet'
import type { Shape } from './row-shape.ts'

/** `json` wants datasets 4.7, as TRL does. */
const dtypeOf = {
  bool: 'bool',
  int: 'int64',
  float: 'float64',
  string: 'string',
  json: 'json',
} as const

const dtype = (shape: Shape): string =>
  shape.kind in dtypeOf ? dtypeOf[shape.kind as keyof typeof dtypeOf] : 'string'

/** Lines of YAML for the `features` of a card. Source: Hugging Face Hub, “Dataset card”. */
export function featureLines(fields: ReadonlyMap<string, Shape>, indent: string): string[] {
  return [...fields].flatMap(([name, shape]) => [
    `${indent}- name: ${JSON.stringify(name)}`,
    ...typeLines(shape, `${indent}  `),
  ])
}

function typeLines(shape: Shape, indent: string): string[] {
  if (shape.kind === 'struct') {
    return [`${indent}struct:`, ...featureLines(shape.fields, indent)]
  }
  if (shape.kind !== 'list') return [`${indent}dtype: ${dtype(shape)}`]
  if (shape.of.kind === 'struct') {
    return [`${indent}list:`, ...featureLines(shape.of.fields, indent)]
  }
  return shape.of.kind === 'list'
    ? [`${indent}list:`, ...typeLines(shape.of, `${indent}  `)]
    : [`${indent}list: ${dtype(shape.of)}`]
}

type Feature = { [name: string]: unknown } | Feature[]

/** The same as JSON, for the footer by which `datasets` tells types apart. */
export const featuresOf = (fields: ReadonlyMap<string, Shape>): Record<string, Feature> =>
  Object.fromEntries([...fields].map(([name, shape]) => [name, featureOf(shape)]))

function featureOf(shape: Shape): Feature {
  if (shape.kind === 'struct') return featuresOf(shape.fields)
  if (shape.kind === 'list') return [featureOf(shape.of)]
  return shape.kind === 'json' ? { _type: 'Json' } : { dtype: dtype(shape), _type: 'Value' }
}

/** The Parquet schema: lists have three levels, everything may be null. */
export function parquetSchema(fields: ReadonlyMap<string, Shape>): SchemaElement[] {
  return [
    { name: 'schema', num_children: fields.size },
    ...[...fields].flatMap(([name, shape]) => elementsOf(name, shape)),
  ]
}

function elementsOf(name: string, shape: Shape): SchemaElement[] {
  const head = { name, repetition_type: 'OPTIONAL' as const }
  switch (shape.kind) {
    case 'struct':
      return [
        { ...head, num_children: shape.fields.size },
        ...[...shape.fields].flatMap(([member, own]) => elementsOf(member, own)),
      ]
    case 'list':
      return [
        { ...head, num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        ...elementsOf('element', shape.of),
      ]
    case 'bool':
      return [{ ...head, type: 'BOOLEAN' }]
    case 'int':
      return [{ ...head, type: 'INT64' }]
    case 'float':
      return [{ ...head, type: 'DOUBLE' }]
    default:
      return [{ ...head, type: 'BYTE_ARRAY', converted_type: 'UTF8' }]
  }
}
