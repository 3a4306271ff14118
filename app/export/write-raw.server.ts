/**
 * In: judged prompts. Out: every judgment, revision and skip as Rubrica JSONL, and beside them the
 * campaigns, what tasks hold more, and the prompts.
 */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type LineFile, openLineFile } from './files/line-file.server.ts'
import type { WrittenFile } from './files/written-file.ts'
import type { JudgedPrompt } from './judged-task.ts'
import { pacedProgress } from './paced-progress.ts'
import { type RawLine, toRawLines } from './print-raw.ts'
import { toPromptLine, toTaskLine } from './print-raw-task.ts'
import type { RowsTold } from './write-rows.server.ts'

export interface WriteRaw {
  folder: string
  /** What each campaign asked. */
  campaigns: readonly RawLine[]
  onProgress?: (prompts: number) => Promise<void>
}

const judgmentsConfig = 'judgments'
const promptsConfig = 'prompts-and-responses'
const campaignsConfig = 'campaigns'
const tasksConfig = 'tasks'

export async function writeRaw(
  prompts: AsyncIterable<JudgedPrompt>,
  { folder, campaigns, onProgress }: WriteRaw,
): Promise<RowsTold> {
  const judgmentLines = await openLineFile(path.join(folder, 'judgments.jsonl'))
  const promptLines = await openLineFile(path.join(folder, 'prompts.jsonl'))
  const taskLines = await openLineFile(path.join(folder, 'tasks.jsonl'))
  const campaignLines = await openLineFile(path.join(folder, 'campaigns.jsonl'))
  for (const line of campaigns) await campaignLines.write(line)
  const raters = new Set<string>()
  const judgmentsBySource: Record<string, number> = {}
  const noteDone = pacedProgress(onProgress)
  let [seen, tasks, judgments] = [0, 0, 0]
  for await (const prompt of prompts) {
    const line = toPromptLine(prompt)
    if (line) await promptLines.write(line)
    for (const task of prompt.tasks) {
      tasks += 1
      for (const { rater, source } of task.judgments) {
        judgments += 1
        judgmentsBySource[source] = (judgmentsBySource[source] ?? 0) + 1
        raters.add(rater)
      }
      const taskLine = toTaskLine(task)
      if (taskLine) await taskLines.write(taskLine)
      for (const line of toRawLines(task)) await judgmentLines.write(line)
    }
    seen += 1
    await noteDone()
  }
  const written = [
    await closed(judgmentsConfig, 'judgments.jsonl', judgmentLines),
    await closed(promptsConfig, 'prompts.jsonl', promptLines),
    await closed(campaignsConfig, 'campaigns.jsonl', campaignLines),
    await closed(tasksConfig, 'tasks.jsonl', taskLines),
  ]
  for (const empty of written.filter(({ rows }) => rows === 0)) {
    await rm(path.join(folder, empty.path))
  }
  return {
    prompts: seen,
    judgments,
    judgmentsBySource,
    raters: raters.size,
    alpha: null,
    considered: tasks,
    dropped: {},
    warned: {},
    examples: {},
    personal: {},
    unprepared: 0,
    report: null,
    rows: written.map(({ config, split, rows, sha256 }) => ({ config, split, rows, sha256 })),
    files: written.filter(({ rows }) => rows > 0),
    fields: new Map(),
  }
}

async function closed(config: string, name: string, file: LineFile): Promise<WrittenFile> {
  const { rows, bytes, sha256 } = await file.close()
  return { config, split: 'train', path: name, rows, bytes, sha256 }
}
