/** What every command of the command line has: how it is called, and how it finds what it names. */
import process from 'node:process'
import type { ParseArgsConfig } from 'node:util'
import { type Campaign, findCampaignByName, listCampaigns } from '#app/assign/campaigns.server.ts'
import { readConfiguration } from '#app/configuration.server.ts'
import { findProject, insertProject, type Project } from '#app/projects/projects.server.ts'
import { migrate } from '#db/migrate.ts'
import { type Db, inTransaction, openDb } from '#db/open.ts'

export class UsageError extends Error {}

export type Values = Record<string, string | boolean | (string | boolean)[] | undefined>

export interface Call {
  values: Values
  positionals: string[]
  holder: string
}

export interface Command {
  options: NonNullable<ParseArgsConfig['options']>
  run: (call: Call) => Promise<number>
  /** The exit code where it could not be done; 2 where none is named. */
  failure?: number
}

export const text = { type: 'string' } as const
export const flag = { type: 'boolean' } as const

export const say = (words: string) => process.stderr.write(`${words}\n`)
export const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value)}\n`)

export function needed(values: Values, name: string): string {
  const value = values[name]
  if (typeof value !== 'string' || value === '') throw new UsageError(`--${name} is needed.`)
  return value
}

export const optional = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

export async function withDb<T>(
  run: (open: { db: Db; dataDir: string }) => Promise<T>,
): Promise<T> {
  const { databaseUrl, dataDir } = readConfiguration(process.env)
  const db = openDb({ url: databaseUrl })
  try {
    await migrate(db)
    return await run({ db, dataDir })
  } finally {
    await db.close()
  }
}

export async function ensureProject(db: Db, name: string): Promise<Project> {
  const known = await findProject(db.read, name)
  return known ?? inTransaction(db, (trx) => insertProject(trx, { name, now: Date.now() }))
}

export async function knownProject(db: Db, values: Values): Promise<Project> {
  const name = needed(values, 'project')
  const project = await findProject(db.read, name)
  if (!project) throw new UsageError(`There is no project "${name}".`)
  return project
}

export async function knownCampaign(
  db: Db,
  values: Values,
): Promise<{ project: Project; campaign: Campaign }> {
  const project = await knownProject(db, values)
  const wanted = needed(values, 'campaign')
  const campaign = await findCampaignByName(db.read, project.id, wanted)
  if (campaign) return { project, campaign }
  const names = (await listCampaigns(db.read, project.id)).map((one) => `"${one.name}"`)
  throw new UsageError(
    `The project "${project.name}" has no campaign "${wanted}"; it has ${names.join(', ') || 'none'}.`,
  )
}
