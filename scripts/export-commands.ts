/** Datasets to a folder and to the Hub, from the command line. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { findDatasetByName } from '#app/export/datasets.server.ts'
import { type DatasetRecipe, recipeSchema } from '#app/export/recipe.ts'
import { writeDataset } from '#app/export/write-dataset.server.ts'
import { BlockedDataset } from '#app/export/write-rows.server.ts'
import { problemOf } from '#app/import/import-record.ts'
import type { Project } from '#app/projects/projects.server.ts'
import type { Db } from '#db/open.ts'
import {
  type Call,
  knownProject,
  needed,
  optional,
  print,
  UsageError,
  type Values,
  withDb,
} from './command-call.ts'

export async function runExport({ values }: Call): Promise<number> {
  const folder = await emptyFolder(values)
  return withDb(async ({ db }) => {
    const project = await knownProject(db, values)
    const { name, ...recipe } = await askedRecipe(db, project, values)
    const manifest = await writeDataset(db, {
      ...recipe,
      projectId: project.id,
      projectName: project.name,
      name,
      folder,
    }).catch((error: unknown) => {
      throw error instanceof BlockedDataset
        ? new UsageError(`Not written: ${error.message}`)
        : error
    })
    print({ out: folder, ...manifest })
    return 0
  })
}

/** Where a dataset may be written: nothing there, or an older one. */
async function emptyFolder(values: Values): Promise<string> {
  const folder = path.resolve(needed(values, 'out'))
  const isForeign =
    existsSync(folder) &&
    !existsSync(path.join(folder, '.meta', 'manifest.json')) &&
    (await readdir(folder)).length > 0
  if (isForeign) {
    throw new UsageError(`"${folder}" holds other files; name a folder that is empty or absent.`)
  }
  return folder
}

/** The recipe of a dataset that the project has, or one from the options. */
async function askedRecipe(
  db: Db,
  project: Project,
  values: Values,
): Promise<DatasetRecipe & { name: string }> {
  const stored = optional(values, 'dataset')
  if (stored !== undefined) {
    const dataset = await findDatasetByName(db.read, project.id, stored)
    if (!dataset) throw new UsageError(`There is no dataset "${stored}".`)
    return { ...recipeSchema.parse(dataset), name: dataset.name }
  }
  const target = needed(values, 'target')
  const campaigns = await listCampaigns(db.read, project.id)
  const wanted = [values.campaign].flat().filter((name) => typeof name === 'string')
  const chosen = campaigns.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
  const missing = wanted.find((name) => !campaigns.some((campaign) => campaign.name === name))
  if (missing !== undefined) {
    const names = campaigns.map(({ name }) => `"${name}"`).join(', ') || 'none'
    throw new UsageError(
      `The project "${project.name}" has no campaign "${missing}"; it has ${names}.`,
    )
  }
  const recipe = recipeSchema.safeParse({
    campaignIds: chosen.map(({ id }) => id),
    target,
    container: optional(values, 'container') ?? null,
    policy: { ...(await policyFile(values)), ...policyOptions(values) },
  })
  if (!recipe.success) {
    const { field, reason } = problemOf(recipe.error)
    throw new UsageError(`${field}: ${reason}`)
  }
  const name = `${chosen.map((campaign) => campaign.name).join(', ')}, ${target}`
  return { ...recipe.data, name }
}

async function policyFile(values: Values): Promise<Record<string, unknown>> {
  const file = optional(values, 'policy')
  if (file === undefined) return {}
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>
  } catch (error) {
    throw new UsageError(`The policy "${file}" cannot be read: ${(error as Error).message}`)
  }
}

/** What may be said of a policy without a file. */
function policyOptions(values: Values): Record<string, unknown> {
  const number = (name: string) => {
    const given = optional(values, name)
    return given === undefined ? undefined : Number(given)
  }
  const [validation, test, seed] = [number('validation'), number('test'), optional(values, 'seed')]
  const isSplit = [validation, test, seed].some((given) => given !== undefined)
  const options = {
    minimumRaters: number('min-raters'),
    minimumAgreement: number('min-agreement'),
    sources: optional(values, 'sources')?.split(','),
    aggregation: optional(values, 'aggregation'),
    criterion: optional(values, 'criterion'),
    margin: optional(values, 'margin'),
    ...(isSplit ? { splits: { validation, test, seed } } : {}),
  }
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

export async function runPush({ values }: Call): Promise<number> {
  const folder = path.resolve(needed(values, 'folder'))
  const repo = needed(values, 'repo')
  if (!/^[\w.-]+\/[\w.-]+$/.test(repo)) throw new UsageError('--repo is written owner/name.')
  const token = process.env.HF_TOKEN
  if (!token) throw new UsageError('Set HF_TOKEN to a token that may write.')
  // Loaded here: it is large, and of use to no other command.
  const { pushFolder } = await import('#app/export/push-folder.server.ts')
  const isPrivate = values.private === true
  const endpoint = process.env.HF_ENDPOINT || undefined
  print(await pushFolder({ folder, repo, isPrivate, token, endpoint }))
  return 0
}
