/** How SQLite finds the rows that are asked for. */
import { sql } from 'kysely'
import type { Db } from '#db/open.ts'
import type { Queries } from '#db/schema.ts'

/** The statements that a function asks, each as the lines of its plan. */
export async function plansOf(
  db: Db,
  run: (queries: Queries) => Promise<unknown>,
): Promise<string[][]> {
  const statements: { sql: string; parameters: readonly unknown[] }[] = []
  const watched = db.write.withPlugin({
    transformQuery: ({ node }) => node,
    transformResult: async ({ result }) => result,
  })
  const executor = watched.getExecutor()
  const execute = executor.executeQuery.bind(executor)
  executor.executeQuery = (query, ...more) => {
    statements.push(query)
    return execute(query, ...more)
  }
  await run(watched)
  return Promise.all(
    statements.map(async ({ sql: text, parameters }) => {
      const parts = text.split('?')
      const query = parts
        .slice(1)
        .reduce(
          (built, part, at) => sql`${built}${sql.val(parameters[at])}${sql.raw(part)}`,
          sql`explain query plan ${sql.raw(parts[0] ?? '')}`,
        )
      const { rows } = await sql<{ detail: string }>`${query}`.execute(db.read)
      return rows.map(({ detail }) => detail)
    }),
  )
}
