/** In: a pool of PostgreSQL connections. Out: the same, which parses a statement that comes again only once. */
import type { PostgresCursor, PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import type pg from 'pg'

/** A server keeps every named statement for each connection, so their number is bounded. */
const mostNamed = 400
/** Longer ones write many rows at once, and their number differs each time. */
const longestNamed = 4_000
/** Statements seen once that are remembered at most. */
const mostSeen = 2_000
/** A plan with all columns of a table ends with the migration that adds one; `count(*)` does not. */
const allColumns = /(?<!\()\*/

/**
 * Names for statements from their second time on. What comes only once (a migration, a filter that
 * nobody sets again) stays without a name, and so does a search in an index of words: one plan for
 * all words would be wrong for rare ones.
 */
export class StatementNames {
  readonly #names = new Map<string, string>()
  readonly #seen = new Set<string>()

  /** The name to prepare a statement under, or undefined where it is not worth keeping. */
  of(statement: string): string | undefined {
    const known = this.#names.get(statement)
    if (known !== undefined) return known
    if (this.#names.size >= mostNamed || statement.length > longestNamed) return undefined
    if (statement.includes('@@') || allColumns.test(statement)) return undefined
    if (!this.#seen.delete(statement)) {
      if (this.#seen.size >= mostSeen) this.#seen.clear()
      this.#seen.add(statement)
      return undefined
    }
    const name = `kept_${this.#names.size}`
    this.#names.set(statement, name)
    return name
  }
}

/**
 * A plan is kept from a statement's sixth time on a connection. One that was made while the tables
 * were small picks any index, so it is made anew after these many times, then after four times as many.
 */
const firstPlanFor = 16

/** Which plan serves a statement that came so often: 0, then 1 from 16 times on, 2 from 64 on … */
const planAfter = (uses: number): number =>
  uses < firstPlanFor ? 0 : Math.floor(Math.log2(uses / firstPlanFor) / 2) + 1

/** A pool for Kysely whose connections prepare what comes again under a name. */
export function keepingStatements(pool: pg.Pool): PostgresPool {
  const names = new StatementNames()
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const keeping = (client: pg.PoolClient): PostgresPoolClient => {
    const known = clients.get(client)
    if (known) return known
    const made = new KeepingClient(client, names)
    clients.set(client, made)
    return made
  }
  return {
    options: pool.options,
    connect: async () => keeping(await pool.connect()),
    end: () => pool.end(),
  }
}

class KeepingClient implements PostgresPoolClient {
  readonly #client: pg.PoolClient
  readonly #names: StatementNames
  /** How often each statement came on this connection, by its name. */
  readonly #uses = new Map<string, number>()

  constructor(client: pg.PoolClient, names: StatementNames) {
    this.#client = client
    this.#names = names
  }

  query<R>(statement: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>>
  query<R>(cursor: PostgresCursor<R>): PostgresCursor<R>
  query<R>(
    asked: string | PostgresCursor<R>,
    values: readonly unknown[] = [],
  ): Promise<PostgresQueryResult<R>> | PostgresCursor<R> {
    if (typeof asked !== 'string') throw new Error('Walk with db/pages.ts, do not stream.')
    return this.#run<R>(asked, values)
  }

  async #run<R>(text: string, values: readonly unknown[]): Promise<PostgresQueryResult<R>> {
    const kept = values.length > 0 ? this.#names.of(text) : undefined
    const name = kept === undefined ? undefined : await this.#plannedName(kept)
    const asked = { text, values: [...values], ...(name === undefined ? {} : { name }) }
    return (await this.#client.query(asked)) as unknown as PostgresQueryResult<R>
  }

  /** The name with the number of its plan; the one before is let go. */
  async #plannedName(kept: string): Promise<string> {
    const uses = this.#uses.get(kept) ?? 0
    this.#uses.set(kept, uses + 1)
    const plan = planAfter(uses)
    if (plan > 0 && planAfter(uses - 1) < plan) {
      await this.#client.query(`deallocate ${kept}_${plan - 1}`)
    }
    return `${kept}_${plan}`
  }

  release(discards?: boolean): void {
    this.#client.release(discards)
  }
}
