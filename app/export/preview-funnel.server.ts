/** In: a recipe. Out: what its rules keep and drop, from all prompts or from as many as there is time for. */
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Queries } from '#db/schema.ts'
import { chooseRows } from './choose-rows.server.ts'
import { datasetChecker } from './dataset-checker.server.ts'
import type { DatasetReport } from './dataset-report.ts'
import { emptyFunnel } from './funnel-counts.ts'
import type { JudgedPrompt } from './judged-task.ts'
import { walkJudgedPrompts } from './judged-tasks.server.ts'
import type { DropRule } from './policy.ts'
import type { DatasetRecipe } from './recipe.ts'
import type { RowCheck } from './row-checks.ts'
import { findRowTarget } from './targets/all.ts'
import { planChoice } from './write-rows.server.ts'

export interface FunnelPreview {
  considered: number
  dropped: Partial<Record<DropRule, number>>
  warned: Partial<Record<RowCheck, number>>
  rows: number
  prompts: number
  judgments: number
  raters: number
  /** Of all rows seen; null for raw judgments. */
  report: DatasetReport | null
  /** The share of the prompts that was read: 1 where the counts are exact. */
  share: number
}

export interface PreviewAsked {
  projectId: string
  recipe: DatasetRecipe
  /** Reading stops after so long. */
  patienceMs?: number
}

/** Less than the time in which the page must have its answer, for the way there and back. */
const patience = 180

/**
 * Prompts are read in the order of their fingerprints, which is a random one; so those that were read
 * are a fair sample of all, and how far the reading came in the fingerprints tells their share.
 */
export async function previewFunnel(
  db: Queries,
  { projectId, recipe, patienceMs = patience }: PreviewAsked,
): Promise<FunnelPreview> {
  const { campaignIds, target: name, policy } = recipe
  const removed = (await findRedaction(db, projectId)).kinds
  const redacted = findingKindsIn([...removed, ...policy.redact])
  const asked = { projectId, campaignIds, redacted, withHistory: false }
  const sample = await prompts(walkJudgedPrompts(db, asked), performance.now() + patienceMs)
  const target = findRowTarget(name === 'raw' ? 'trl-preference' : name)
  const again = async function* () {
    yield* sample.read
  }
  const choice = await planChoice(again, { policy, target })
  const funnel = emptyFunnel()
  const checker = datasetChecker(target.limits)
  for await (const one of chooseRows(again(), choice, funnel)) {
    if (one.kind !== 'row') continue
    const { row, lineage, characters, tokens } = one.chosen
    checker.add({ row, split: 'train', betterFirst: lineage.betterFirst, characters, tokens })
  }
  return {
    considered: funnel.considered,
    dropped: funnel.dropped,
    warned: funnel.warned,
    rows: funnel.rows,
    prompts: funnel.prompts,
    judgments: funnel.judgments,
    raters: funnel.raters.size,
    report: name === 'raw' ? null : checker.report(),
    share: sample.share,
  }
}

async function prompts(
  walk: AsyncIterable<JudgedPrompt>,
  until: number,
): Promise<{ read: JudgedPrompt[]; share: number }> {
  const read: JudgedPrompt[] = []
  for await (const prompt of walk) {
    if (read.length > 0 && performance.now() > until) {
      return { read, share: placeOf(read.at(-1)?.fingerprint ?? '') }
    }
    read.push(prompt)
  }
  return { read, share: 1 }
}

/** Where a fingerprint stands among all that there could be, from 0 to 1. */
const placeOf = (fingerprint: string): number =>
  Number.parseInt(fingerprint.slice(0, 12).padEnd(12, '0'), 16) / 16 ** 12
