/** What the form of a dataset offers: the campaigns, tags and models of a project. */
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { listTags } from '#app/import/prompts.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import type { Queries } from '#db/schema.ts'

export async function datasetChoices(db: Queries, projectId: string) {
  const [campaigns, tags, models] = await Promise.all([
    listCampaigns(db, projectId),
    listTags(db, projectId),
    listModels(db, projectId),
  ])
  return {
    campaigns: campaigns.map(({ id, name, kind }) => ({ id, name, kind })),
    tags: tags.slice(0, 100).map(({ tag }) => tag),
    models: models.slice(0, 200).map(({ label }) => label),
  }
}
