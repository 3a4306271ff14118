/** What the fields of Rubrica JSONL are made of. */
import { z } from 'zod'
import { storable } from '#app/base/text.ts'

export const text = z.string().transform(storable)
/** Ids may be numbers in other people's files; for us they are text. */
export const idText = z.union([text.pipe(z.string().min(1)), z.number().transform(String)])
export const moment = z.union([
  z.iso.datetime({ offset: true, local: true }).transform((iso) => Date.parse(iso)),
  z.iso.date().transform((iso) => Date.parse(iso)),
  z.number().int(),
])
export const keyed = z.record(z.string(), z.unknown())
