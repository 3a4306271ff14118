/** Every format that import knows, in the order in which equally sure guesses are preferred. */
import type { Reader } from './reader.ts'
import { alpacaEvalAnnotations } from './readers/alpaca-eval-annotations.ts'
import { alpacaEvalOutputs } from './readers/alpaca-eval-outputs.ts'
import { alpacaFarm } from './readers/alpaca-farm.ts'
import { anthropicBatchRequests } from './readers/anthropic-batch-requests.ts'
import { anthropicBatchResults } from './readers/anthropic-batch-results.ts'
import { anthropicLog } from './readers/anthropic-log.ts'
import { anthropicMessage } from './readers/anthropic-message.ts'
import { arena55k } from './readers/arena-55k.ts'
import { arenaHardAnswer } from './readers/arena-hard-answer.ts'
import { arenaHardQuestion } from './readers/arena-hard-question.ts'
import { argilla } from './readers/argilla.ts'
import { chatbotArena } from './readers/chatbot-arena.ts'
import { geminiPreference } from './readers/gemini-preference.ts'
import { helicone } from './readers/helicone.ts'
import { helpsteer2 } from './readers/helpsteer2.ts'
import { helpsteer2Disagreements } from './readers/helpsteer2-disagreements.ts'
import { helpsteer2Preference } from './readers/helpsteer2-preference.ts'
import { helpsteer3Preference } from './readers/helpsteer3-preference.ts'
import { hhRlhf } from './readers/hh-rlhf.ts'
import { labelStudio } from './readers/label-studio.ts'
import { langchainMessages } from './readers/langchain-messages.ts'
import { langfuseChatml } from './readers/langfuse-chatml.ts'
import { langfuseObservations } from './readers/langfuse-observations.ts'
import { langfuseTrace } from './readers/langfuse-trace.ts'
import { langfuseTraces } from './readers/langfuse-traces.ts'
import { langSmith } from './readers/langsmith.ts'
import { litellm } from './readers/litellm.ts'
import { llamaFactoryAlpaca } from './readers/llama-factory-alpaca.ts'
import { llamaFactoryKto } from './readers/llama-factory-kto.ts'
import { llamaFactoryV1 } from './readers/llama-factory-v1.ts'
import { mlflow } from './readers/mlflow.ts'
import { nectar } from './readers/nectar.ts'
import { nemoRl } from './readers/nemo-rl.ts'
import { notData } from './readers/not-data.ts'
import { novaPreference } from './readers/nova-preference.ts'
import { oasstMessages } from './readers/oasst-messages.ts'
import { oasstTree } from './readers/oasst-tree.ts'
import { openaiBatchInput } from './readers/openai-batch-input.ts'
import { openaiBatchOutput } from './readers/openai-batch-output.ts'
import { openaiDpo } from './readers/openai-dpo.ts'
import { openaiLog } from './readers/openai-log.ts'
import { openaiResponses } from './readers/openai-responses.ts'
import { openaiSft } from './readers/openai-sft.ts'
import { openaiStoredCompletions } from './readers/openai-stored-completions.ts'
import { openaiStoredMessages } from './readers/openai-stored-messages.ts'
import { openInferenceAttributes } from './readers/openinference-attributes.ts'
import { otlpLogs } from './readers/otlp-logs.ts'
import { otlpTraces } from './readers/otlp-traces.ts'
import { phoenix } from './readers/phoenix.ts'
import { pkuSaferlhf } from './readers/pku-saferlhf.ts'
import { prismConversations } from './readers/prism-conversations.ts'
import { prismUtterances } from './readers/prism-utterances.ts'
import { rubrica } from './readers/rubrica.ts'
import { sharegpt } from './readers/sharegpt.ts'
import { shp } from './readers/shp.ts'
import { summarizeAxis } from './readers/summarize-axis.ts'
import { summarizeComparisons } from './readers/summarize-comparisons.ts'
import { trlLanguageModeling } from './readers/trl-language-modeling.ts'
import { trlPreference } from './readers/trl-preference.ts'
import { trlPromptCompletion } from './readers/trl-prompt-completion.ts'
import { trlPromptOnly } from './readers/trl-prompt-only.ts'
import { trlStepwise } from './readers/trl-stepwise.ts'
import { trlUnpaired } from './readers/trl-unpaired.ts'
import { ultrafeedback } from './readers/ultrafeedback.ts'
import { ultrafeedbackBinarized } from './readers/ultrafeedback-binarized.ts'
import { weave } from './readers/weave.ts'
import { webgpt } from './readers/webgpt.ts'

export const readers: readonly Reader[] = [
  rubrica,
  alpacaEvalAnnotations,
  alpacaEvalOutputs,
  alpacaFarm,
  anthropicBatchRequests,
  anthropicBatchResults,
  anthropicLog,
  anthropicMessage,
  arena55k,
  arenaHardAnswer,
  arenaHardQuestion,
  argilla,
  chatbotArena,
  geminiPreference,
  helicone,
  helpsteer2Disagreements,
  helpsteer2Preference,
  helpsteer2,
  helpsteer3Preference,
  hhRlhf,
  labelStudio,
  langchainMessages,
  langfuseChatml,
  langfuseObservations,
  langfuseTrace,
  langfuseTraces,
  langSmith,
  litellm,
  llamaFactoryAlpaca,
  llamaFactoryKto,
  llamaFactoryV1,
  mlflow,
  nectar,
  nemoRl,
  notData,
  novaPreference,
  oasstMessages,
  oasstTree,
  openaiBatchInput,
  openaiBatchOutput,
  openaiDpo,
  openaiLog,
  openaiResponses,
  openaiSft,
  openaiStoredCompletions,
  openaiStoredMessages,
  openInferenceAttributes,
  otlpLogs,
  otlpTraces,
  phoenix,
  pkuSaferlhf,
  prismConversations,
  prismUtterances,
  sharegpt,
  shp,
  summarizeAxis,
  summarizeComparisons,
  trlLanguageModeling,
  trlPreference,
  trlPromptCompletion,
  trlPromptOnly,
  trlStepwise,
  trlUnpaired,
  ultrafeedbackBinarized,
  ultrafeedback,
  weave,
  webgpt,
]

const byFormat = new Map(readers.map((reader) => [reader.format, reader]))

/** The reader of a format, or undefined where there is none of that name. */
export const findReader = (format: string): Reader | undefined => byFormat.get(format)
