/** Files of public projects: each is recognised as what it is and read whole, where RUBRICA_SAMPLES has them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findBatch } from '#app/import/batches.server.ts'
import { previewBatch } from '#app/import/preview.server.ts'
import { openTestDatabase, type TestDatabase } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const folder = path.join(process.env.RUBRICA_SAMPLES ?? '', 'samples')

interface Expected {
  format: string
  prompts: number
  responses: number
  judgments: number
  refused: number
  /** Files that stand beside it in the same import. */
  beside?: string[]
}

const sample = (
  format: string,
  [prompts, responses, judgments, refused]: [number, number, number, number],
  beside: string[] = [],
): Expected => ({ format, prompts, responses, judgments, refused, beside })

const expected: Record<string, Expected> = {
  'alpaca_eval/example_outputs_first20.json': sample('alpaca-eval-outputs', [20, 20, 0, 0]),
  'alpaca_farm/outputs_pairs.json': sample('alpaca-farm', [6, 12, 0, 0]),
  'anthropic/message_batch_results_HANDMADE.jsonl': sample('anthropic-batch-results', [0, 0, 0, 2]),
  'anthropic/messages_log_HANDMADE.jsonl': sample('anthropic-log', [1, 1, 0, 0]),
  'arena_hard/model_answer_gpt-3.5-turbo-0125_first10.jsonl': sample(
    'arena-hard-answer',
    [10, 10, 0, 0],
    ['arena_hard/question_first10.jsonl'],
  ),
  'arena_hard/model_answer_gpt-4-0613_first10.jsonl': sample(
    'arena-hard-answer',
    [10, 10, 0, 0],
    ['arena_hard/question_first10.jsonl'],
  ),
  'arena_hard/question_first10.jsonl': sample('arena-hard-question', [10, 0, 0, 0]),
  'axolotl/conversation.sharegpt.json': sample('sharegpt', [1, 1, 0, 0]),
  'chatbot_arena/arena_100k_style_json_strings_SYNTHETIC_WINNERS.jsonl': sample(
    'chatbot-arena',
    [10, 20, 10, 0],
  ),
  'chatbot_arena/arena_33k_style_SYNTHETIC_WINNERS.jsonl': sample('chatbot-arena', [10, 20, 10, 0]),
  'chatbot_arena/arena_55k_style_SYNTHETIC_WINNERS.csv': sample('arena-55k', [10, 20, 10, 0]),
  'cloud/nova_dpo_doc_shape.jsonl': sample('nova-preference', [1, 1, 0, 1]),
  'cloud/together_dpo_doc_shape.jsonl': sample('openai-dpo', [1, 2, 1, 0]),
  'cloud/vertex_gemini_preference_doc_example.jsonl': sample('gemini-preference', [1, 2, 1, 0]),
  'croissant/huggingface-anthropic-hh-rlhf.metadata.json': sample('not-data', [0, 0, 0, 1]),
  'croissant/huggingface-prism-alignment.metadata.json': sample('not-data', [0, 0, 0, 1]),
  'csv_mapping/weird_columns_HANDMADE.csv': sample('mapped', [0, 0, 0, 1]),
  'handmade_dataset_shapes/arena_140k_HANDMADE.jsonl': sample('chatbot-arena', [1, 2, 1, 0]),
  'handmade_dataset_shapes/helicone_request_HANDMADE.jsonl': sample('helicone', [1, 1, 1, 0]),
  'handmade_dataset_shapes/helpsteer3_preference_HANDMADE.jsonl': sample(
    'helpsteer3-preference',
    [2, 4, 3, 0],
  ),
  'handmade_dataset_shapes/mlflow_trace_v2_HANDMADE.jsonl': sample('mlflow', [1, 1, 0, 0]),
  'handmade_dataset_shapes/nectar_HANDMADE.jsonl': sample('nectar', [1, 3, 1, 0]),
  'handmade_dataset_shapes/ultrafeedback_binarized_HANDMADE.jsonl': sample(
    'ultrafeedback-binarized',
    [1, 2, 3, 0],
  ),
  'helpsteer2/disagreements_readme_example_TRIMMED.jsonl': sample(
    'helpsteer2-disagreements',
    [1, 1, 3, 0],
  ),
  'helpsteer2/preference_readme_example_TRIMMED.jsonl': sample(
    'helpsteer2-preference',
    [1, 2, 1, 0],
  ),
  'hh_rlhf/harmless-base_test_first40.jsonl': sample('hh-rlhf', [40, 80, 40, 0]),
  'hh_rlhf/harmless-base_test_first40.jsonl.gz': sample('hh-rlhf', [40, 80, 40, 0]),
  'hostile/bom_crlf_blank_HANDMADE.jsonl': sample('trl-preference', [1, 2, 1, 0]),
  'hostile/invalid_utf8_HANDMADE.jsonl': sample('trl-preference', [1, 2, 1, 1]),
  'hostile/line_separators_HANDMADE.jsonl': sample('trl-preference', [1, 2, 1, 0]),
  'hostile/pair_problems_HANDMADE.jsonl': sample('trl-preference', [3, 11, 6, 3]),
  'hostile/truncated_HANDMADE.jsonl': sample('trl-preference', [1, 2, 1, 1]),
  'label_studio/test_export_json_min_chat_data.json': sample('label-studio', [1, 1, 0, 0]),
  'label_studio/test_export_json_min_data.json': sample('label-studio', [0, 0, 0, 1]),
  'langfuse/autogen-2025-06-06.chatml.json': sample('langfuse-chatml', [0, 0, 0, 1]),
  'langfuse/autogen-2025-06-06.trace.json': sample('langfuse-trace', [1, 1, 0, 0]),
  'langfuse/chat_ml_json.json': sample('langchain-messages', [1, 1, 0, 0]),
  'langfuse/google-gemini-2025-08-01.chatml.json': sample('langfuse-chatml', [1, 1, 0, 0]),
  'langfuse/google-gemini-2025-08-01.trace.json': sample('langfuse-trace', [1, 1, 2, 0]),
  'langfuse/langgraph-python-2025-08-22.chatml.json': sample('langfuse-chatml', [4, 4, 0, 0]),
  'langfuse/langgraph-python-2025-08-22.trace.json': sample('langfuse-trace', [2, 2, 2, 0]),
  'langfuse/openai-agents-2025-09-30.chatml.json': sample('langfuse-chatml', [2, 2, 0, 0]),
  'langfuse/openai-agents-2025-09-30.trace.json': sample('langfuse-trace', [2, 2, 2, 0]),
  'langfuse/vercel-aisdk-2025-11-17.chatml.json': sample('langfuse-chatml', [1, 1, 0, 0]),
  'langfuse/vercel-aisdk-2025-11-17.trace.json': sample('langfuse-trace', [1, 1, 2, 0]),
  'langsmith/langsmith_js_wrap_openai_default.json': sample('langsmith', [1, 1, 0, 0]),
  'langsmith/langsmith_js_wrap_openai_stream.json': sample('langsmith', [1, 1, 0, 0]),
  'litellm/standard_logging_payload_TRIMMED.json': sample('litellm', [1, 1, 0, 0]),
  'llama_factory/alpaca_en_demo_first20.json': sample('llama-factory-alpaca', [20, 20, 0, 0]),
  'llama_factory/dataset_info.json': sample('not-data', [0, 0, 0, 1]),
  'llama_factory/dpo_en_demo_first20.json': sample('sharegpt', [20, 40, 20, 0]),
  'llama_factory/kto_en_demo_first20.json': sample('llama-factory-kto', [20, 20, 20, 0]),
  'oasst/en_100_message_first60.jsonl': sample('oasst-messages', [282, 402, 122, 0]),
  'openai/batch_input_doc_example.jsonl': sample('openai-batch-input', [1, 0, 0, 0]),
  'openai/batch_output_doc_example.jsonl': sample(
    'openai-batch-output',
    [1, 1, 0, 0],
    ['openai/batch_input_doc_example.jsonl'],
  ),
  'openai/dpo_doc_example.jsonl': sample('openai-dpo', [1, 2, 1, 0]),
  'openai/fine-tuning-data.jsonl': sample('openai-sft', [10, 10, 0, 0]),
  'openai/request_response_log_HANDMADE.jsonl': sample('openai-log', [1, 2, 0, 0]),
  'openai/stored_completion_messages_doc_example.json': sample(
    'openai-stored-messages',
    [1, 0, 0, 0],
  ),
  'openai/stored_completions_list_doc_example.json': sample(
    'openai-stored-completions',
    [1, 1, 0, 0],
    ['openai/stored_completion_messages_doc_example.json'],
  ),
  'openinference/openinference_client_span_tool_calls.attributes.json': sample(
    'openinference-attributes',
    [1, 1, 0, 0],
  ),
  'openinference/otel_genai_client_span_tool_calls.attributes.json': sample(
    'openinference-attributes',
    [1, 1, 0, 0],
  ),
  'openinference/otel_genai_deprecated_client_span_tool_calls.attributes.json': sample(
    'openinference-attributes',
    [1, 1, 0, 0],
  ),
  'otel/otlp_envelope_openinference_client_span_tool_calls_ASSEMBLED.json': sample(
    'otlp-traces',
    [1, 1, 0, 0],
  ),
  'otel/otlp_envelope_otel_genai_client_span_tool_calls_ASSEMBLED.json': sample(
    'otlp-traces',
    [1, 1, 0, 0],
  ),
  'otel/otlp_envelope_otel_genai_deprecated_client_span_tool_calls_ASSEMBLED.json': sample(
    'otlp-traces',
    [1, 1, 0, 0],
  ),
  'otel/otlp_logs_example.json': sample('otlp-logs', [0, 0, 0, 1]),
  'otel/otlp_trace_example.json': sample('otlp-traces', [0, 0, 0, 1]),
  'parquet/arena_33k_style_SYNTHETIC_WINNERS.parquet': sample('chatbot-arena', [10, 20, 10, 0]),
  'summarize_from_feedback/axis_evals_readme_example.jsonl': sample('summarize-axis', [1, 1, 1, 0]),
  'summarize_from_feedback/comparisons_readme_example.jsonl': sample(
    'summarize-comparisons',
    [1, 2, 1, 0],
  ),
  'trl/language_modeling_conversational.jsonl': sample('openai-sft', [1, 1, 0, 0]),
  'trl/language_modeling_standard.jsonl': sample('trl-language-modeling', [0, 0, 0, 1]),
  'trl/preference_conversational_explicit.jsonl': sample('trl-preference', [1, 2, 1, 0]),
  'trl/preference_conversational_implicit.jsonl': sample('trl-preference', [1, 2, 1, 0]),
  'trl/preference_standard_explicit.jsonl': sample('trl-preference', [1, 2, 1, 0]),
  'trl/preference_standard_implicit.jsonl': sample('trl-preference', [1, 2, 1, 0]),
  'trl/prompt_completion_conversational.jsonl': sample('trl-prompt-completion', [1, 1, 0, 0]),
  'trl/prompt_completion_standard.jsonl': sample('trl-prompt-completion', [1, 1, 0, 0]),
  'trl/prompt_only_conversational.jsonl': sample('trl-prompt-only', [1, 0, 0, 0]),
  'trl/prompt_only_standard.jsonl': sample('trl-prompt-only', [1, 0, 0, 0]),
  'trl/stepwise_supervision.jsonl': sample('trl-stepwise', [1, 1, 0, 0]),
  'trl/tool_calling_sft.jsonl': sample('trl-language-modeling', [1, 1, 0, 0]),
  'trl/unpaired_conversational.jsonl': sample('trl-unpaired', [1, 1, 1, 0]),
  'trl/unpaired_standard.jsonl': sample('trl-unpaired', [1, 1, 1, 0]),
  'ultrafeedback/raw_readme_example.jsonl': sample('ultrafeedback', [1, 1, 1, 0]),
}

