/** A folder as one zip archive, packed as it is read. */
import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { ZipFile } from 'yazl'

/** What is packed tight already is stored as it is. */
const packed = /\.(?:parquet|gz)$/

/** Files in the order of their names; each is opened when its turn comes. */
export async function zipFolder(folder: string): Promise<Readable> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
  const zip = new ZipFile()
  for (const file of files) {
    const name = path.relative(folder, file).split(path.sep).join('/')
    zip.addReadStreamLazy(name, { compress: !packed.test(name) }, (done) => {
      done(null, createReadStream(file))
    })
  }
  zip.end()
  return zip.outputStream as Readable
}
