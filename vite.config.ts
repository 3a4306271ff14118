import path from 'node:path'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin } from 'vite'

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}

/** Keeps a folder out of the browser: an import that would bring it there fails the build. */
function serverOnly(folder: string): Plugin {
  const root = path.resolve(folder) + path.sep
  return {
    name: 'server-only',
    apply: 'build',
    enforce: 'pre',
    async resolveId(id, importer, options) {
      if (options.ssr || !importer) return null
      const found = await this.resolve(id, importer, { ...options, skipSelf: true })
      if (found?.id.startsWith(root)) {
        throw new Error(`${found.id} is for the server only, yet ${importer} reaches the browser`)
      }
      return null
    },
  }
}

export default defineConfig({
  plugins: [
    serverOnly('db'),
    tailwindcss(),
    remix({
      appDirectory: 'app',
      buildDirectory: 'build',
      ignoredRouteFiles: ['**/*'],
      future: {
        v3_fetcherPersist: true,
        v3_lazyRouteDiscovery: true,
        v3_relativeSplatPath: true,
        v3_routeConfig: true,
        v3_singleFetch: true,
        v3_throwAbortReason: true,
      },
    }),
  ],
  build: { chunkSizeWarningLimit: 800 },
  // Server code never reaches the browser, so its packages need not be prepared for it.
  optimizeDeps: {
    exclude: ['@node-rs/argon2', 'better-sqlite3', 'busboy', 'csv-parse', 'kysely', 'pg'],
  },
  server: { hmr: { port: 24_678 } },
})
