import type { Queries } from '#db/schema.ts'
import type { CampaignSettings } from './campaign.ts'

/** The prompts that a campaign may ask about: with their text, not archived, under one of its tags. */
export const campaignPrompts = (
  db: Queries,
  projectId: string,
  { tags }: Pick<CampaignSettings, 'tags'>,
) =>
  db
    .selectFrom('prompt')
    .where('prompt.project_id', '=', projectId)
    .where('prompt.is_text_missing', '=', 0)
    .where('prompt.archived_at', 'is', null)
    .$if(tags.length > 0, (query) =>
      query.where((eb) =>
        eb.exists(
          eb
            .selectFrom('prompt_tag')
            .select('tag')
            .whereRef('prompt_tag.project_id', '=', 'prompt.project_id')
            .whereRef('prompt_tag.prompt_id', '=', 'prompt.id')
            .where('tag', 'in', tags),
        ),
      ),
    )
