import { mkdtemp, readdir, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { keptSiteKey } from '#app/access/site-key.server.ts'
import { linkFields } from '#app/export/snapshot-link-fields.ts'
import { checkLink, signLink } from '#app/export/snapshot-links.server.ts'

const key = 'k'.repeat(43)
const file = { projectId: 'p1', snapshotId: 's1', path: 'preference/train.jsonl' }
const expires = '1700000000'

describe('A signed link', () => {
  const signature = signLink(key, file, expires)
  const at = (now: number, change: { expires?: string; signature?: string } = {}) =>
    checkLink(key, file, { expires, signature, now, ...change })

  it('is the HMAC of what it leads to and when it ends', () => {
    expect(signature).toBe('9E1crGw2DCXb1-O9wl8A2FDnpMbQOtAafdyGTMRUxqI')
  })

  it('is good until its second comes, and expired from then on', () => {
    expect(at(1_699_999_999_999)).toBe('good')
    expect(at(1_700_000_000_000)).toBe('expired')
    expect(at(1_800_000_000_000)).toBe('expired')
  })

  it('is wrong once anything in it is changed, whatever the time', () => {
    for (const change of [
      { expires: '1700000001' },
      { expires: '01700000000' },
      { expires: 'undefined' },
      { signature: '' },
      { signature: `${signature}=` },
      { signature: signature.slice(0, -1) },
      { signature: 'é'.repeat(signature.length) },
      { signature: signature.replace(/^./, (first) => (first === 'A' ? 'B' : 'A')) },
    ]) {
      expect(at(0, change), JSON.stringify(change)).toBe('wrong')
    }
    for (const change of [
      { projectId: 'p2' },
      { snapshotId: 's2' },
      { path: 'preference/test.jsonl' },
      { path: '.zip' },
    ]) {
      const link = { expires, signature, now: 0 }
      expect(checkLink(key, { ...file, ...change }, link)).toBe('wrong')
    }
    expect(checkLink('j'.repeat(43), file, { expires, signature, now: 0 })).toBe('wrong')
  })

  it('is asked for by whole days, seven at most', () => {
    expect(linkFields.parse({ path: '.zip', days: '7' })).toEqual({ path: '.zip', minutes: 10_080 })
    for (const days of ['8', '0', '-1', '1.5', 'many', '']) {
      expect(linkFields.safeParse({ path: '.zip', days }).success, days).toBe(false)
    }
  })
})

describe('The key of a site', () => {
  const makeFolder = () => mkdtemp(path.join(tmpdir(), 'rubrica-key-'))

  it('is made once, for its owner alone, whoever comes at the same time', async () => {
    const folder = await makeFolder()
    const keys = await Promise.all(Array.from({ length: 8 }, () => keptSiteKey(folder)))
    expect(new Set(keys).size).toBe(1)
    expect(keys[0]).toMatch(/^[\w-]{43}$/)
    expect(await keptSiteKey(folder)).toBe(keys[0])
    expect(await readdir(folder)).toEqual(['site.key'])
    expect((await stat(path.join(folder, 'site.key'))).mode & 0o777).toBe(0o600)
    expect(await keptSiteKey(await makeFolder())).not.toBe(keys[0])
  })

  it('is refused where it was cut off', async () => {
    const folder = await makeFolder()
    await writeFile(path.join(folder, 'site.key'), 'short')
    await expect(keptSiteKey(folder)).rejects.toThrow('cut off')
  })
})
