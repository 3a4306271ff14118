import path from 'node:path'
import { vitePlugin as remix } from '@remix-run/dev'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig, type Plugin, type Rollup } from 'vite'

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

const app = path.resolve('app') + path.sep
const room = path.join(app, 'routes/rate.tsx')
const ofRaters = ['rate', 'text'].map((folder) => path.join(app, folder) + path.sep)

type Modules = Parameters<Rollup.GetManualChunk>[1]

/** The modules that come with one, without those it asks for later. */
function comingWith(start: string, { getModuleInfo }: Modules): Set<string> {
  const found = new Set([start])
  for (const id of found) {
    for (const next of getModuleInfo(id)?.importedIds ?? []) found.add(next)
  }
  return found
}

/**
 * The rating room in a few files. A browser asks for six at a time, so that two dozen small ones kept
 * a rater far from the server waiting for half a second.
 */
function fewFilesForTheRoom(): Rollup.GetManualChunk {
  let ofRoom: Set<string> | undefined
  return (id, modules) => {
    ofRoom ??= comingWith(room, modules)
    // Every page loads what is asked for later by this, so that it must not bring the room along.
    if (id.includes('vite/preload-helper')) return 'shell'
    if (!ofRoom.has(id) || id === room) return undefined
    if (ofRaters.some((folder) => id.startsWith(folder))) return 'room'
    return id.startsWith(app) || id.includes('lucide-react') ? 'shell' : undefined
  }
}

export default defineConfig(({ isSsrBuild }) => ({
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
  build: {
    chunkSizeWarningLimit: 800,
    ...(isSsrBuild ? {} : { rollupOptions: { output: { manualChunks: fewFilesForTheRoom() } } }),
  },
  // Server code never reaches the browser, so its packages need not be prepared for it.
  optimizeDeps: {
    exclude: ['@node-rs/argon2', 'better-sqlite3', 'busboy', 'csv-parse', 'kysely', 'pg'],
  },
  server: { hmr: { port: 24_678 } },
}))
