/** In: the folder of an exported dataset. Out: the same on the Hugging Face Hub, as one commit. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { commit, createRepo, datasetInfo, HubApiError } from '@huggingface/hub'
import { hashFile } from './files/line-file.server.ts'
import { staysWithin } from './files/snapshot-store.ts'
import type { Manifest } from './manifest.ts'

export interface PushFolder {
  folder: string
  /** As `owner/name`. */
  repo: string
  /** Whether it must be private; where not, a new one is what its owner has set. */
  isPrivate: boolean
  token: string
  /** Undefined for the public Hub. */
  endpoint: string | undefined
}

export interface Pushed {
  repo: string
  commit: string
  url: string
  files: string[]
}

/** Something that whoever pushes can mend. */
export class PushProblem extends Error {}

/**
 * Pushes a folder, and makes its repository where there is none. What is not of the dataset stays
 * here, and so does the index of rows, which names raters and tasks of this site.
 */
export async function pushFolder(asked: PushFolder): Promise<Pushed> {
  const { folder, repo } = asked
  const manifest = await readManifest(folder)
  const files = await checkedFiles(folder, manifest)
  await ensureRepo(asked)
  const made = await commit({
    ...hubOf(asked),
    repo: { type: 'dataset', name: repo },
    title: `Rubrica ${manifest.target}, sha256 ${manifest.sha256.slice(0, 12)}`,
    operations: files.map((name) => ({
      operation: 'addOrUpdate',
      path: name,
      content: pathToFileURL(path.join(folder, name)),
    })),
  })
  if (!made) throw new Error('The Hub did not say what it committed.')
  return { repo, commit: made.commit.oid, url: made.commit.url, files }
}

const hubOf = ({ token, endpoint }: PushFolder) => ({
  accessToken: token,
  ...(endpoint === undefined ? {} : { hubUrl: endpoint }),
})

async function readManifest(folder: string): Promise<Manifest> {
  const file = path.join(folder, '.meta', 'manifest.json')
  if (!existsSync(file)) throw new PushProblem(`"${folder}" is no dataset that was exported.`)
  return JSON.parse(await readFile(file, 'utf8')) as Manifest
}

const beside = [
  'README.md',
  'REPORT.md',
  'dataset_info.json',
  'axolotl.yml',
  '.meta/manifest.json',
  '.meta/croissant.json',
]

/** What is pushed: each file of rows with the bytes that the manifest says, and what is beside them. */
async function checkedFiles(folder: string, { files }: Manifest): Promise<string[]> {
  for (const { path: name, sha256 } of files) {
    const file = path.join(folder, name)
    const isThere = staysWithin(name) && existsSync(file)
    if (!isThere) throw new PushProblem(`${name} of the manifest is missing.`)
    if ((await hashFile(file)).sha256 !== sha256) {
      throw new PushProblem(`${name} is not what the manifest says; export it again.`)
    }
  }
  const found = beside.filter((name) => existsSync(path.join(folder, name)))
  return [...found, ...files.map((file) => file.path)].sort()
}

/** Makes the repository where there is none. Rows that are to be private go to no public one. */
async function ensureRepo(asked: PushFolder): Promise<void> {
  const { repo, isPrivate } = asked
  const known = await datasetInfo({ ...hubOf(asked), name: repo }).catch((error: unknown) => {
    if (error instanceof HubApiError && error.statusCode === 404) return undefined
    throw error
  })
  if (known) {
    if (isPrivate && !known.private) {
      throw new PushProblem(`The dataset ${repo} is there already, and it is public.`)
    }
    return
  }
  await createRepo({
    ...hubOf(asked),
    repo: { type: 'dataset', name: repo },
    ...(isPrivate ? { visibility: 'private' } : {}),
  })
}
