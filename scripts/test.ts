/** `npm test`: everything, one suite after another, and one plain line over all of them. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { buildIfNeeded } from './build.ts'
import { findOrInstallBrowser } from './find-browser.ts'

const root = path.resolve(import.meta.dirname, '..')
const reports = mkdtempSync(path.join(tmpdir(), 'rubrica-reports-'))
const bin = (name: string) => path.join(root, 'node_modules', '.bin', name)

interface Outcome {
  passed: number
  failed: number
}

function run(command: string, args: string[], env: Record<string, string> = {}): boolean {
  const { status } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  })
  return status === 0
}

const asOne = (isFine: boolean): Outcome =>
  isFine ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 }

/** The counts of a report; a runner that failed without a failed test counts as one failure. */
function counted(isFine: boolean, read: () => Outcome): Outcome {
  try {
    const found = read()
    const hidden = !isFine && found.failed === 0 ? 1 : 0
    return { passed: found.passed, failed: found.failed + hidden }
  } catch {
    return asOne(false)
  }
}

const readReport = (name: string): Record<string, unknown> =>
  JSON.parse(readFileSync(path.join(reports, name), 'utf8'))

function vitest(): Outcome {
  const report = path.join(reports, 'vitest.json')
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const isFine = run(bin('vitest'), args)
  return counted(isFine, () => {
    const { numPassedTests, numFailedTests } = readReport('vitest.json')
    return { passed: Number(numPassedTests), failed: Number(numFailedTests) }
  })
}

function playwright(): Outcome {
  if (findOrInstallBrowser() === null) {
    process.stderr.write(
      'The browser tests need Chromium or Chrome: install the package "chromium", or set CHROMIUM_PATH.\n',
    )
    return asOne(false)
  }
  const isFine = run(bin('playwright'), ['test', '--reporter=list,json'], {
    PLAYWRIGHT_JSON_OUTPUT_NAME: path.join(reports, 'playwright.json'),
  })
  return counted(isFine, () => {
    const stats = readReport('playwright.json').stats as Record<string, number>
    return { passed: (stats.expected ?? 0) + (stats.flaky ?? 0), failed: stats.unexpected ?? 0 }
  })
}

const suites: [string, () => Outcome][] = [
  ['types', () => asOne(run(bin('tsc'), ['--noEmit']))],
  ['lint', () => asOne(run(bin('biome'), ['check', '.']))],
  [
    'build',
    () => {
      buildIfNeeded()
      return asOne(true)
    },
  ],
  ['unit, property and both databases', vitest],
  ['browser journeys', playwright],
]

const total: Outcome = { passed: 0, failed: 0 }
for (const [name, suite] of suites) {
  process.stdout.write(`\n— ${name}\n`)
  const { passed, failed } = suite()
  total.passed += passed
  total.failed += failed
}
rmSync(reports, { recursive: true, force: true })
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`)
process.exitCode = total.failed === 0 ? 0 : 1
