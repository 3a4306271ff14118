/**
 * The few expressions that differ between the databases, each with both forms in its comment.
 * Everything else in the project is written once.
 */
import {
  type Kysely,
  PostgresAdapter,
  type RawBuilder,
  type SelectQueryBuilder,
  type SqlBool,
  sql,
} from 'kysely'
import type { Schema } from '../schema.ts'

/** Which of the two databases a connection or a transaction speaks to. */
export const isPostgres = <DB>(db: Kysely<DB>): boolean =>
  db.getExecutor().adapter instanceof PostgresAdapter

/**
 * Rows that another transaction holds are passed over.
 * PostgreSQL: `for update skip locked`. SQLite: nothing, for it has one writer at a time.
 */
export const skipLocked = <T extends keyof Schema, O>(
  db: Kysely<Schema>,
  query: SelectQueryBuilder<Schema, T, O>,
): SelectQueryBuilder<Schema, T, O> => (isPostgres(db) ? query.forUpdate().skipLocked() : query)

/**
 * The row stays as it was read until the transaction ends.
 * PostgreSQL: `for update`. SQLite: nothing, since `begin immediate` already excludes other writers.
 */
export const locked = <T extends keyof Schema, O>(
  db: Kysely<Schema>,
  query: SelectQueryBuilder<Schema, T, O>,
): SelectQueryBuilder<Schema, T, O> => (isPostgres(db) ? query.forUpdate() : query)

/**
 * The row stays until the transaction ends, for any number of readers at once; whoever wants it
 * `locked` waits for them.
 * PostgreSQL: `for key share`. SQLite: nothing, since there is one writer.
 */
export const held = <T extends keyof Schema, O>(
  db: Kysely<Schema>,
  query: SelectQueryBuilder<Schema, T, O>,
): SelectQueryBuilder<Schema, T, O> => (isPostgres(db) ? query.forKeyShare() : query)

/**
 * A column has one of many values, sent as one parameter so that the statement stays the same.
 * PostgreSQL: `column = any($1)`. SQLite: `column in (select value from json_each(?))`.
 */
export const oneOf = (db: Kysely<Schema>, column: string, values: readonly string[]) =>
  isPostgres(db)
    ? sql<SqlBool>`${sql.ref(column)} = any(${[...values]}::text[])`
    : sql<SqlBool>`${sql.ref(column)} in (select value from json_each(${JSON.stringify(values)}))`

/** A word or a phrase that is looked for; a prefix fits every word that starts so. */
export interface SearchTerm {
  text: string
  isPrefix: boolean
}

/**
 * The words of a prompt hold every term, whatever the case and the accents.
 * PostgreSQL: `prompt_search.words @@ to_tsquery('simple', …)`. SQLite: `prompt_search match …`.
 */
export function hasTerms(db: Kysely<Schema>, projectId: string, terms: readonly SearchTerm[]) {
  if (isPostgres(db)) {
    const parts = terms.map(({ text, isPrefix }) =>
      isPrefix
        ? sql`to_tsquery('simple', quote_literal(${text}) || ':*')`
        : sql`phraseto_tsquery('simple', ${text})`,
    )
    return sql<SqlBool>`prompt_search.project_id = ${projectId} and prompt_search.words @@ (${sql.join(parts, sql` && `)})`
  }
  const query = terms
    .map(({ text, isPrefix }) => `"${text.replaceAll('"', ' ')}"${isPrefix ? '*' : ''}`)
    .join(' ')
  return sql<SqlBool>`prompt_search match ${query} and prompt_search.project_id = ${projectId}`
}

/**
 * The order in which an index of words gives its prompts without sorting them: as they came.
 * PostgreSQL: `prompt_search.prompt_id`. SQLite: `prompt_search.rowid`.
 */
export const searchOrder = (db: Kysely<Schema>): RawBuilder<string | number> =>
  isPostgres(db)
    ? sql<string | number>`prompt_search.prompt_id`
    : sql<string | number>`prompt_search.rowid`
