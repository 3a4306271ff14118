/** Rows of tools that trace programs which call models. */
import { logsOf, tracesOf } from '#tests/support/otlp.ts'
import type { Example } from './example.ts'

const json = JSON.stringify
const rules = 'You mend bicycles.'
const question = 'My chain skips on the smallest cog. Why?'
const answer = 'That cog is worn: change it together with the chain.'
const article = 'A chain that skips on one cog only points to that cog.'

const asked = [
  { role: 'system', content: rules },
  { role: 'user', content: question },
]
const request = { model: 'heron-7b-chat', temperature: 0.2, messages: asked }
const completion = {
  id: 'chatcmpl-b1ke',
  object: 'chat.completion',
  model: 'heron-7b-chat-2025',
  choices: [{ index: 0, message: { role: 'assistant', content: answer }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 31, completion_tokens: 14, total_tokens: 45 },
}
const inParts = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })

const openInference = {
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'heron-7b-chat',
  'llm.provider': 'aviary',
  'llm.invocation_parameters': '{"temperature":0.2,"max_tokens":200}',
  'llm.input_messages.0.message.role': 'system',
  'llm.input_messages.0.message.content': rules,
  'llm.input_messages.1.message.role': 'user',
  'llm.input_messages.1.message.contents.0.message_content.type': 'text',
  'llm.input_messages.1.message.contents.0.message_content.text': question,
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.content': answer,
  'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'call_2',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'order_part',
  'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{"part":"cog-11"}',
  'llm.tools.0.tool.json_schema': '{"type":"function","function":{"name":"order_part"}}',
  'llm.prompt_template.template': '{{question}}',
  'llm.prompt_template.variables': json({ question }),
  'llm.token_count.prompt': 31,
  'llm.token_count.completion': 14,
  'session.id': 'bench-3',
}
const retrieval = {
  'openinference.span.kind': 'RETRIEVER',
  'input.value': question,
  'retrieval.documents.0.document.id': 'manual-8',
  'retrieval.documents.0.document.content': article,
  'retrieval.documents.0.document.score': 0.83,
}
const program = { 'openinference.span.kind': 'CHAIN', 'input.value': json({ question }) }
const genAi = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'aviary',
  'gen_ai.request.model': 'heron-7b-chat',
  'gen_ai.response.model': 'heron-7b-chat-2025',
  'gen_ai.request.temperature': 0.2,
  'gen_ai.usage.input_tokens': 31,
  'gen_ai.system_instructions': json([{ type: 'text', content: rules }]),
  'gen_ai.input.messages': json([inParts('user', question)]),
  'gen_ai.output.messages': json([{ ...inParts('assistant', answer), finish_reason: 'stop' }]),
}

const at = (second: number) => `2025-03-04T09:00:0${second}.000Z`
const observation = (id: string, type: string, more: object) => ({
  id,
  traceId: 'tr-1',
  type,
  name: type.toLowerCase(),
  parentObservationId: id === 'ob-1' ? null : 'ob-1',
  startTime: at(1),
  endTime: at(4),
  level: 'DEFAULT',
  ...more,
})
const generation = observation('ob-3', 'GENERATION', {
  startTime: at(3),
  model: 'heron-7b-chat',
  modelParameters: { temperature: '0.2', maxTokens: 200 },
  input: json(asked),
  output: json({ role: 'assistant', content: answer }),
  promptName: 'mechanic',
  promptVersion: 4,
  usageDetails: { input: 31, output: 14 },
  totalCost: 0.0002,
})
const steps = [
  observation('ob-1', 'SPAN', { startTime: at(0), endTime: at(5), input: json({ question }) }),
  observation('ob-2', 'RETRIEVER', {
    endTime: at(2),
    output: json([{ page_content: article, metadata: { source: 'manual-8' } }]),
  }),
  generation,
]
const scoreOf = (id: string, more: object) => ({
  id,
  traceId: 'tr-1',
  observationId: 'ob-3',
  timestamp: at(9),
  ...more,
})

const constructed = (name: string, kwargs: object) => ({
  lc: 1,
  type: 'constructor',
  id: ['langchain', 'schema', 'messages', name],
  kwargs,
})
const run = (id: string, run_type: string, more: object) => ({
  id,
  name: run_type,
  run_type,
  trace_id: 'ru-1',
  parent_run_id: id === 'ru-1' ? null : 'ru-1',
  start_time: '2025-03-04T09:00:01.000000',
  end_time: '2025-03-04T09:00:04.000000',
  ...more,
})

