/** In: a campaign, a target and a policy. Out: a folder that a trainer loads, with its card. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { findCampaign, findGuidelines, listCriteria } from '#app/assign/campaigns.server.ts'
import { printJson } from '#app/base/canonical-json.ts'
import { findingKindsIn } from '#app/import/prepare/redact.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import type { Queries } from '#db/schema.ts'
import { type CardFacts, printCard } from './card.ts'
import { countedJudgments, type ExportedCampaign } from './judged-task.ts'
import { type ExportedPrompt, walkJudgedPrompts } from './judged-tasks.server.ts'
import type { DropRule, Policy, Target } from './policy.ts'
import { modelRef, toRawLines } from './print-raw.ts'
import { type Row, type RowOrDrop, toPreferenceRow, toSftRow } from './print-trl.ts'

export interface WriteDataset {
  projectId: string
  projectName: string
  campaignId: string
  name: string
  target: Target
  policy: Policy
  /** Must not exist, or be a folder that may be replaced. */
  folder: string
  onProgress?: (prompts: number) => Promise<void>
}

export interface Manifest {
  target: Target
  policy: Policy
  /** The kinds of personal data and secrets that were removed from every text. */
  redacted: string[]
  campaign: string
  files: { configName: string; path: string; rows: number; bytes: number; sha256: string }[]
  considered: number
  dropped: Partial<Record<DropRule, number>>
  judgments: number
  raters: number
  sha256: string
}

/**
 * Writes a dataset beside its place, then moves it there, so that a folder is whole or absent. The
 * same data and policy give the same bytes.
 */
export async function writeDataset(db: Queries, options: WriteDataset): Promise<Manifest> {
  const { projectId, campaignId, target, folder } = options
  const campaign = await findCampaign(db, projectId, campaignId)
  if (!campaign) throw new Error('The campaign is gone.')
  const partial = `${folder}.partial`
  await rm(partial, { recursive: true, force: true })
  await mkdir(path.join(partial, '.meta'), { recursive: true })
  const files = await openFiles(partial, target)
  const redacted = findingKindsIn((await findRedaction(db, projectId)).kinds)
  const scope = { projectId, campaignId, redacted }
  const told = await printRows(options, {
    prompts: walkJudgedPrompts(db, scope),
    campaign: await exportedCampaign(db, options),
    files,
  })
  const written = await Promise.all(files.map((file) => file.close()))
  const manifest: Manifest = {
    target,
    policy: options.policy,
    redacted: [...redacted],
    campaign: campaign.name,
    files: written,
    ...told,
    sha256: sha256Of(written.map((file) => file.sha256).join('\n')),
  }
  const guidelines = await findGuidelines(db, projectId, campaignId)
  const facts: CardFacts = {
    ...manifest,
    name: options.name,
    project: options.projectName,
    isSimulated: campaign.is_simulated === 1,
    guidelines: guidelines?.text ?? '',
  }
  await writeDurably(path.join(partial, 'README.md'), printCard(facts))
  await writeDurably(path.join(partial, '.meta', 'manifest.json'), `${printJson(manifest)}\n`)
  await rm(folder, { recursive: true, force: true })
  await rename(partial, folder)
  return manifest
}

const sha256Of = (text: string) => createHash('sha256').update(text).digest('hex')

async function writeDurably(file: string, text: string): Promise<void> {
  await writeFile(file, text, { flush: true })
}

async function exportedCampaign(db: Queries, options: WriteDataset): Promise<ExportedCampaign> {
  const { projectId, campaignId } = options
  const campaign = await findCampaign(db, projectId, campaignId)
  const criteria = await listCriteria(db, projectId, campaignId)
  const scales = criteria.flatMap(({ name, definition }) => {
    if (definition.kind !== 'scale') return []
    const values = definition.points.map((point) => point.value)
    return [[name, [Math.min(...values), Math.max(...values)] as const] as const]
  })
  return {
    name: campaign?.name ?? '',
    kind: campaign?.kind ?? 'pairwise',
    scales: new Map(scales),
  }
}

