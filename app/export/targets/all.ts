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
  'trl-messages': trl.trlLanguageModelling,
  'trl-prompts': trl.trlPrompt,
  'openai-dpo': openai.openaiPreference,
  'azure-dpo': openai.azurePreference,
  'together-dpo': openai.togetherPreference,
  'fireworks-dpo': openai.fireworksPreference,
  'openai-sft': openai.openaiDemonstration,
  'openai-rft': openai.openaiReinforcement,
  'openai-evals': openai.openaiEvaluation,
  'axolotl-dpo': trainers.axolotlPreference,
  'axolotl-kto': trainers.axolotlUnpaired,
  'axolotl-sft': trainers.axolotlDemonstration,
  'llama-factory-dpo': trainers.llamaFactoryPreference,
  'llama-factory-kto': trainers.llamaFactoryUnpaired,
  'llama-factory-sft': trainers.llamaFactoryDemonstration,
  'nemo-rl': trainers.nemoPreference,
  openrlhf: trainers.openRlhfPreference,
  verl: trainers.verlPrompt,
  helpsteer: trainers.helpSteerScores,
  ranking: trainers.nectarRanking,
  gemini: clouds.geminiPreference,
  nova: clouds.novaPreference,
  argilla: tools.argillaRecords,
  'label-studio': tools.labelStudioTasks,
} as const satisfies Record<string, { [Key in keyof Target]: unknown }>

export type RowTarget = keyof typeof rowTargets
export const rowTargetNames = Object.keys(rowTargets) as RowTarget[]

/** Raw judgments are no rows of a recipe: they keep everything, and Rubrica reads them again. */
export const targetNames: readonly TargetName[] = [...rowTargetNames, 'raw']
export type TargetName = RowTarget | 'raw'

export const findRowTarget = (name: RowTarget): Target => rowTargets[name] as unknown as Target

export const titleOfTarget = (name: TargetName): string =>
  name === 'raw' ? 'Raw judgments (Rubrica JSONL, without loss)' : rowTargets[name].title