describe.runIf(process.env.RUBRICA_SAMPLES !== undefined && existsSync(folder))(
  'Every sample file',
  () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await openTestDatabase('sqlite')
    })
    afterAll(() => test.remove())

    it('stands in the table', () => {
      const files = readdirSync(folder, { recursive: true })
        .map(String)
        .filter((file) => statSync(path.join(folder, file)).isFile() && file !== 'README.md')
      expect(files.filter((file) => !(file in expected))).toEqual([])
    })

    it.each(Object.entries(expected))('%s is read as what it is', async (file, found) => {
      if (!existsSync(path.join(folder, file))) return
      const project = await makeProject(test.db, file)
      const files = [file, ...(found.beside ?? [])]
      const contents = Object.fromEntries(
        files.map((one) => [path.basename(one), readFileSync(path.join(folder, one))]),
      )
      const { counts, batchId } = await importFiles(test, project.id, contents)
      const batch = await findBatch(test.db.read, project.id, batchId)
      const [preview] = batch ? await previewBatch(batch) : []
      const { prompts, responses, judgments } = counts.created
      const { format, ...rest } = { ...found, beside: undefined }
      expect(preview?.recognition.format).toBe(format)
      expect({ prompts, responses, judgments, refused: counts.refused, beside: undefined }).toEqual(
        rest,
      )
    })
  },
)
