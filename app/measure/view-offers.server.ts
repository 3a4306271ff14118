/** In: a project. Out: what its judgments can be narrowed to in a view. */
import { listModels } from '#app/projects/models.server.ts'
import { countGroups } from '#app/projects/rater-profile.ts'
import { listRaterProfiles } from '#app/projects/raters.server.ts'
import type { Queries } from '#db/schema.ts'
import type { ViewOffers } from './view-choices.ts'

const mostOffered = 200

/** The tags, versions of prompts and groups of raters that a view may be narrowed to. */
export async function viewOffers(
  db: Queries,
  { projectId, tags }: { projectId: string; tags: readonly { tag: string }[] },
): Promise<ViewOffers> {
  const models = await listModels(db, projectId)
  const versions = new Set(models.map((model) => model.prompt_version).filter((one) => one !== ''))
  return {
    tag: tags.slice(0, mostOffered).map(({ tag }) => tag),
    prompt_version: [...versions].sort().slice(0, mostOffered),
    rater_group: countGroups(await listRaterProfiles(db, projectId)).map(({ group }) => group),
  }
}
