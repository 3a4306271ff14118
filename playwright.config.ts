import process from 'node:process'
import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/find-browser.ts'

export default defineConfig({
  testDir: 'tests/web',
  // A benchmark of minutes: `npm run bench -- room` asks for it.
  testIgnore: process.env.RUBRICA_BENCH === 'room' ? [] : ['**/room-speed.spec.ts'],
  outputDir: 'test-results',
  timeout: 90_000,
  // A page may wait for a busy machine; how fast pages are is measured by what measures it.
  expect: { timeout: 15_000 },
  workers: 1,
  fullyParallel: false,
  use: {
    viewport: { width: 1440, height: 900 },
    trace: 'off',
    launchOptions: {
      executablePath: findBrowser() ?? undefined,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
  },
})
