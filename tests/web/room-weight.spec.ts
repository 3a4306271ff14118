/** What an annotator's browser must load before the first task can be judged. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from '@playwright/test'
import { buildIfNeeded } from '../../scripts/build.ts'

const client = path.resolve(import.meta.dirname, '../../build/client')

interface Loaded {
  module: string
  imports?: string[]
}

/** The list of modules that the built pages load, as the browser gets it. */
function manifest(): { entry: Loaded; routes: Record<string, Loaded> } {
  const assets = path.join(client, 'assets')
  const name = readdirSync(assets).find((file) => /^manifest-.*\.js$/.test(file)) ?? ''
  const text = readFileSync(path.join(assets, name), 'utf8')
  return JSON.parse(text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1))
}

test('the rating room loads less than 150 kB of JavaScript, compressed', () => {
  buildIfNeeded()
  const { entry, routes } = manifest()
  const loaded = [entry, routes.root, routes['routes/rate']].flatMap((one) => {
    if (!one) throw new Error('the manifest does not know the room')
    return [one.module, ...(one.imports ?? [])]
  })
  const sizes = [...new Set(loaded)].map((file) => ({
    file,
    bytes: gzipSync(readFileSync(path.join(client, file)), { level: 9 }).length,
  }))
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0)
  console.log(`The room's JavaScript: ${total} bytes compressed in ${sizes.length} files`)
  expect(total, JSON.stringify(sizes, null, 1)).toBeLessThan(150_000)
  // A browser asks a server for six files at a time; with the stylesheet these come in two turns.
  expect(sizes.length, JSON.stringify(sizes, null, 1)).toBeLessThan(10)
  // What few pages need must not come with every page.
  const text = sizes.map(({ file }) => readFileSync(path.join(client, file), 'utf8')).join('\n')
  for (const rare of ['ZodError', 'katex', 'hljs-']) expect(text.includes(rare), rare).toBe(false)
})