export const traceExamples: Record<string, Example> = {
  'langchain-messages': {
    container: 'json',
    rows: [
      {
        messages: [
          { type: 'system', content: rules },
          { type: 'human', content: question },
          {
            type: 'ai',
            content: '',
            tool_calls: [{ name: 'search', args: { about: 'skipping chain' }, id: 'call_1' }],
          },
          { type: 'tool', name: 'search', content: article, tool_call_id: 'call_1' },
          {
            type: 'ai',
            id: 'run-88',
            content: [{ type: 'text', text: answer }],
            response_metadata: { model_name: 'heron-7b-chat', finish_reason: 'stop' },
            usage_metadata: { input_tokens: 31, output_tokens: 14 },
          },
        ],
      },
    ],
  },
  'langfuse-chatml': {
    container: 'json',
    rows: [
      {
        'ob-3': {
          input: { success: true, data: asked },
          output: { success: true, data: [{ role: 'assistant', content: answer }] },
        },
        'ob-2': {
          input: { success: false, error: 'no messages' },
          output: { success: true, data: [{ json: { hits: 1 } }] },
        },
      },
    ],
  },
  'langfuse-observations': { rows: steps },
  'langfuse-trace': {
    container: 'json',
    rows: [
      {
        trace: {
          id: 'tr-1',
          name: 'workshop',
          timestamp: at(0),
          input: json({ question }),
          output: json(answer),
          tags: ['chain'],
          sessionId: 'bench-3',
          environment: 'production',
          metadata: json({ branch: 'north' }),
        },
        observations: steps,
        scores: [
          scoreOf('sc-1', {
            name: 'helpful',
            source: 'ANNOTATION',
            dataType: 'NUMERIC',
            value: 5,
            authorUserId: 'ida',
            comment: 'It found the cog.',
          }),
          scoreOf('sc-2', {
            name: 'tone',
            source: 'EVAL',
            dataType: 'CATEGORICAL',
            value: 1,
            stringValue: 'calm',
          }),
        ],
      },
    ],
  },
  'langfuse-traces': {
    rows: [
      {
        id: 'tr-1',
        timestamp: at(0),
        name: 'workshop',
        userId: null,
        sessionId: 'bench-3',
        release: 'v12',
        version: null,
        environment: 'production',
        tags: ['chain'],
        bookmarked: false,
        public: false,
        input: json({ question }),
        output: json(answer),
        metadata: json({ branch: 'north' }),
        latency: 4.5,
        totalCost: 0.0002,
      },
    ],
  },
  langsmith: {
    rows: [
      run('ru-1', 'chain', {
        inputs: { question },
        outputs: { answer },
        reference_example_id: 'ex-9',
        child_runs: [
          run('ru-2', 'retriever', {
            inputs: { query: 'skipping chain' },
            outputs: { documents: [{ page_content: article, metadata: { source: 'manual-8' } }] },
          }),
          run('ru-3', 'llm', {
            start_time: '2025-03-04T09:00:03.000000',
            inputs: {
              messages: [
                [
                  constructed('SystemMessage', { content: rules }),
                  constructed('HumanMessage', { content: question }),
                ],
              ],
            },
            outputs: {
              generations: [
                [{ text: answer, message: constructed('AIMessage', { content: answer }) }],
              ],
              llm_output: { model_name: 'heron-7b-chat-2025', token_usage: { total_tokens: 45 } },
            },
            extra: {
              metadata: { ls_model_name: 'heron-7b-chat', ls_temperature: 0.2 },
              invocation_params: { max_tokens: 200 },
            },
          }),
        ],
        tags: ['workshop'],
      }),
    ],
  },
  mlflow: {
    rows: [
      {
        info: {
          trace_id: 'tr-b1ke',
          request_time: '2025-03-04T09:00:00Z',
          state: 'OK',
          tags: { 'mlflow.linkedPrompts': json([{ name: 'mechanic', version: '4' }]) },
          assessments: [
            {
              assessment_name: 'correct',
              source: { source_type: 'HUMAN', source_id: 'ida' },
              feedback: { value: true },
              rationale: 'The cog was worn.',
              span_id: 'sp-2',
            },
            {
              assessment_name: 'expected',
              source: { source_type: 'HUMAN', source_id: 'ida' },
              expectation: { value: 'Change the cog.' },
            },
          ],
        },
        data: {
          spans: [
            {
              trace_id: 'tr-b1ke',
              span_id: 'sp-1',
              parent_span_id: null,
              name: 'search',
              start_time_unix_nano: '1741078800000000000',
              end_time_unix_nano: '1741078801000000000',
              attributes: {
                'mlflow.spanType': 'RETRIEVER',
                'mlflow.spanOutputs': [{ page_content: article, metadata: { doc_uri: 'm8' } }],
              },
            },
            {
              trace_id: 'tr-b1ke',
              span_id: 'sp-2',
              parent_span_id: null,
              name: 'chat',
              start_time_unix_nano: '1741078802000000000',
              end_time_unix_nano: '1741078804000000000',
              status: { code: 'STATUS_CODE_OK' },
              attributes: {
                'mlflow.spanType': 'CHAT_MODEL',
                'mlflow.spanInputs': request,
                'mlflow.spanOutputs': completion,
              },
            },
          ],
        },
      },
    ],
  },
  'openinference-attributes': { rows: [openInference] },
  'otlp-logs': {
    rows: [
      logsOf(
        { name: 'gen_ai.system.message', span: 'b1', at: 0, body: { content: rules } },
        { name: 'gen_ai.user.message', span: 'b1', at: 1, body: { content: question } },
        {
          name: 'gen_ai.choice',
          span: 'b1',
          at: 2,
          body: { index: 0, finish_reason: 'stop', message: { content: answer } },
          attributes: { 'gen_ai.provider.name': 'aviary' },
        },
      ),
    ],
  },
  'otlp-traces': {
    rows: [
      tracesOf(
        { id: 'a1', name: 'workshop', to: 9, attributes: program },
        { id: 'a2', parent: 'a1', name: 'search', to: 2, attributes: retrieval },
        {
          id: 'a3',
          parent: 'a1',
          name: 'chat',
          from: 3,
          to: 8,
          attributes: genAi,
          events: [
            {
              name: 'gen_ai.evaluation.result',
              attributes: {
                'gen_ai.evaluation.name': 'Relevance',
                'gen_ai.evaluation.score.value': 0.75,
                'gen_ai.evaluation.score.label': 'good',
                'gen_ai.evaluation.explanation': 'It names the worn part.',
              },
            },
          ],
        },
      ),
      tracesOf({ id: 'c1', trace: 'aa02', name: 'chat', attributes: openInference }),
    ],
  },
  phoenix: {
    rows: [
      {
        id: 'U3Bhbjo4',
        name: 'ChatCompletion',
        context: { trace_id: 't-8', span_id: 's-8' },
        span_kind: 'LLM',
        parent_id: null,
        start_time: '2025-03-04T09:00:03+00:00',
        end_time: '2025-03-04T09:00:04+00:00',
        status_code: 'OK',
        status_message: '',
        attributes: openInference,
        events: [],
        annotations: [
          {
            name: 'helpful',
            annotator_kind: 'HUMAN',
            identifier: 'ida',
            result: { label: 'yes', score: 1, explanation: 'It found the cog.' },
          },
        ],
      },
      {
        name: 'correct',
        annotator_kind: 'LLM',
        span_id: 's-8',
        result: { label: 'correct', score: 1, explanation: null },
        identifier: 'heron-judge',
        created_at: '2025-03-05T00:00:00+00:00',
      },
    ],
  },
  weave: {
    rows: [
      {
        id: 'call-8',
        project_id: 'shop/mechanic',
        op_name: 'weave:///shop/mechanic/op/openai.chat.completions.create:v2',
        trace_id: 'wt-8',
        parent_id: null,
        started_at: '2025-03-04T09:00:03Z',
        ended_at: '2025-03-04T09:00:04Z',
        attributes: { branch: 'north' },
        inputs: { self: 'weave:///shop/mechanic/object/client:v0', ...request },
        output: completion,
        summary: {
          weave: {
            latency_ms: 1_000,
            costs: { 'heron-7b-chat': { prompt_tokens_total_cost: 0.01 } },
            feedback: [
              {
                feedback_type: 'wandb.reaction.1',
                payload: { emoji: '👍', detoned: '👍' },
                creator: 'Ida',
                created_at: '2025-03-05T10:00:00Z',
              },
              { feedback_type: 'wandb.annotation.depth', payload: { value: 3 }, creator: 'Tom' },
            ],
          },
        },
      },
    ],
  },
}
