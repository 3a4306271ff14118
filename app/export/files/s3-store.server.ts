/** Snapshots in a bucket of S3, or of anything that speaks its language. */
import { createReadStream } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NotFound,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3'
import { Upload } from '@aws-sdk/lib-storage'
import { filesOf } from './files-of.server.ts'
import {
  type SnapshotPlace,
  type SnapshotStore,
  type StoredFile,
  staysWithin,
} from './snapshot-store.ts'

export interface Bucket {
  bucket: string
  /** What all keys begin with; empty for the whole bucket. */
  prefix: string
  /** Null for that of AWS. */
  endpoint: string | null
  /** Larger files go up in parts of so many bytes. */
  partBytes?: number
}

const usualPartBytes = 16 * 1024 * 1024

/** Keeps snapshots in a bucket; region and credentials come from where the AWS SDK looks for them. */
export function s3Store(bucket: Bucket): SnapshotStore {
  const client = new S3Client({
    ...(bucket.endpoint === null ? {} : { endpoint: bucket.endpoint, forcePathStyle: true }),
    // Others than AWS mostly have no regions, and the SDK does not do without one.
    ...(bucket.endpoint === null || process.env.AWS_REGION ? {} : { region: 'us-east-1' }),
    // Others than AWS do not all know the checksums that newer versions of the SDK would add.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: 10_000 },
  })
  const at = (place: SnapshotPlace, name = '') => ({
    Bucket: bucket.bucket,
    Key: path.posix.join(bucket.prefix, place.projectId, place.snapshotId, name),
  })
  const list = async (place: SnapshotPlace): Promise<StoredFile[]> => {
    const { Bucket, Key } = at(place)
    const pages = paginateListObjectsV2({ client }, { Bucket, Prefix: `${Key}/` })
    const files: StoredFile[] = []
    for await (const { Contents = [] } of pages) {
      for (const { Key: key = '', Size = 0 } of Contents) {
        files.push({ path: key.slice(Key.length + 1), bytes: Size })
      }
    }
    return files.sort((one, other) => (one.path < other.path ? -1 : 1))
  }
  return {
    isRemote: true,
    put: async (place, folder) => {
      const files = await filesOf(folder)
      for (const { path: name } of files) {
        const params = { ...at(place, name), Body: createReadStream(path.join(folder, name)) }
        const partSize = bucket.partBytes ?? usualPartBytes
        await new Upload({ client, params, partSize, queueSize: 2 }).done()
      }
      // An attempt before may have cut the rows into other files.
      const names = new Set(files.map((file) => file.path))
      const left = (await list(place)).filter((file) => !names.has(file.path))
      for (const { path: name } of left) await client.send(new DeleteObjectCommand(at(place, name)))
      refuseWhereOther(files, await list(place))
    },
    stat: async (place, name) => {
      if (!staysWithin(name)) return undefined
      const found = await client
        .send(new HeadObjectCommand(at(place, name)))
        .catch((error: unknown) => {
          if (error instanceof NotFound) return undefined
          throw error
        })
      return found && { path: name, bytes: found.ContentLength ?? 0 }
    },
    read: async (place, name, range) => {
      const part = range ? { Range: `bytes=${range.start}-${range.end}` } : {}
      const { Body } = await client.send(new GetObjectCommand({ ...at(place, name), ...part }))
      return Body as Readable
    },
    list,
  }
}

/** What the store says it has must be what was sent. */
function refuseWhereOther(sent: readonly StoredFile[], stored: readonly StoredFile[]): void {
  const sizes = new Map(stored.map((file) => [file.path, file.bytes]))
  const wrong = sent.find((file) => sizes.get(file.path) !== file.bytes)
  if (wrong) throw new Error(`The store does not have ${wrong.path} as it was sent.`)
}
