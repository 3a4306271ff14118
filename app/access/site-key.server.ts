/** The secret by which this site knows again what it gave out without keeping it. */
import { link, readFile, unlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { newToken } from '#app/base/hash.server.ts'
import { newId } from '#app/base/ids.ts'

/**
 * The key in the data folder, made at the first start: readable by the owner of the process alone.
 * Processes that start at once agree on one.
 */
export async function keptSiteKey(dataDir: string): Promise<string> {
  const file = path.join(dataDir, 'site.key')
  const known = await readKey(file)
  if (known !== undefined) return known
  const fresh = `${file}.${newId()}`
  await writeFile(fresh, newToken(), { mode: 0o600, flush: true })
  // A link comes to be whole or not at all, and only the first one does.
  await link(fresh, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(fresh)
  const kept = await readKey(file)
  if (kept === undefined) throw new Error(`The key of the site cannot be read from ${file}.`)
  return kept
}

async function readKey(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (text !== undefined && text.length < 32) throw new Error(`The key in ${file} is cut off.`)
  return text
}
