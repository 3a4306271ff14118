/** In: a zip archive. Out: the names of its files, each read to its end. */
import { buffer } from 'node:stream/consumers'
import { promisify } from 'node:util'
import yauzl from 'yauzl'

const open = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer)

export async function zippedNames(bytes: Buffer): Promise<string[]> {
  const zip = await open(bytes, { lazyEntries: true })
  const read = promisify(zip.openReadStream.bind(zip)) as (
    entry: yauzl.Entry,
  ) => Promise<NodeJS.ReadableStream>
  return new Promise((resolve, reject) => {
    const names: string[] = []
    zip.on('entry', (entry: yauzl.Entry) => {
      read(entry)
        .then(async (stream) => {
          const { length } = await buffer(stream)
          if (length !== entry.uncompressedSize) throw new Error(`${entry.fileName} is cut off.`)
          names.push(entry.fileName)
          zip.readEntry()
        })
        .catch(reject)
    })
    zip.on('end', () => resolve(names))
    zip.on('error', reject)
    zip.readEntry()
  })
}
