/** Reads that may take longer than the web process's event loop may stand still. */

import { findPromptPage, type PromptPage } from '#app/import/prompt-pages.server.ts'
import type { PromptSearch } from '#app/import/prompt-search.ts'
import type { Queries } from '#db/schema.ts'

interface PageInput {
  projectId: string
  search: PromptSearch
  limit: number
}

/** By name: what a reader thread is asked for. */
export const slowReads: Record<string, (db: Queries, input: unknown) => Promise<unknown>> = {
  'prompt-page': (db, input) => findPromptPage(db, input as PageInput),
}

/** The slow reads as the rest of the site calls them, wherever they run. */
export interface SlowReads {
  promptPage: (input: PageInput) => Promise<PromptPage>
}

/** Asks through a function: a reader thread, or the database itself where it does not block. */
export const askingThrough = (
  ask: (task: string, input: unknown) => Promise<unknown>,
): SlowReads => ({
  promptPage: (input) => ask('prompt-page', input) as Promise<PromptPage>,
})
