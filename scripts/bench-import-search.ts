/** Search over very many prompts: through the reader threads, beside the same asked of FTS5 itself. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import Database from 'better-sqlite3'
import { askingThrough } from '#app/http/slow-reads.server.ts'
import { parsePromptSearch } from '#app/import/prompt-search.ts'
import { insertProject } from '#app/projects/projects.server.ts'
import { quantile } from '#app/stats/quantile.ts'
import { migrate } from '#db/migrate.ts'
import { inTransaction, openDb } from '#db/open.ts'
import { startReaderThreads } from '#db/reader-threads.ts'

const searches = 300
const pageSize = 50

interface Bench {
  folder: string
  prompts: number
  say: (words: string) => void
}

/** Words as languages have them: few are common, most are rare. */
const wordAt = (random: number): string => `w${Math.floor(60_000 * random ** 3).toString(36)}`

/** Fills a database with prompts and measures searches for common, rare and several words. */
export async function searchAMillion({ folder, prompts, say }: Bench): Promise<void> {
  const place = path.join(folder, 'search')
  await mkdir(place, { recursive: true })
  const file = path.join(place, 'rubrica.db')
  const db = openDb({ url: file, durability: 'normal' })
  await migrate(db)
  const project = await inTransaction(db, (trx) =>
    insertProject(trx, { name: 'Search', now: Date.now() }),
  )
  await db.close()
  fill(file, { projectId: project.id, prompts })
  const queries = Array.from({ length: searches }, (_, n) => {
    const random = (salt: number) =>
      ((Math.imul(n * 31 + salt, 2654435761) >>> 0) % 10_000) / 10_000
    return n % 3 === 0 ? wordAt(random(1)) : `${wordAt(random(2) * 0.4)} ${wordAt(random(3) * 0.4)}`
  })
  const threads = startReaderThreads(new URL('../app/reader-thread.ts', import.meta.url), { file })
  const { promptPage } = askingThrough(threads.ask)
  const ask = (text: string) => {
    const search = parsePromptSearch(new URLSearchParams({ text }))
    return promptPage({ projectId: project.id, search, limit: pageSize })
  }
  await ask('warm')
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const ours = await timed(queries, ask)
  delay.disable()
  await threads.close()
  const raw = rawSearch(file, project.id)
  const theirs = await timed(queries, async (text) => raw(text))
  say(`Search over ${prompts} prompts on SQLite, ${searches} searches`)
  say(
    `  ours: p50 ${ours.p50.toFixed(1)} ms, p95 ${ours.p95.toFixed(1)} ms (under 100); event loop at most ${(delay.max / 1e6).toFixed(0)} ms`,
  )
  say(`  raw FTS5: p50 ${theirs.p50.toFixed(1)} ms, p95 ${theirs.p95.toFixed(1)} ms`)
  say(`  ratio of p95: ${(ours.p95 / theirs.p95).toFixed(2)} (under 1.50)`)
}

async function timed(queries: readonly string[], ask: (text: string) => Promise<unknown>) {
  const times: number[] = []
  for (const text of queries) {
    const started = performance.now()
    await ask(text)
    times.push(performance.now() - started)
  }
  times.sort((one, other) => one - other)
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95) }
}

function fill(file: string, { projectId, prompts }: { projectId: string; prompts: number }): void {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = OFF')
  const columns = [
    'project_id',
    'id',
    'fingerprint',
    'messages',
    'preview',
    'metadata',
    'is_text_missing',
    'characters',
    'created_at',
    'prepared_at',
  ]
  const insert = database.prepare(
    `insert into prompt (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`,
  )
  let state = 1
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
  for (let start = 0; start < prompts; start += 20_000) {
    database.transaction(() => {
      for (let place = start; place < Math.min(prompts, start + 20_000); place++) {
        const words = Array.from({ length: 12 + (place % 40) }, () => wordAt(random())).join(' ')
        const id = place.toString(36).padStart(22, '0')
        insert.run(
          projectId,
          id,
          id,
          JSON.stringify([{ role: 'user', content: words }]),
          words.slice(0, 160),
          '{}',
          0,
          words.length,
          place,
          place,
        )
      }
    })()
  }
  database.close()
}

/** The same page by one statement of SQLite's own, in this thread. */
function rawSearch(file: string, projectId: string): (text: string) => unknown {
  const database = new Database(file, { readonly: true })
  const statement = database.prepare(`
    select p.id, p.preview, p.characters, p.tokens, p.language, p.created_at,
      (select count(*) from response r where r.project_id = p.project_id and r.prompt_id = p.id),
      (select count(*) from task t join judgment j on j.project_id = t.project_id and j.task_id = t.id
        where t.project_id = p.project_id and t.prompt_id = p.id),
      (select count(*) from finding f where f.project_id = p.project_id and f.prompt_id = p.id),
      (select group_concat(tag) from prompt_tag g where g.project_id = p.project_id and g.prompt_id = p.id)
    from prompt_search s join prompt p on p.project_id = s.project_id and p.id = s.prompt_id
    where s.prompt_search match ? and s.project_id = ? and p.archived_at is null
    order by s.rowid desc limit ?`)
  return (text) => {
    const words = text.split(' ')
    const query = words.map((word, place) => `"${word}"${place === words.length - 1 ? '*' : ''}`)
    return statement.all(query.join(' '), projectId, pageSize + 1)
  }
}
