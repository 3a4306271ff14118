import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { sql } from 'kysely'
import { type Db, openDb } from './open.ts'

/**
 * Copies an SQLite database into a folder and opens the copy, for work that is thrown away. The copy
 * is taken by a reader, so that nobody who writes meanwhile waits for it.
 */
export async function copyDatabase(db: Db, folder: string): Promise<Db> {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'copy.db')
  await sql`vacuum into ${file}`.execute(db.read)
  return openDb({ url: file, durability: 'off' })
}
