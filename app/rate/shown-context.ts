/** In: what a log says was retrieved for a response. Out: documents that a rater may read. */
import { firstString, listOf, parseNested, recordOf } from '#app/import/shapes/loose-value.ts'
import { documentsOf } from '#app/import/shapes/retrieved-document.ts'
import type { ShownDocument } from './task-view.ts'

/** Where lists of what was retrieved are kept. */
const lists = [
  'documents',
  'results',
  'output',
  'passages',
  'chunks',
  'contexts',
  'context',
  'sources',
  'hits',
  'items',
  'matches',
  'retrieved',
  'references',
  'search_results',
  'data',
] as const
/** What a single one may be wrapped in. */
const wrappers = ['document', 'node', 'payload', 'chunk', '_source', 'doc'] as const
const texts = [
  'text',
  'content',
  'page_content',
  'pageContent',
  'passage',
  'snippet',
  'chunk_text',
  'body',
  'excerpt',
  'quote',
  'summary',
] as const
const titles = ['title', 'name', 'heading', 'source', 'url', 'uri', 'file', 'file_name'] as const

/** Wrappers inside each other beyond this hold nothing that was retrieved. */
const deepest = 6

/**
 * The documents in a context of any form: a text, a list of texts or of documents, or an object that
 * holds one. Only texts and titles pass, by the names that they have in logs; scores, ids and
 * whatever else stands beside them stay behind, for a rater could know a model by them. What has none
 * of these names is not shown.
 */
export function shownDocuments(context: unknown): ShownDocument[] {
  const value = parseNested(context)
  return documentsIn(typeof value === 'number' ? undefined : value, 0)
}

function documentsIn(value: unknown, depth: number): ShownDocument[] {
  if (depth > deepest) return []
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ title: '', text: value }]
  if (Array.isArray(value)) return value.flatMap((one) => documentsIn(one, depth + 1))
  const fields = recordOf(value)
  if (!fields) return []
  const [known] = documentsOf([fields])
  if (known) return [{ title: known.title ?? titleIn(fields), text: known.text }]
  const text = firstString(...texts.map((name) => fields[name]))
  if (text !== undefined) return [{ title: titleIn(fields), text }]
  const inner = wrappers.map((name) => fields[name]).find((one) => recordOf(one) !== undefined)
  if (inner !== undefined) return documentsIn(inner, depth + 1)
  return lists.flatMap((name) => {
    const held = parseNested(fields[name])
    return typeof held === 'string' || listOf(held).length > 0 || recordOf(held)
      ? documentsIn(held, depth + 1)
      : []
  })
}

const titleIn = (fields: Record<string, unknown>): string =>
  firstString(...titles.map((name) => fields[name])) ?? ''
