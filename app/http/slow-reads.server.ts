/** Reads that may take longer than the web process's event loop may stand still. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type ExtentInput, findCampaignExtent } from '#app/assign/campaign-estimate.server.ts'
import type { CampaignExtent } from '#app/assign/campaign-estimate.ts'
import {
  type CampaignListed,
  type CampaignState,
  type CampaignStateInput,
  findCampaignState,
  listCampaignsWithProgress,
} from '#app/assign/campaign-overview.server.ts'
import {
  type FunnelPreview,
  type PreviewAsked,
  previewFunnel,
} from '#app/export/preview-funnel.server.ts'
import {
  type Differences,
  type DifferencesAsked,
  findDifferences,
} from '#app/export/snapshot-differences.server.ts'
import {
  findPromptFacets,
  listLanguages,
  type PromptFacets,
} from '#app/import/prompt-facets.server.ts'
import { findPromptPage, type PromptPage } from '#app/import/prompt-pages.server.ts'
import type { PromptSearch } from '#app/import/prompt-search.ts'
import { splitChoices } from '#app/import/split-choices.server.ts'
import { type ComparisonsAsked, listComparisons } from '#app/measure/comparisons.server.ts'
import { type GateAsked, type GateReply, replyOfGate } from '#app/measure/gate.server.ts'
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
  'prompt-languages': (db, input) => listLanguages(db, input as string),
  models: (db, input) => listModelRows(db, input as string),
  'campaign-extent': (db, input) => findCampaignExtent(db, input as ExtentInput),
  'campaign-list': (db, input) => listCampaignsWithProgress(db, input as string),
  'campaign-state': (db, input) => findCampaignState(db, input as CampaignStateInput),
  comparisons: (db, input) => listComparisons(db, input as ComparisonsAsked),
  gate: (db, input) => replyOfGate(db, input as GateAsked),
  'snapshot-differences': (_db, input) => findDifferences(input as DifferencesAsked),
  'dataset-funnel': (db, input) => previewFunnel(db, input as PreviewAsked),
  'split-choices': (db, input) => splitChoices(db, input as ModelInput),
}

/** The slow reads as the rest of the site calls them, wherever they run. */
export interface SlowReads {
  promptPage: (input: PageInput) => Promise<PromptPage>
  /** What the prompts of a project can be filtered by. */
  promptFacets: (projectId: string) => Promise<PromptFacets>
  /** The languages that occur, as far as they are known by now. */
  promptLanguages: (projectId: string) => Promise<string[]>
  /** The models of a project by its id. */
  models: (projectId: string) => Promise<ModelOverview[]>
  splitChoices: (input: ModelInput) => Promise<SplitChoices>
  /** What a planned campaign would hold. */
  campaignExtent: (input: ExtentInput) => Promise<CampaignExtent>
  /** The campaigns of a project by its id, each with how far it is. */
  campaignList: (projectId: string) => Promise<CampaignListed[]>
  campaignState: (input: CampaignStateInput) => Promise<CampaignState>
  /** The prompts on which two models met. */
  comparisons: (input: ComparisonsAsked) => ReturnType<typeof listComparisons>
  /** Whether a model may take another's place. */
  gate: (input: GateAsked) => Promise<GateReply>
  /** What the rules of a dataset would keep. */
  datasetFunnel: (input: PreviewAsked) => Promise<FunnelPreview>
  /** What changed from one snapshot to another. */
  snapshotDifferences: (input: DifferencesAsked) => Promise<Differences>
}

/** Asks through a function: a reader thread, or the database itself where it does not block. */
export const askingThrough = (
  ask: (task: string, input: unknown) => Promise<unknown>,
): SlowReads => ({
  promptPage: (input) => ask('prompt-page', input) as Promise<PromptPage>,
  promptFacets: (projectId) => ask('prompt-facets', projectId) as Promise<PromptFacets>,
  promptLanguages: promptly(
    (projectId) => ask('prompt-languages', projectId) as Promise<string[]>,
    [],
  ),
  models: (projectId) => ask('models', projectId) as Promise<ModelOverview[]>,
  splitChoices: (input) => ask('split-choices', input) as Promise<SplitChoices>,
  campaignExtent: (input) => ask('campaign-extent', input) as Promise<CampaignExtent>,
  campaignList: (projectId) => ask('campaign-list', projectId) as Promise<CampaignListed[]>,
  campaignState: (input) => ask('campaign-state', input) as Promise<CampaignState>,
  comparisons: (input) => ask('comparisons', input) as ReturnType<typeof listComparisons>,
  gate: (input) => ask('gate', input) as Promise<GateReply>,
  snapshotDifferences: (input) => ask('snapshot-differences', input) as Promise<Differences>,
  datasetFunnel: (input) => ask('dataset-funnel', input) as Promise<FunnelPreview>,
})

/** Nobody waits longer than this for an answer that can be done without. */
const patienceMs = 300
/** An answer is good for as many times as long as it took to find. */
const worthItsTime = 50

/**
 * What is quick is always fresh. What is slow is read behind the scenes, for a small share of a
 * thread's time; until then, what was known before is the answer.
 */
function promptly<Answer>(
  read: (key: string) => Promise<Answer>,
  meanwhile: Answer,
): (key: string) => Promise<Answer> {
  const known = new Map<string, { answer: Answer; until: number }>()
  const reading = new Map<string, Promise<Answer>>()
  const start = (key: string) => {
    const started = performance.now()
    const fresh = read(key)
      .then((answer) => {
        const took = performance.now() - started
        const worth = took < patienceMs ? 0 : took * worthItsTime
        known.set(key, { answer, until: performance.now() + worth })
        return answer
      })
      .finally(() => reading.delete(key))
    reading.set(key, fresh)
    return fresh
  }
  return (key) => {
    const found = known.get(key)
    if (found && found.until > performance.now()) return Promise.resolve(found.answer)
    const late = sleep(patienceMs, found?.answer ?? meanwhile, { ref: false })
    return Promise.race([reading.get(key) ?? start(key), late])
  }
}
