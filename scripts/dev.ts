/** `npm run dev`: serves with Vite, which reloads pages, and starts the server anew when its own code changes. */
import { type ChildProcess, spawn } from 'node:child_process'
import { watch } from 'node:fs'
import path from 'node:path'
import process from 'node:process'

const root = path.resolve(import.meta.dirname, '..')
const quietMs = 150

let isRestarting = false
let child: ChildProcess = start()
let timer: ReturnType<typeof setTimeout> | undefined

function start(): ChildProcess {
  const started = spawn(process.execPath, ['app/server.ts', '--dev'], {
    cwd: root,
    stdio: 'inherit',
  })
  started.once('exit', () => {
    if (started === child && !isRestarting) {
      process.stderr.write('The server ended; it starts again with the next change.\n')
    }
  })
  return started
}

function restart(): void {
  const before = child
  if (before.exitCode !== null || before.signalCode !== null) {
    child = start()
    return
  }
  if (isRestarting) return
  isRestarting = true
  before.once('exit', () => {
    isRestarting = false
    child = start()
  })
  before.kill('SIGTERM')
}

// Components reach the server through Vite, which knows their changes itself.
for (const folder of ['app', 'db']) {
  watch(path.join(root, folder), { recursive: true }, (_event, file) => {
    if (!file?.endsWith('.ts')) return
    clearTimeout(timer)
    timer = setTimeout(restart, quietMs)
  })
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    child.kill('SIGTERM')
    process.exit(0)
  })
}
