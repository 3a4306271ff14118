import { type Kysely, sql } from 'kysely'
import { isPostgres } from '../dialects/portable.ts'

/**
 * Runs data definitions written once for both databases. On PostgreSQL every `text` column is made
 * with `collate "C"`, so that it compares bytewise as SQLite does and order, paging and hashes agree.
 *
 * @param script statements separated by `;`, without comments
 */
export async function define(db: Kysely<unknown>, script: string): Promise<void> {
  const dialect = isPostgres(db)
    ? script.replaceAll(/^(\s+\w+) text\b/gm, '$1 text collate "C"')
    : script
  for (const statement of dialect.split(';')) {
    if (statement.trim() !== '') await sql.raw(statement).execute(db)
  }
}
