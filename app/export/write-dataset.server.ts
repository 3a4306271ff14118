/** In: campaigns, a target and a policy. Out: a folder that a trainer loads, with its card and report. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findCampaign, findGuidelines } from '#app/assign/campaigns.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { sha256 } from '#app/base/hash.server.ts'
import type { FindingKind } from '#app/import/prepare/finding-kinds.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Db } from '#db/open.ts'
import type { Queries } from '#db/schema.ts'
import { campaignLines } from './campaign-lines.server.ts'
import { printCard } from './card.ts'
import { companionFiles } from './companion-files.ts'
import { printCroissant } from './croissant.ts'
import { walkJudgedPrompts } from './judged-tasks.server.ts'
import type { Manifest, ManifestCampaign } from './manifest.ts'
import type { Policy } from './policy.ts'
import { printReport } from './report.ts'
import { findRowTarget, type TargetName } from './targets/all.ts'
import type { Container } from './targets/target.ts'
import { writeRaw } from './write-raw.server.ts'
import { type RowsTold, writeRows } from './write-rows.server.ts'

export interface WriteDataset {
  projectId: string
  projectName: string
  campaignIds: readonly string[]
  name: string
  target: TargetName
  /** The target's first one where nobody chose. */
  container?: Container | null
  policy: Policy
  /** Must not exist, or be a folder that may be replaced. */
  folder: string
  onProgress?: (prompts: number) => Promise<void>
}

/**
 * Writes a dataset beside its place, then moves it there, so that a folder is whole or absent. The
 * same data and policy give the same bytes.
 */
export const writeDataset = (db: Db, options: WriteDataset): Promise<Manifest> =>
  db.readAside((read) => writeFrom(read, options))

async function writeFrom(db: Queries, options: WriteDataset): Promise<Manifest> {
  const { projectId, campaignIds, target, folder, policy } = options
  const campaigns = await Promise.all(campaignIds.map((id) => campaignOf(db, projectId, id)))
  campaigns.sort((one, other) => (one.name < other.name ? -1 : 1))
  const removed = (await findRedaction(db, projectId)).kinds
  const redacted = findingKindsIn([...removed, ...policy.redact])
  const container = containerOf(options)
  const partial = `${folder}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(path.join(partial, '.meta'), { recursive: true })
  const told = await writeAll(db, { ...options, folder: partial }, { redacted, container })
  const { files, fields, ...counts } = told
  const content = {
    format: 1 as const,
    target,
    container,
    policy,
    campaigns,
    redacted: [...redacted].sort(),
    ...counts,
  }
  const manifest: Manifest = { ...content, files, sha256: sha256(printJson(content)) }
  const facts = { manifest, fields, name: options.name, project: options.projectName }
  const texts = [
    { path: 'README.md', text: printCard(facts) },
    { path: 'REPORT.md', text: printReport(facts) },
    { path: '.meta/manifest.json', text: `${printJson(manifest)}\n` },
    { path: '.meta/croissant.json', text: printCroissant(facts) },
    ...companionFiles(facts),
  ]
  for (const { path: name, text } of texts) {
    await writeFile(path.join(partial, name), text, { flush: true })
  }
  await rm(folder, { recursive: true, force: true })
  await rename(partial, folder)
  return manifest
}

async function campaignOf(db: Queries, projectId: string, id: string): Promise<ManifestCampaign> {
  const campaign = await findCampaign(db, projectId, id)
  if (!campaign) throw new Error('A campaign of the dataset is gone.')
  const guidelines = await findGuidelines(db, projectId, id)
  return {
    name: campaign.name,
    kind: campaign.kind,
    isSimulated: campaign.is_simulated === 1,
    guidelines: guidelines ?? null,
  }
}

export function containerOf({
  target,
  container,
}: Pick<WriteDataset, 'target' | 'container'>): Container {
  if (target === 'raw') return 'jsonl'
  const known = findRowTarget(target).containers
  const wanted = known.find((one) => one === container)
  return wanted ?? known[0] ?? 'jsonl'
}

interface How {
  redacted: ReadonlySet<FindingKind>
  container: Container
}

async function writeAll(db: Queries, options: WriteDataset, how: How): Promise<RowsTold> {
  const { projectId, campaignIds, target, policy, folder, onProgress } = options
  const asked = { projectId, campaignIds, redacted: how.redacted }
  const walk = () => walkJudgedPrompts(db, { ...asked, withHistory: false })
  const to = { folder, ...(onProgress ? { onProgress } : {}) }
  if (target === 'raw') {
    const campaigns = await campaignLines(db, { projectId, campaignIds })
    return writeRaw(walkJudgedPrompts(db, { ...asked, withHistory: true }), { ...to, campaigns })
  }
  return writeRows(walk, {
    ...to,
    placed: () => walkJudgedPrompts(db, { ...asked, withHistory: false, withTasks: false }),
    policy,
    target: findRowTarget(target),
    container: how.container,
  })
}
