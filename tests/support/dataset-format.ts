/** What Hugging Face `datasets` and TRL ask of a folder, checked without them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

type Row = Record<string, unknown>

/** Everything that would stop or mislead a loader or a trainer; empty when the folder is right. */
export function problemsOfFolder(folder: string): string[] {
  const card = readFileSync(path.join(folder, 'README.md'), 'utf8')
  const head = /^---\n([\s\S]*?)\n---\n/.exec(card)?.[1]
  if (head === undefined) return ['README.md has no YAML head']
  const problems: string[] = []
  const configs = [...head.matchAll(/config_name: (\S+)[\s\S]*?path: (\S+)\}/g)]
  if (configs.length === 0)
    problems.push('no configs: any file in the folder would be read as data')
  for (const [, name = '', file = ''] of configs) {
    const full = path.join(folder, file)
    if (existsSync(full)) problems.push(...problemsOfFile(name, readFileSync(full)))
    else problems.push(`${name}: ${file} is not there`)
  }
  const listed = new Set(configs.map(([, , file]) => file))
  const stray = filesOf(folder).filter(
    (file) => file.endsWith('.jsonl') && !file.startsWith('.meta') && !listed.has(file),
  )
  return [...problems, ...stray.map((file) => `${file} belongs to no config`)]
}

const filesOf = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })

function problemsOfFile(name: string, bytes: Buffer): string[] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  if (/[\u2028\u2029\u0085]/.test(text)) return [`${name}: a raw line separator`]
  const lines = text.split('\n')
  if (lines.pop() !== '') return [`${name}: the last line does not end`]
  const rows = lines.map((line) => JSON.parse(line) as Row)
  const columns = new Set(rows.map((row) => Object.keys(row).sort().join()))
  const problems: string[] = []
  if (name !== 'judgments' && columns.size > 1)
    problems.push(`${name}: rows differ in their columns`)
  const check = checks[name]
  rows.forEach((row, place) => {
    const problem = check?.(row)
    if (problem) problems.push(`${name} row ${place + 1}: ${problem}`)
  })
  return problems
}

const isConversation = (value: unknown): value is { role: string; content: string }[] =>
  Array.isArray(value) &&
  value.length > 0 &&
  value.every(
    (message) =>
      typeof message === 'object' &&
      message !== null &&
      Object.keys(message).sort().join() === 'content,role' &&
      typeof message.role === 'string' &&
      typeof message.content === 'string',
  )

const checks: Record<string, (row: Row) => string | undefined> = {
  preference: ({ prompt, chosen, rejected }) => {
    if (!isConversation(prompt) || !isConversation(chosen) || !isConversation(rejected)) {
      return 'prompt, chosen and rejected must be conversations'
    }
    if (!['user', 'tool'].includes(prompt.at(-1)?.role ?? ''))
      return 'the prompt must end with a user'
    if (chosen[0]?.role !== 'assistant' || rejected[0]?.role !== 'assistant')
      return 'no continuation'
    if (JSON.stringify(chosen) === JSON.stringify(rejected)) return 'chosen equals rejected'
    return [chosen, rejected].some((side) => side.every((one) => one.content.trim() === ''))
      ? 'an empty side'
      : undefined
  },
  sft: ({ prompt, completion }) =>
    isConversation(prompt) && isConversation(completion) && completion[0]?.role === 'assistant'
      ? undefined
      : 'prompt and completion must be conversations, the completion the assistant’s',
}
