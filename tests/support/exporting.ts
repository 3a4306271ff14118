/** Judgments in a database, and a dataset made of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { policySchema } from '#app/export/policy.ts'
import type { TargetName } from '#app/export/targets/all.ts'
import type { Container } from '#app/export/targets/target.ts'
import { writeDataset } from '#app/export/write-dataset.server.ts'
import type { TestDatabase } from './database.ts'
import { importFiles, makeProject } from './project.ts'

export const jsonLines = (...lines: unknown[]): string =>
  `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`

/** A project whose log these lines are. */
export async function judgedProject(
  test: TestDatabase,
  lines: readonly unknown[],
): Promise<{ projectId: string; campaignIds: string[] }> {
  const project = await makeProject(test.db)
  const { counts, refusals } = await importFiles(test, project.id, {
    'a.jsonl': jsonLines(...lines),
  })
  if (counts.refused > 0) throw new Error(`Refused: ${JSON.stringify(refusals)}`)
  const campaigns = await test.db.read
    .selectFrom('campaign')
    .select('id')
    .where('project_id', '=', project.id)
    .orderBy('name')
    .execute()
  return { projectId: project.id, campaignIds: campaigns.map(({ id }) => id) }
}

export interface ExportAsked {
  target: TargetName
  container?: Container
  policy?: object
}

/** The folder of a dataset, what its manifest says, and its rows where they are lines. */
export async function exportedFolder(
  test: TestDatabase,
  scope: { projectId: string; campaignIds: readonly string[] },
  { target, container, policy = {} }: ExportAsked,
) {
  const folder = path.join(await mkdtemp(path.join(tmpdir(), 'rubrica-export-')), 'out')
  const manifest = await writeDataset(test.db, {
    ...scope,
    projectName: 'Test',
    name: 'A dataset: with "quotes"',
    target,
    container: container ?? null,
    policy: policySchema.parse(policy),
    folder,
  })
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const linesOf = (file: string): Record<string, unknown>[] =>
    files.includes(file)
      ? readFileSync(path.join(folder, file), 'utf8')
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line) as Record<string, unknown>)
      : []
  const textOf = (file: string) => readFileSync(path.join(folder, file), 'utf8')
  return { folder, manifest, files, linesOf, textOf }
}
