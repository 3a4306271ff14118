/** Targets as a chooser offers them: by whom they are for. */
import { type RowTarget, type TargetName, titleOfTarget } from './targets/all.ts'

const groups: readonly [string, readonly (RowTarget | 'raw')[]][] = [
  [
    'Hugging Face TRL',
    [
      'trl-preference',
      'trl-preference-standard',
      'trl-reward',
      'trl-kto',
      'trl-sft',
      'trl-messages',
      'trl-prompts',
    ],
  ],
  [
    'OpenAI and compatible hosts',
    [
      'openai-dpo',
      'azure-dpo',
      'together-dpo',
      'fireworks-dpo',
      'openai-sft',
      'openai-rft',
      'openai-evals',
    ],
  ],
  [
    'Other trainers',
    [
      'axolotl-dpo',
      'axolotl-kto',
      'axolotl-sft',
      'llama-factory-dpo',
      'llama-factory-kto',
      'llama-factory-sft',
      'nemo-rl',
      'openrlhf',
      'verl',
    ],
  ],
  ['Clouds', ['gemini', 'nova']],
  ['Scores and orders', ['helpsteer', 'ranking']],
  ['Other tools', ['argilla', 'label-studio']],
  ['Everything', ['raw']],
]

export const targetGroups: readonly {
  title: string
  targets: readonly { value: TargetName; label: string }[]
}[] = groups.map(([title, names]) => ({
  title,
  targets: names.map((value) => ({ value, label: titleOfTarget(value) })),
}))
