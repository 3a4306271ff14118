/** Where the files of snapshots are kept, and how they are read from there. */
import type { Readable } from 'node:stream'

/** Which snapshot. */
export interface SnapshotPlace {
  projectId: string
  snapshotId: string
}

/** The first and the last byte that are wanted. */
export interface ByteRange {
  start: number
  end: number
}

export interface StoredFile {
  /** Within the snapshot, as `preference/train.jsonl`. */
  path: string
  bytes: number
}

export interface SnapshotStore {
  /** Whether it is elsewhere than in the data folder. */
  isRemote: boolean
  /** Keeps all files of a folder; the same again in place of what an attempt before left. */
  put: (place: SnapshotPlace, folder: string) => Promise<void>
  /** A file that is there; undefined for one that is not, or a path that leads out. */
  stat: (place: SnapshotPlace, path: string) => Promise<StoredFile | undefined>
  read: (place: SnapshotPlace, path: string, range?: ByteRange) => Promise<Readable>
  /** All files, by path. */
  list: (place: SnapshotPlace) => Promise<StoredFile[]>
}

/** Whether a path stays within a snapshot, whatever system it is read on. */
export const staysWithin = (path: string): boolean =>
  path !== '' &&
  !/[\\\0]/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
