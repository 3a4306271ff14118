/** Links to the files of a snapshot, followed by somebody who has neither a session nor a token. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { signLink } from '#app/export/snapshot-links.server.ts'
import { type ApiProject, openApiProject } from '#tests/support/api-project.ts'
import {
  freezeDataset,
  type MadeSnapshot,
  makeDataset,
  sendJudged,
} from '#tests/support/api-snapshots.ts'
import { makeMember, signIn } from '#tests/support/server.ts'
import { zippedNames } from '#tests/support/zipped-names.ts'

describe('A link to a snapshot', () => {
  let opened: ApiProject
  let made: MadeSnapshot
  let other: MadeSnapshot

  beforeAll(async () => {
    opened = await openApiProject('sqlite')
    const campaign = await sendJudged(opened, 6)
    const recipe = { name: 'Pairs', campaigns: [campaign], target: 'trl-preference' }
    const dataset = await makeDataset(opened, { ...recipe, container: 'jsonl' })
    made = await freezeDataset(opened, dataset)
    other = await freezeDataset(opened, dataset)
  })
  afterAll(() => opened.remove())

  const train = 'preference/train.jsonl'
  const follow = async (url: string | URL, headers: Record<string, string> = {}) => {
    const response = await fetch(url, { headers })
    const bytes = Buffer.from(await response.arrayBuffer())
    return { status: response.status, bytes, text: bytes.toString('utf8') }
  }
  const linkTo = async (query: string) => {
    const { body } = await opened.api.ask(`${made.path}/link?${query}`)
    return new URL(String(body.url))
  }

  it('gives the file to whoever has it, also in parts', async () => {
    const url = await linkTo(`path=${train}`)
    const whole = await follow(url)
    expect(whole.status).toBe(200)
    expect(whole.text.trim().split('\n')).toHaveLength(6)
    const part = await follow(url, { Range: 'bytes=0-9' })
    expect([part.status, part.text]).toEqual([206, whole.text.slice(0, 10)])
    const without = await follow(`${url.origin}${url.pathname}`)
    expect(without.status).toBe(401)
  })

  it('gives all files as one archive', async () => {
    const { status, bytes } = await follow(await linkTo('minutes=10080'))
    expect(status).toBe(200)
    expect(await zippedNames(bytes)).toContain(train)
  })

  it('leads nowhere else once it is changed', async () => {
    const changed = async (change: (url: URL) => void) => {
      const url = await linkTo(`path=${train}`)
      change(url)
      return follow(url)
    }
    const changes: ((url: URL) => void)[] = [
      (url) => url.searchParams.set('expires', String(Math.floor(Date.now() / 1_000) + 999_999)),
      (url) => url.searchParams.set('signature', 'A'.repeat(43)),
      (url) => url.searchParams.delete('signature'),
      (url) => url.searchParams.delete('expires'),
      (url) => url.searchParams.append('expires', '9999999999'),
      (url) => {
        url.pathname = url.pathname.replace(train, 'README.md')
      },
      (url) => {
        url.pathname = url.pathname.replace(`/${train}`, '.zip')
      },
      (url) => {
        url.pathname = url.pathname.replace(made.snapshot, other.snapshot)
      },
      (url) => {
        url.pathname = url.pathname.replace('/support/', '/foreign/')
      },
      (url) => {
        url.pathname = url.pathname.replace('/support/', '/nobody/')
      },
    ]
    for (const change of changes) {
      const { status, text } = await changed(change)
      expect([status, text], String(change)).toEqual([
        403,
        'This link is not one of ours: something in it was changed.\n',
      ])
    }
  })

  it('ends with its time, and says so', async () => {
    const key = await readFile(path.join(opened.server.dataDir, 'site.key'), 'utf8')
    const file = { projectId: opened.project.id, snapshotId: made.snapshot, path: train }
    const address = (seconds: number) => {
      const expires = String(Math.floor(Date.now() / 1_000) + seconds)
      const query = `expires=${expires}&signature=${signLink(key, file, expires)}`
      return `${opened.server.url}/files/support/snapshots/${made.snapshot}/${train}?${query}`
    }
    expect((await follow(address(60))).status).toBe(200)
    const late = await follow(address(-1))
    expect(late.status).toBe(403)
    expect(late.text).toContain('has expired')
  })

  it('is made on the page of the snapshot, and noted', async () => {
    const member = { projectId: opened.project.id, email: 'kim@example.org' }
    const person = await makeMember(opened.db, { ...member, roles: ['engineer'] })
    const cookie = await signIn(opened.server.url, member.email)
    const page = `${opened.server.url}/p/support/export/${made.dataset}/${made.snapshot}`
    const send = (days: string) =>
      fetch(page, {
        method: 'POST',
        headers: { Cookie: cookie, Origin: opened.server.url },
        body: new URLSearchParams({ intent: 'link', path: train, days }),
      })
    const shown = await (await send('3')).text()
    const [, url = ''] = /aria-label="Link"[^>]* value="([^"]+)"/.exec(shown) ?? []
    const { status, text } = await follow(url.replaceAll('&amp;', '&'))
    expect([status, text.trim().split('\n').length]).toEqual([200, 6])
    const { detail } = await opened.db.read
      .selectFrom('audit')
      .select('detail')
      .where('actor', '=', person)
      .where('action', '=', 'snapshot link made')
      .where('subject', '=', made.snapshot)
      .executeTakeFirstOrThrow()
    const noted = JSON.parse(detail) as { path: string; expires_at: number }
    expect(noted.path).toBe(train)
    expect(Math.abs(noted.expires_at - Date.now() - 3 * 86_400_000)).toBeLessThan(60_000)
    const refused = await send('8')
    expect(refused.status).toBe(400)
    expect(await refused.text()).toContain('seven days are the most')
  })
})
