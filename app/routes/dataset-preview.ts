/** What a dataset's rules would keep, asked for while its form is filled in. */
import type { ActionFunctionArgs } from '@remix-run/node'
import type { PreviewReply } from '#app/export/dataset-builder.tsx'
import { datasetOfFields } from '#app/export/dataset-form.ts'
import { datasetProblemIn } from '#app/export/dataset-words.ts'
import { recipeSchema } from '#app/export/recipe.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { problemOf } from '#app/import/import-record.ts'
import { languageOf } from '#app/ui/languages.ts'

export async function action(args: ActionFunctionArgs): Promise<PreviewReply> {
  const { project } = await requireRole(args, 'export')
  const recipe = recipeSchema.safeParse(datasetOfFields(await readFields(args.request)))
  if (!recipe.success) {
    const { field, reason } = problemOf(recipe.error)
    const said = datasetProblemIn(languageOf(args.request))(reason)
    return { problem: `${field}: ${said}` }
  }
  const asked = { projectId: project.id, recipe: recipe.data }
  return { preview: await args.context.slowReads.datasetFunnel(asked) }
}
