/** Reads that may take longer than the web process's event loop may stand still. */

import { findPromptFacets, type PromptFacets } from '#app/import/prompt-facets.server.ts'
import { findPromptPage, type PromptPage } from '#app/import/prompt-pages.server.ts'
import type { PromptSearch } from '#app/import/prompt-search.ts'
import { splitChoices } from '#app/import/split-choices.server.ts'
import type { SplitChoices } from '#app/projects/model-change.ts'
import { listModelRows, type ModelOverview } from '#app/projects/model-history.server.ts'
import type { Queries } from '#db/schema.ts'

interface PageInput {
  projectId: string
  search: PromptSearch
  limit: number
}

interface ModelInput {
  projectId: string
  modelId: string
}

/** By name: what a reader thread is asked for. */
export const slowReads: Record<string, (db: Queries, input: unknown) => Promise<unknown>> = {
  'prompt-page': (db, input) => findPromptPage(db, input as PageInput),
  'prompt-facets': (db, input) => findPromptFacets(db, input as string),
  models: (db, input) => listModelRows(db, input as string),
  'split-choices': (db, input) => splitChoices(db, input as ModelInput),
}

/** The slow reads as the rest of the site calls them, wherever they run. */
export interface SlowReads {
  promptPage: (input: PageInput) => Promise<PromptPage>
  /** What the prompts of a project can be filtered by; not read anew at once where that is slow. */
  promptFacets: (projectId: string) => Promise<PromptFacets>
  /** The models of a project by its id. */
  models: (projectId: string) => Promise<ModelOverview[]>
  splitChoices: (input: ModelInput) => Promise<SplitChoices>
}

/** Asks through a function: a reader thread, or the database itself where it does not block. */
export const askingThrough = (
  ask: (task: string, input: unknown) => Promise<unknown>,
): SlowReads => ({
  promptPage: (input) => ask('prompt-page', input) as Promise<PromptPage>,
  promptFacets: remembered(
    (projectId: string) => ask('prompt-facets', projectId) as Promise<PromptFacets>,
  ),
  models: (projectId) => ask('models', projectId) as Promise<ModelOverview[]>,
  splitChoices: (input) => ask('split-choices', input) as Promise<SplitChoices>,
})

/** A slow answer is good for as many times as long as it took to find. */
const worthItsTime = 50
const slowMs = 200

/**
 * Remembers a slow answer for longer the longer it took, so that what is quick is always fresh, and
 * what is slow never takes more than a small share of a thread's time.
 */
function remembered<Answer>(
  read: (key: string) => Promise<Answer>,
): (key: string) => Promise<Answer> {
  const known = new Map<string, { answer: Promise<Answer>; until: number }>()
  return (key) => {
    const found = known.get(key)
    if (found && found.until > performance.now()) return found.answer
    const started = performance.now()
    const entry = { answer: read(key), until: Number.POSITIVE_INFINITY }
    known.set(key, entry)
    entry.answer.then(
      () => {
        const now = performance.now()
        const took = now - started
        entry.until = took < slowMs ? now : now + took * worthItsTime
      },
      () => known.delete(key),
    )
    return entry.answer
  }
}
