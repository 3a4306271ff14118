import type { Compilable, CompiledQuery } from 'kysely'
import { isPostgres } from './dialects/portable.ts'
import type { Queries } from './schema.ts'

/** Stands in a query for a value that each asking brings. */
class Blank {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

const blanks = new Proxy({}, { get: (_, name) => new Blank(String(name)) })

/**
 * A query that is built once for each database and asked with other values ever after: building is
 * most of what a small query costs.
 *
 * @param build writes the query with `values` where they are bound. It must not look at them: none is
 * there yet. What changes the statement (how many values stand in a list) cannot be kept so.
 * @throws where an asking leaves a value out; `null` is one
 */
export function keptQuery<Values extends object, Row>(
  build: (db: Queries, values: Values) => Compilable<Row>,
): (db: Queries, values: Values) => Promise<Row[]> {
  const built = new Map<boolean, CompiledQuery<Row>>()
  return async (db, values) => {
    const isOfPostgres = isPostgres(db)
    let query = built.get(isOfPostgres)
    if (!query) {
      query = build(db, blanks as Values).compile()
      built.set(isOfPostgres, query)
    }
    const given = new Map<string, unknown>(Object.entries(values))
    const parameters = query.parameters.map((parameter) =>
      parameter instanceof Blank ? mustHave(given, parameter.name) : parameter,
    )
    return (await db.executeQuery<Row>({ ...query, parameters })).rows
  }
}

function mustHave(given: ReadonlyMap<string, unknown>, name: string): unknown {
  const value = given.get(name)
  if (value === undefined) throw new Error(`Missing: ${name}, a value of the query`)
  return value
}
