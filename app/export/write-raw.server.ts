/** In: judged prompts. Out: every judgment, revision and skip as Rubrica JSONL, and the prompts beside. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type LineFile, openLineFile } from './files/line-file.server.ts'
import type { WrittenFile } from './files/written-file.ts'
import type { JudgedPrompt } from './judged-task.ts'
import { modelRef, type RawLine, toRawLines } from './print-raw.ts'
import type { RowsTold } from './write-rows.server.ts'

export interface WriteRaw {
  folder: string
  onProgress?: (prompts: number) => Promise<void>
}

const judgmentsConfig = 'judgments'
const promptsConfig = 'prompts-and-responses'

export async function writeRaw(
  prompts: AsyncIterable<JudgedPrompt>,
  { folder, onProgress }: WriteRaw,
): Promise<RowsTold> {
  const judgmentLines = await openLineFile(path.join(folder, 'judgments.jsonl'))
  const promptLines = await openLineFile(path.join(folder, 'prompts.jsonl'))
  const raters = new Set<string>()
  const judgmentsBySource: Record<string, number> = {}
  let [seen, tasks, judgments] = [0, 0, 0]
  for await (const prompt of prompts) {
    await promptLines.write(promptLine(prompt))
    for (const task of prompt.tasks) {
      tasks += 1
      for (const { rater, source } of task.judgments) {
        judgments += 1
        judgmentsBySource[source] = (judgmentsBySource[source] ?? 0) + 1
        raters.add(rater)
      }
      for (const line of toRawLines(task)) await judgmentLines.write(line)
    }
    seen += 1
    if (seen % 200 === 0) await onProgress?.(seen)
  }
  const written = [
    await closed(judgmentsConfig, 'judgments.jsonl', judgmentLines),
    await closed(promptsConfig, 'prompts.jsonl', promptLines),
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

/** A prompt with the responses that its tasks hold. */
function promptLine(prompt: JudgedPrompt): RawLine {
  const responses = new Map(
    prompt.tasks.flatMap((task) => task.responses.map((response) => [response.id, response])),
  )
  return {
    id: prompt.id,
    ...(prompt.inputKey === null ? {} : { input_key: prompt.inputKey }),
    messages: prompt.messages,
    tags: prompt.tags,
    metadata: prompt.metadata,
    responses: [...responses.values()]
      .sort((one, other) => (one.id < other.id ? -1 : 1))
      .map((response) => ({
        id: response.id,
        ...flatModel(modelRef(response.model)),
        messages: response.messages,
      })),
  }
}

const flatModel = ({ name, ...rest }: RawLine): RawLine => ({ model: name, ...rest })
