/** Targets as a chooser offers them: by whom they are for. */
import type { Language } from '#app/ui/languages.ts'
import { targetTitleIn } from './target-words.ts'
import type { RowTarget, TargetName } from './targets/all.ts'

const groups: readonly [Record<Language, string>, readonly (RowTarget | 'raw')[]][] = [
  [
    { en: 'Hugging Face TRL', pt: 'Hugging Face TRL' },
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
    { en: 'OpenAI and compatible hosts', pt: 'OpenAI e serviços compatíveis' },
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
    { en: 'Other trainers', pt: 'Outros treinadores' },
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
  [{ en: 'Clouds', pt: 'Nuvens' }, ['gemini', 'nova']],
  [{ en: 'Scores and orders', pt: 'Notas e ordenações' }, ['helpsteer', 'ranking']],
  [{ en: 'Other tools', pt: 'Outras ferramentas' }, ['argilla', 'label-studio']],
  [{ en: 'Everything', pt: 'Tudo' }, ['raw']],
]

interface TargetGroup {
  title: string
  targets: readonly { value: TargetName; label: string }[]
}

export const targetGroupsIn = (language: Language): TargetGroup[] =>
  groups.map(([title, names]) => ({
    title: title[language],
    targets: names.map((value) => ({ value, label: targetTitleIn(language)(value) })),
  }))