interface RowFile {
  write: (row: Row) => Promise<void>
  close: () => Promise<Manifest['files'][number]>
}

const filesOf: Record<Target, { configName: string; path: string }[]> = {
  'trl-preference': [{ configName: 'preference', path: 'preference/train.jsonl' }],
  'trl-sft': [{ configName: 'sft', path: 'sft/train.jsonl' }],
  raw: [
    { configName: 'judgments', path: 'judgments.jsonl' },
    { configName: 'prompts', path: 'prompts.jsonl' },
  ],
}

const openFiles = (folder: string, target: Target): Promise<RowFile[]> =>
  Promise.all(filesOf[target].map((file) => openRowFile(folder, file)))

async function openRowFile(
  folder: string,
  file: { configName: string; path: string },
): Promise<RowFile> {
  const target = path.join(folder, file.path)
  await mkdir(path.dirname(target), { recursive: true })
  const stream = createWriteStream(target)
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  return {
    write: async (row) => {
      const line = Buffer.from(`${printJson(row)}\n`)
      hash.update(line)
      rows += 1
      bytes += line.length
      if (!stream.write(line)) await once(stream, 'drain')
    },
    close: async () => {
      stream.end()
      await once(stream, 'close')
      if (rows === 0) await rm(target)
      else await sync(target)
      return { ...file, rows, bytes, sha256: hash.digest('hex') }
    },
  }
}

async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r+')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

type Told = Pick<Manifest, 'considered' | 'dropped' | 'judgments' | 'raters'>

async function printRows(
  options: WriteDataset,
  {
    prompts,
    campaign,
    files,
  }: {
    prompts: AsyncIterable<ExportedPrompt>
    campaign: ExportedCampaign
    files: readonly RowFile[]
  },
): Promise<Told> {
  const dropped: Partial<Record<DropRule, number>> = {}
  const raters = new Set<string>()
  let considered = 0
  let judgments = 0
  let printed = 0
  const [main, beside] = files
  const keep = async (found: RowOrDrop) => {
    considered += 1
    if ('row' in found) await main?.write(found.row)
    else dropped[found.dropped] = (dropped[found.dropped] ?? 0) + 1
  }
  for await (const prompt of prompts) {
    for (const task of prompt.tasks) {
      const counted =
        options.target === 'raw' ? task.judgments : countedJudgments(task, options.policy.sources)
      judgments += counted.length
      for (const judgment of counted) raters.add(judgment.rater)
    }
    const work = prompt.tasks.filter((task) => task.purpose === 'work')
    if (options.target === 'trl-preference') {
      for (const task of work) await keep(toPreferenceRow(task, options.policy))
    } else if (options.target === 'trl-sft') {
      if (work.length > 0) await keep(toSftRow(work, campaign, options.policy))
    } else {
      considered += prompt.tasks.length
      await beside?.write(promptLine(prompt))
      for (const task of prompt.tasks) {
        for (const line of toRawLines(task, campaign)) await main?.write(line)
      }
    }
    printed += 1
    if (printed % 50 === 0) await options.onProgress?.(printed)
  }
  return { considered, dropped, judgments, raters: raters.size }
}

/** A prompt with the responses that its campaign's tasks hold. */
function promptLine(prompt: ExportedPrompt): Row {
  const responses = new Map(
    prompt.tasks.flatMap((task) => task.responses.map((response) => [response.id, response])),
  )
  return {
    id: prompt.id,
    ...(prompt.inputKey === null ? {} : { input_key: prompt.inputKey }),
    messages: prompt.messages,
    tags: prompt.tags,
    metadata: prompt.metadata,
    responses: [...responses.values()]
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map((response) => ({
        id: response.id,
        ...flatModel(modelRef(response.model)),
        messages: response.messages,
      })),
  }
}

const flatModel = ({ name, ...rest }: Row): Row => ({ model: name, ...rest })
