/** The house rules: imports point upstream, suffixes say what a file may touch, each table has one writer. */
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { writtenBy } from '#db/schema.ts'

const root = path.resolve(import.meta.dirname, '..')

const walk = (folder: string): string[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`
    if (entry.isDirectory()) return walk(name)
    return /\.tsx?$/.test(name) ? [name] : []
  })

const files = [...walk('app'), ...walk('db'), ...walk('scripts')]
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')

/** Folders in the order in which data passes through them; a file imports from its own or an earlier one. */
const order = [
  ['db', 'app/base', 'app/stats'],
  ['app/ui'],
  ['app/jobs'],
  ['app/projects'],
  ['app/access'],
  ['app/notify'],
  ['app/import'],
  ['app/assign'],
  ['app/rate'],
  ['app/measure'],
  ['app/export'],
  ['app/demo'],
  ['app/http'],
  ['app/routes'],
  ['app'],
  ['scripts'],
]

const folderOf = (file: string): string => {
  const parts = file.split('/')
  if (parts[0] !== 'app') return parts[0] ?? ''
  return parts.length === 2 ? 'app' : `app/${parts[1]}`
}
const levelOf = (file: string): number => order.findIndex((level) => level.includes(folderOf(file)))

interface Import {
  from: string
  to: string
  isTypeOnly: boolean
}

function importsOf(file: string): Import[] {
  const text = read(file)
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)
  const typeOnly = new Set<string>()
  ts.forEachChild(source, (node) => {
    if (ts.isImportDeclaration(node) && node.importClause?.isTypeOnly) {
      typeOnly.add((node.moduleSpecifier as ts.StringLiteral).text)
    }
  })
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => ({
    from: file,
    to: resolved(file, fileName),
    isTypeOnly: typeOnly.has(fileName),
  }))
}

function resolved(from: string, specifier: string): string {
  if (specifier.startsWith('#')) return specifier.slice(1)
  if (specifier.startsWith('.')) return path.posix.join(path.posix.dirname(from), specifier)
  return specifier
}

const imports = files.flatMap(importsOf)
const isOurs = (name: string) => /^(app|db|scripts)\//.test(name)

describe('The tree', () => {
  it('has nothing surprising at its top', () => {
    const allowed = [
      'app',
      'db',
      'docs',
      'public',
      'scripts',
      'tests',
      'README.md',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'biome.json',
      'vite.config.ts',
      'vitest.config.ts',
      'playwright.config.ts',
    ]
    const made = ['node_modules', 'build', 'data', 'test-results']
    const found = readdirSync(root).filter((name) => !name.startsWith('.') && !made.includes(name))
    expect(found.filter((name) => !allowed.includes(name))).toEqual([])
  })

  it('knows every folder', () => {
    expect([...new Set(files.filter((file) => levelOf(file) < 0).map(folderOf))]).toEqual([])
  })

  it('imports upstream only', () => {
    const wrong = imports.filter(({ from, to }) => {
      if (!isOurs(to) || folderOf(from) === folderOf(to)) return false
      return levelOf(to) >= levelOf(from)
    })
    expect(wrong).toEqual([])
  })

  it('has statistics and base that import nothing of ours', () => {
    const wrong = imports.filter(
      ({ from, to }) =>
        /^app\/(stats|base)\//.test(from) && isOurs(to) && folderOf(to) !== folderOf(from),
    )
    expect(wrong).toEqual([])
  })

  it('has statistics that round nothing, and draw by a seed alone', () => {
    const wrong = files.filter(
      (file) =>
        file.startsWith('app/stats/') &&
        /toFixed|toPrecision|toLocaleString|Math\.round|Math\.random/.test(read(file)),
    )
    expect(wrong).toEqual([])
  })

  it('rounds figures where they are shown and nowhere earlier', () => {
    const isShown = (file: string) => /^app\/(ui|routes|import|rate|assign)\//.test(file)
    const wrong = files.filter(
      (file) => file.startsWith('app/') && !isShown(file) && /toFixed|toPrecision/.test(read(file)),
    )
    expect(wrong).toEqual([])
  })

  it('has no cycles', () => {
    const graph = new Map<string, string[]>()
    for (const { from, to, isTypeOnly } of imports) {
      if (!isTypeOnly && isOurs(to)) graph.set(from, [...(graph.get(from) ?? []), to])
    }
    const done = new Set<string>()
    const path: string[] = []
    const visit = (file: string): void => {
      const at = path.indexOf(file)
      if (at >= 0) throw new Error(`A cycle: ${[...path.slice(at), file].join(' → ')}`)
      if (done.has(file)) return
      path.push(file)
      for (const next of graph.get(file) ?? []) visit(next)
      path.pop()
      done.add(file)
    }
    for (const file of graph.keys()) visit(file)
  })

  it('has no barrels and no places for everything', () => {
    const barrels = files.filter(
      (file) => /\/index\.tsx?$/.test(file) && !file.startsWith('db/migrations/'),
    )
    expect(barrels).toEqual([])
    const vague = files.filter((file) =>
      /\/(utils?|helpers?|common|misc|manager|service)\b/.test(file),
    )
    expect(vague).toEqual([])
  })
})

describe('Suffixes', () => {
  const composition = new Set(['app/server.ts', 'app/worker.ts', 'app/reader-thread.ts'])
  const isPure = (file: string) =>
    file.startsWith('app/') &&
    file.endsWith('.ts') &&
    !/\.(server|client|process)\.ts$/.test(file) &&
    !file.startsWith('app/routes/') &&
    !composition.has(file)

  it('plain .ts touches neither disk, network nor database', () => {
    const wrong = imports.filter(
      ({ from, to, isTypeOnly }) =>
        isPure(from) &&
        !isTypeOnly &&
        (to.startsWith('node:') || to.startsWith('db/') || to.endsWith('.server.ts')),
    )
    expect(wrong).toEqual([])
  })

  it('components take only types from the server', () => {
    const wrong = imports.filter(
      ({ from, to, isTypeOnly }) =>
        from.endsWith('.tsx') &&
        !from.startsWith('app/routes/') &&
        from !== 'app/entry.server.tsx' &&
        !isTypeOnly &&
        (to.endsWith('.server.ts') || to.startsWith('db/')),
    )
    expect(wrong).toEqual([])
  })

  it('pure code has neither clock nor chance of its own', () => {
    const wrong = files.filter(
      (file) =>
        isPure(file) &&
        !file.startsWith('app/base/') &&
        !file.startsWith('app/rate/use-desk') &&
        /Date\.now\(|Math\.random\(/.test(read(file)),
    )
    expect(wrong).toEqual([])
  })
})

describe('Tables', () => {
  it('are each written by one folder', () => {
    const wrong: string[] = []
    for (const file of files.filter(
      (one) => one.startsWith('app/') || one.startsWith('scripts/'),
    )) {
      for (const [, one, other] of read(file).matchAll(
        /(?:insertInto|updateTable|deleteFrom)\(\s*'(\w+)'|insertRows\(\s*\w+,\s*'(\w+)'/g,
      )) {
        const table = one ?? other
        const owner = writtenBy[table as keyof typeof writtenBy]
        if (folderOf(file) !== `app/${owner}`)
          wrong.push(`${file} writes ${table}, which is ${owner}'s`)
      }
    }
    expect(wrong).toEqual([])
  })

  it('are spoken to in SQL by server files alone', () => {
    const wrong = files.filter(
      (file) =>
        /\.(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(read(file)) &&
        !file.endsWith('.server.ts') &&
        !file.startsWith('db/') &&
        file !== 'app/server.ts' &&
        // Benchmarks measure the database itself.
        !file.startsWith('scripts/bench'),
    )
    expect(wrong).toEqual([])
  })
})
