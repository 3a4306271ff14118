/** In: Zod schemas. Out: the same in JSON Schema, as an OpenAPI document holds them. */
import { z } from 'zod'
import { inSnakeCase, type JsonSchema } from './snake-keys.ts'

/** The named schemas of a document. */
export type Components = Record<string, JsonSchema>

/** Leaves out the bounds that every whole number in JavaScript has. */
function override({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum
}

/** What a schema takes. */
export const inputOf = (schema: z.ZodType): JsonSchema =>
  inSnakeCase(z.toJSONSchema(schema, { io: 'input', override })) as JsonSchema

/** A schema as it stands in the document: those with an id go to the components and are referred to. */
export function referenceTo(
  schema: z.ZodType,
  io: 'input' | 'output',
  schemas: Components,
): JsonSchema {
  // Within a list, so that a schema with an id of its own is referred to as well.
  const made = inSnakeCase(z.toJSONSchema(z.array(schema), { io, override })) as JsonSchema
  for (const [name, found] of Object.entries((made.$defs ?? {}) as Components)) {
    const { id: _, ...rest } = found
    schemas[name] = pointed(rest)
  }
  return pointed(made.items as JsonSchema)
}

/** The same with references to where the document keeps schemas. */
const pointed = (schema: JsonSchema): JsonSchema =>
  JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/', '#/components/schemas/')) as JsonSchema
