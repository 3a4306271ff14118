/** The command line pushes an exported dataset to a server that stands in for the Hub. */
import { spawn } from 'node:child_process'
import { readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { type ExportAsked, exportedFolder, judgedProject } from '#tests/support/exporting.ts'
import { hubToken, type StandInHub, startStandInHub } from '#tests/support/hub-stand-in.ts'

const lines = Array.from({ length: 5 }, (_, place) => [
  {
    id: `p${place}`,
    prompt: `Question ${place}?`,
    responses: ['x', 'y'].map((model) => ({ model, content: `${model} says ${place}.` })),
  },
  { prompt_id: `p${place}`, model_a: 'x', model_b: 'y', winner: 'a', rater: 'w', campaign: 'c' },
]).flat()

describe('A push', () => {
  let hub: StandInHub
  let test: TestDatabase
  let scope: Awaited<ReturnType<typeof judgedProject>>

  beforeAll(async () => {
    hub = await startStandInHub()
    test = await openTestDatabase('sqlite')
    scope = await judgedProject(test, lines)
  })
  afterAll(async () => {
    await test.remove()
    await hub.close()
  })

  const exported = (asked: ExportAsked) => exportedFolder(test, scope, asked)

  async function push(args: string[], environment: Record<string, string> = {}) {
    const child = spawn(process.execPath, ['scripts/rubrica.mjs', 'push', ...args], {
      cwd: path.resolve(import.meta.dirname, '..', '..'),
      env: { ...process.env, HF_TOKEN: hubToken, HF_ENDPOINT: hub.endpoint, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve))
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
    return { status: await ended, stdout, stderr }
  }

  it('makes the repository and sends the dataset, large files and small', async () => {
    const { folder, manifest } = await exported({ target: 'trl-preference', container: 'parquet' })
    await writeFile(path.join(folder, 'secret.env'), 'not of the dataset')
    const args = ['--folder', folder, '--repo', 'acme/pairs', '--private']
    const { status, stdout, stderr } = await push(args)
    expect(status, stderr).toBe(0)
    const kept = must(hub.repositories.get('acme/pairs'), 'the repository')
    expect(kept.isPrivate).toBe(true)
    const names = [
      '.meta/croissant.json',
      '.meta/manifest.json',
      'README.md',
      'REPORT.md',
      'preference/train-00000-of-00001.parquet',
    ]
    expect([...kept.files.keys()].sort()).toEqual(names)
    for (const name of names) {
      const own = await readFile(path.join(folder, name))
      expect(kept.files.get(name)?.equals(own), name).toBe(true)
    }
    expect(kept.commits).toEqual([`Rubrica trl-preference, sha256 ${manifest.sha256.slice(0, 12)}`])
    expect(JSON.parse(stdout)).toMatchObject({
      repo: 'acme/pairs',
      url: `${hub.endpoint}/datasets/acme/pairs/commit/1`,
      files: names,
    })
  })

  it('takes along what a trainer wants beside the rows, into a repository that is there', async () => {
    const files = new Map<string, Buffer>()
    hub.repositories.set('acme/there', { isPrivate: true, files, commits: ['before'] })
    const { folder } = await exported({ target: 'llama-factory-dpo' })
    const args = ['--folder', folder, '--repo', 'acme/there', '--private']
    expect((await push(args)).status).toBe(0)
    expect([...files.keys()]).toContain('dataset_info.json')
    expect(hub.repositories.get('acme/there')?.commits).toHaveLength(2)
  })

  it('sends nothing private to a public repository, and nothing that was altered', async () => {
    const { folder, files } = await exported({ target: 'trl-preference', container: 'jsonl' })
    const kept = new Map<string, Buffer>()
    hub.repositories.set('acme/open', { isPrivate: false, files: kept, commits: [] })
    const open = ['--folder', folder, '--repo', 'acme/open']
    const refused = await push([...open, '--private'])
    expect([refused.status, refused.stdout, kept.size]).toEqual([2, '', 0])
    expect(refused.stderr).toContain('public')
    const rows = path.join(
      folder,
      must(
        files.find((name) => name.endsWith('.jsonl') && !name.startsWith('.')),
        'rows',
      ),
    )
    const before = await readFile(rows)
    await writeFile(rows, 'altered\n')
    const altered = await push(open)
    expect([altered.status, kept.size]).toEqual([2, 0])
    expect(altered.stderr).toContain('not what the manifest says')
    await rm(rows)
    expect((await push(open)).stderr).toContain('missing')
    await writeFile(rows, before)
    expect((await push(open)).status).toBe(0)
    expect(kept.size).toBe(5)
  })

  it('says in words what is missing or refused', async () => {
    const { folder } = await exported({ target: 'trl-preference' })
    const args = ['--folder', folder, '--repo', 'acme/never']
    const calls = [
      [args, { HF_TOKEN: '' }, 'HF_TOKEN'],
      [args, { HF_TOKEN: 'hf_other' }, 'Invalid credentials'],
      [['--folder', folder, '--repo', 'never'], {}, 'owner/name'],
      [['--folder', path.dirname(folder), '--repo', 'acme/never'], {}, 'no dataset'],
      [['--repo', 'acme/never'], {}, '--folder'],
    ] as const
    for (const [given, environment, words] of calls) {
      const { status, stdout, stderr } = await push([...given], environment)
      expect([status, stdout], stderr).toEqual([2, ''])
      expect(stderr).toContain(words)
      expect(stderr).not.toMatch(/\n\s+at /)
    }
    expect(hub.repositories.has('acme/never')).toBe(false)
  })
})
