import type { Kysely } from 'kysely'
import { define } from './ddl.ts'

/**
 * What each pair of models did is nine tenths of the standings of a hundred models, and few pages show
 * it: it stands in a column of its own, which the others do not read.
 */
export const up = (db: Kysely<unknown>) =>
  define(db, 'alter table measurement add column pairs text;')
