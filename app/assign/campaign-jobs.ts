/** The kinds of jobs that campaigns need, and what they are given. */
import { z } from 'zod'

export const makeTasksKind = 'make-tasks'
export const fitTasksKind = 'fit-tasks'
export const chooseTasksKind = 'choose-tasks'
export const closeCampaignKind = 'close-campaign'

export const campaignJobInput = z.object({ campaignId: z.string() })
