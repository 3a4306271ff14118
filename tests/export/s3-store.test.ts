/** A bucket as the store of snapshots, held against a server that stands in for one. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { s3Store } from '#app/export/files/s3-store.server.ts'
import type { SnapshotStore } from '#app/export/files/snapshot-store.ts'
import { type StandInStore, startStandInStore } from '#tests/support/s3-stand-in.ts'

const place = { projectId: 'p1', snapshotId: 's1' }

describe('A bucket', () => {
  let standIn: StandInStore
  let store: SnapshotStore

  beforeAll(async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'stand-in')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret')
    standIn = await startStandInStore()
    const { endpoint } = standIn
    const partBytes = 5 * 1024 * 1024
    store = s3Store({ bucket: 'sets', prefix: 'kept/here', endpoint, partBytes })
  })
  afterEach(() => {
    standIn.objects.clear()
    standIn.refuses = undefined
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await standIn.close()
  })

  const folderOf = async (files: Record<string, string | Buffer>) => {
    const folder = await mkdtemp(path.join(tmpdir(), 'rubrica-store-'))
    for (const [name, content] of Object.entries(files)) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true })
      await writeFile(path.join(folder, name), content)
    }
    return folder
  }
  const small = {
    'README.md': 'card',
    'preference/train.jsonl': '{"a":1}\n',
    'preference/test.jsonl': '{"a":2}\n',
    '.meta/rows.jsonl': '{}\n',
    '.meta/manifest.json': '{"sha256":""}\n',
  }

  it('takes a folder under its keys, and lists it over several pages', async () => {
    await store.put(place, await folderOf(small))
    const keys = Object.keys(small).map((name) => `sets/kept/here/p1/s1/${name}`)
    expect([...standIn.objects.keys()].sort()).toEqual(keys.sort())
    standIn.objects.set('sets/kept/here/p1/s10/other', Buffer.from('of another snapshot'))
    expect(await store.list(place)).toEqual(
      Object.entries(small)
        .map(([name, text]) => ({ path: name, bytes: text.length }))
        .sort((one, other) => (one.path < other.path ? -1 : 1)),
    )
  })

  it('takes a large file in parts, and gives any part of it', async () => {
    const large = Buffer.alloc(12 * 1024 * 1024, 'abcdefg')
    await store.put(place, await folderOf({ 'train.jsonl': large }))
    const kept = standIn.objects.get('sets/kept/here/p1/s1/train.jsonl')
    expect(kept?.equals(large)).toBe(true)
    const parts = standIn.asked.filter((one) => one === 'PUT sets/kept/here/p1/s1/train.jsonl')
    expect(parts).toHaveLength(3)
    const range = { start: 7_000_000, end: 7_000_009 }
    const part = await buffer(await store.read(place, 'train.jsonl', range))
    expect(part.equals(large.subarray(7_000_000, 7_000_010))).toBe(true)
    expect((await buffer(await store.read(place, 'train.jsonl'))).equals(large)).toBe(true)
  })

  it('knows what is there, and nothing outside of the snapshot', async () => {
    await store.put(place, await folderOf(small))
    expect(await store.stat(place, 'README.md')).toEqual({ path: 'README.md', bytes: 4 })
    for (const name of ['nowhere', '../s1/README.md', '', '/README.md', 'a//b', '.']) {
      expect(await store.stat(place, name), name).toBeUndefined()
    }
    standIn.refuses = () => true
    await expect(store.stat(place, 'README.md')).rejects.toThrow()
  })

  it('forgets what an attempt before left', async () => {
    await store.put(place, await folderOf({ ...small, 'old.parquet': 'old' }))
    await store.put(place, await folderOf({ ...small, 'README.md': 'another card' }))
    const names = (await store.list(place)).map((file) => file.path)
    expect(names).toEqual(Object.keys(small).sort())
    expect((await store.stat(place, 'README.md'))?.bytes).toBe(12)
  })

  it('says so where it has not everything', async () => {
    const folder = await folderOf(small)
    standIn.refuses = (asked) => asked === 'PUT sets/kept/here/p1/s1/README.md'
    await expect(store.put(place, folder)).rejects.toThrow()
    standIn.refuses = (asked) => {
      if (asked === 'GET sets/') standIn.objects.delete('sets/kept/here/p1/s1/README.md')
      return false
    }
    await expect(store.put(place, folder)).rejects.toThrow('does not have README.md')
    await rm(folder, { recursive: true })
  })
})
