/** Files that a trainer wants beside the rows: its own description of the dataset. */
import type { DatasetFacts } from './card.ts'
import { pathsOf } from './card.ts'
import type { WrittenFile } from './files/written-file.ts'
import { besideConfigs } from './manifest.ts'
import type { TargetName } from './targets/all.ts'

export interface CompanionFile {
  path: string
  text: string
}

type Companion = (files: readonly WrittenFile[]) => CompanionFile[]

const roleTags = {
  role_tag: 'role',
  content_tag: 'content',
  user_tag: 'user',
  assistant_tag: 'assistant',
  system_tag: 'system',
}

/** LLaMA-Factory’s `dataset_info.json`: an entry for each split. */
const llamaFactory =
  (entry: Record<string, unknown>): Companion =>
  (files) => [
    {
      path: 'dataset_info.json',
      text: `${JSON.stringify(
        Object.fromEntries(
          files.map((file) => [
            `${file.config}_${file.split}`,
            { file_name: file.path, formatting: 'sharegpt', ...entry, tags: roleTags },
          ]),
        ),
        null,
        2,
      )}\n`,
    },
  ]

/** The part of Axolotl’s configuration that speaks of data. */
const axolotl =
  (rl: string | null, lines: readonly string[]): Companion =>
  (files) => {
    const entryOf = (key: string, own: readonly WrittenFile[]) =>
      own.length === 0
        ? []
        : [
            `${key}:`,
            ...pathsOf(own).flatMap((file) => [
              `  - path: ./${file}`,
              `    ds_type: ${file.endsWith('.parquet') ? 'parquet' : 'json'}`,
              '    split: train',
              ...lines.map((line) => `    ${line}`),
            ]),
          ]
    const of = (split: string) => files.filter((file) => file.split === split)
    const held = of('test').length > 0 ? of('test') : of('validation')
    const text = [
      ...(rl === null ? [] : [`rl: ${rl}`]),
      ...entryOf('datasets', of('train')),
      ...entryOf('test_datasets', held),
    ]
    return [{ path: 'axolotl.yml', text: `${text.join('\n')}\n` }]
  }

const companions: Partial<Record<TargetName, Companion>> = {
  'llama-factory-dpo': llamaFactory({
    ranking: true,
    columns: { messages: 'conversations', chosen: 'chosen', rejected: 'rejected' },
  }),
  'llama-factory-kto': llamaFactory({ columns: { messages: 'messages', kto_tag: 'label' } }),
  'llama-factory-sft': llamaFactory({ columns: { messages: 'messages' } }),
  'axolotl-dpo': axolotl('dpo', ['type: chat_template.default']),
  'axolotl-kto': axolotl('kto', ['type: chatml.prompt_pairs']),
  'axolotl-sft': axolotl(null, ['type: chat_template']),
}

export function companionFiles({ manifest }: Pick<DatasetFacts, 'manifest'>): CompanionFile[] {
  const files = manifest.files.filter(({ config }) => !besideConfigs.has(config))
  return companions[manifest.target]?.(files) ?? []
}
