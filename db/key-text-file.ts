import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'

/** A map from text to text that lives on disk, for look-ups in files of any size. */
export interface KeyTextFile {
  put: (entries: readonly (readonly [key: string, text: string])[]) => void
  get: (key: string) => string | undefined
  /** The texts whose keys start so, in the order of the keys. */
  list: (prefix: string) => string[]
  /** Closes the file and removes it. */
  remove: () => void
}

/**
 * Opens a map in a file of its own, empty unless an earlier one is to be kept. The first text of a
 * key stays.
 */
export function openKeyTextFile(path: string, { keeps = false } = {}): KeyTextFile {
  if (!keeps) rmSync(path, { force: true })
  const database = new Database(path)
  database.pragma('journal_mode = OFF')
  database.pragma('synchronous = OFF')
  database.exec(
    'create table if not exists entry (key text primary key, text text not null) without rowid',
  )
  const insert = database.prepare('insert or ignore into entry (key, text) values (?, ?)')
  const select = database.prepare('select text from entry where key = ?').pluck()
  const selectUnder = database
    .prepare('select text from entry where key >= ? and key < ? order by key')
    .pluck()
  const insertAll = database.transaction((entries: readonly (readonly [string, string])[]) => {
    for (const entry of entries) insert.run(...entry)
  })
  return {
    put: (entries) => {
      insertAll(entries)
    },
    get: (key) => {
      const found: unknown = select.get(key)
      return typeof found === 'string' ? found : undefined
    },
    list: (prefix) =>
      selectUnder.all(prefix, `${prefix}\u{10ffff}`).filter((text) => typeof text === 'string'),
    remove: () => {
      database.close()
      rmSync(path, { force: true })
    },
  }
}
