/** Every target by its name: what a dataset may be written for. */
import * as clouds from './clouds.ts'
import * as openai from './openai.ts'
import type { Target } from './target.ts'
import * as tools from './tools.ts'
import * as trainers from './trainers.ts'
import * as trl from './trl.ts'

export const rowTargets = {
  'trl-preference': trl.trlPreference,
  'trl-preference-standard': trl.trlPreferenceStandard,
  'trl-reward': trl.trlReward,
  'trl-kto': trl.trlUnpaired,
  'trl-sft': trl.trlDemonstration,
  'trl-prompts': trl.trlPrompt,
  'openai-dpo': openai.openaiPreference,
  'azure-dpo': openai.azurePreference,
  'together-dpo': openai.togetherPreference,
  'fireworks-dpo': openai.fireworksPreference,
  'openai-sft': openai.openaiDemonstration,
  'openai-rft': openai.openaiReinforcement,
  'axolotl-dpo': trainers.axolotlPreference,
  'llama-factory-dpo': trainers.llamaFactoryPreference,
  'llama-factory-kto': trainers.llamaFactoryUnpaired,
  'nemo-rl': trainers.nemoPreference,
  openrlhf: trainers.openRlhfPreference,
  verl: trainers.verlPrompt,
  helpsteer: trainers.helpSteerScores,
  gemini: clouds.geminiPreference,
  nova: clouds.novaPreference,
  argilla: tools.argillaRecords,
  'label-studio': tools.labelStudioTasks,
} as const satisfies Record<string, { [Key in keyof Target]: unknown }>

export type RowTarget = keyof typeof rowTargets
