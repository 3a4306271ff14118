import { z } from 'zod'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import type { PromptPage } from '#app/import/prompt-pages.server.ts'
import { visiblePreviews } from '#app/import/prompt-previews.server.ts'
import { promptSearchSchema } from '#app/import/prompt-search.ts'
import { type Visibility, visibleText } from '#app/import/shown-text.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Queries } from '#db/schema.ts'
import { apiProblem } from '../problems.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'
import { pageOf, pageQuery, printCursor } from './pages.ts'
import { promptDetailSchema, promptSchema, showPrompt } from './prompt-schemas.ts'
import { findShownPrompt } from './show-prompt.server.ts'

const resource = 'Prompts'
const filter = z.string().min(1).max(500).optional()

const query = pageQuery.extend({
  q: filter.describe('Words of the prompt; a phrase in double quotes.'),
  tag: filter,
  model: filter.describe('Id of a model that answered.'),
  source: filter.describe('The source of the import that brought it.'),
  import: filter.describe('Id of the import that brought it.'),
  language: filter.describe('As "en".'),
  judged: z.enum(['yes', 'no']).optional(),
  archived: z.enum(['yes', 'all']).optional().describe('Archived ones are left out otherwise.'),
})

/** What callers see of a project's texts: nobody sees through the API what is removed from them. */
export async function visibilityOf(db: Queries, projectId: string): Promise<Visibility> {
  const { kinds } = await findRedaction(db, projectId)
  return { kinds: findingKindsIn(kinds), isOriginal: false }
}

async function shownPage(db: Queries, projectId: string, { rows, next }: PromptPage) {
  const visibility = await visibilityOf(db, projectId)
  const visible = await visiblePreviews(db, projectId, { rows, visibility })
  return {
    items: visible.map((row) => {
      const shown = showPrompt(row)
      return { ...shown, tags: shown.tags.map((tag) => visibleText(tag, visibility)) }
    }),
    next: next === null ? null : printCursor(next),
  }
}

export const promptOperations: readonly Operation[] = [
  reading({
    id: 'listPrompts',
    resource,
    path: '/projects/:project/prompts',
    summary: 'The prompts of a project, the oldest first',
    permission: 'see-data',
    params: z.object({}),
    query,
    response: { status: 200, description: 'A page of prompts.', schema: pageOf(promptSchema) },
    answer: async ({ projectId, query: { q, limit, import: batch, ...asked }, context }) => {
      const search = promptSearchSchema.parse({ ...asked, text: q, batch, sort: 'oldest' })
      const page = await context.slowReads.promptPage({ projectId, search, limit })
      return shownPage(context.db.read, projectId, page)
    },
  }),
  reading({
    id: 'getPrompt',
    resource,
    path: '/projects/:project/prompts/:prompt',
    summary: 'One prompt with its responses',
    permission: 'see-data',
    params: z.object({ prompt: z.string() }),
    query: z.object({}),
    response: { status: 200, description: 'The prompt.', schema: promptDetailSchema },
    answer: async ({ projectId, params, context }) => {
      const { read } = context.db
      const visibility = await visibilityOf(read, projectId)
      const shown = await findShownPrompt(read, projectId, { id: params.prompt, visibility })
      if (!shown) throw apiProblem(404, 'No such prompt', 'It is not a prompt of this project.')
      return shown
    },
  }),
]
