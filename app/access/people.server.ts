import { hash, verify } from '@node-rs/argon2'
import { z } from 'zod'
import { newId } from '#app/base/ids.ts'
import type { Queries, Tx } from '#db/schema.ts'

export const emailSchema = z
  .string()
  .trim()
  .toLowerCase()
  .pipe(z.email('that is not an e-mail address'))

export const passwordSchema = z
  .string()
  .min(10, 'a password has at least 10 characters')
  .max(500, 'a password has at most 500 characters')

export const newPersonSchema = z.object({
  name: z.string().trim().min(1, 'say how you want to be called').max(120),
  email: emailSchema,
  password: passwordSchema,
})
export type NewPerson = z.infer<typeof newPersonSchema>

/** Argon2id with the parameters that OWASP's Password Storage Cheat Sheet recommends first. */
const hashing = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

export const hashPassword = (password: string): Promise<string> => hash(password, hashing)

export interface Person {
  id: string
  email: string
  name: string
  isAdmin: boolean
}

/** Whether the site has nobody yet, so that the first visitor makes the first administrator. */
export const hasNobody = async (db: Queries): Promise<boolean> =>
  (await db.selectFrom('person').select('id').limit(1).executeTakeFirst()) === undefined

/** Adds a person under a hashed password. Undefined when the address is taken. */
export async function insertPerson(
  trx: Tx,
  person: { name: string; email: string; passwordHash: string; isAdmin: boolean; now: number },
): Promise<string | undefined> {
  const made = await trx
    .insertInto('person')
    .values({
      id: newId(),
      email: person.email,
      name: person.name,
      password_hash: person.passwordHash,
      is_admin: person.isAdmin ? 1 : 0,
      status: 'active',
      settings: '{}',
      created_at: person.now,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst()
  return made?.id
}

/** Makes the first administrator; undefined when the site has people already. */
export async function insertFirstAdmin(
  trx: Tx,
  person: { name: string; email: string; passwordHash: string; now: number },
): Promise<string | undefined> {
  return (await hasNobody(trx)) ? insertPerson(trx, { ...person, isAdmin: true }) : undefined
}

/** A hash that no password has: it costs an unknown address as long as a known one. */
let decoy: Promise<string> | undefined

/** The person whose password this is, or undefined. Takes as long for an address nobody has. */
export async function checkPassword(
  db: Queries,
  { email, password }: { email: string; password: string },
): Promise<Person | undefined> {
  const row = await db
    .selectFrom('person')
    .select(['id', 'email', 'name', 'is_admin', 'password_hash'])
    .where('email', '=', email)
    .where('status', '=', 'active')
    .executeTakeFirst()
  decoy ??= hashPassword(newId())
  const isRight = await verify(row?.password_hash ?? (await decoy), password)
  if (!row || row.password_hash === null || !isRight) return undefined
  return { id: row.id, email: row.email, name: row.name, isAdmin: row.is_admin === 1 }
}
