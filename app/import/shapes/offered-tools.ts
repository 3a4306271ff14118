/** In: the tools a row says were offered. Out: the same, on each response it holds. */
import type { ImportRecord } from '../import-record.ts'

/** The records, with these tools on their responses; a list may be written as JSON. */
export function withTools(records: ImportRecord[], tools: unknown): ImportRecord[] {
  const offered = toolsOf(tools)
  if (offered === undefined) return records
  return records.map((record) => {
    if (record.kind !== 'content') return record
    return {
      ...record,
      responses: record.responses.map((response) => ({ ...response, tools: offered })),
    }
  })
}

function toolsOf(tools: unknown): unknown {
  if (Array.isArray(tools)) return tools.length === 0 ? undefined : tools
  if (typeof tools !== 'string' || !/^\s*\[/.test(tools)) return undefined
  try {
    return toolsOf(JSON.parse(tools))
  } catch {
    return undefined
  }
}
