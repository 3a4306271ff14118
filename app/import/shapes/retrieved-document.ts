/** In: what a retriever found, in any tracer's form. Out: documents for raters to read. */
import { firstString, listOf, numberOf, parseNested, recordOf } from './loose-value.ts'

export interface RetrievedDocument {
  text: string
  id?: string
  title?: string
  score?: number
}

/** The documents of a retriever's output: a list of them, or an object that holds one. */
export function documentsOf(output: unknown): RetrievedDocument[] {
  const found = parseNested(output)
  const fields = recordOf(found)
  const list = Array.isArray(found)
    ? found
    : listOf(parseNested(fields?.documents ?? fields?.output ?? fields?.results))
  return list.flatMap(toDocument)
}

function toDocument(value: unknown): RetrievedDocument[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ text: value }]
  const outer = recordOf(value)
  const fields = recordOf(outer?.document) ?? recordOf(outer?.kwargs) ?? outer
  const text = firstString(fields?.page_content, fields?.pageContent, fields?.content, fields?.text)
  if (!fields || text === undefined) return []
  const about = recordOf(parseNested(fields.metadata)) ?? {}
  const id = firstString(fields.id, fields.doc_uri, about.doc_uri)
  const title = firstString(fields.title, about.title, about.source)
  const score = numberOf(fields.score ?? about.score)
  return [
    {
      text,
      ...(id === undefined ? {} : { id }),
      ...(title === undefined ? {} : { title }),
      ...(score === undefined ? {} : { score }),
    },
  ]
}
