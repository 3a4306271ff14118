/** Rows of the providers of models and of the proxies before them: logs, batches, stored answers. */
import type { Example } from './example.ts'

const json = JSON.stringify
const rules = 'You plan walks. Name times, never prices.'
const question = 'A walk of two hours near the harbour?'
const answer = 'Take the mole to the lighthouse and back: 1 h 50.'

const tools = [
  {
    type: 'function',
    function: {
      name: 'tide',
      description: 'When the tide is high.',
      parameters: { type: 'object', properties: { port: { type: 'string' } } },
    },
  },
]
const turns = [
  { role: 'system', content: rules },
  { role: 'user', content: [{ type: 'text', text: question }] },
  {
    role: 'assistant',
    content: null,
    tool_calls: [
      { id: 'call_7', type: 'function', function: { name: 'tide', arguments: '{"port":"Brest"}' } },
    ],
  },
  { role: 'tool', tool_call_id: 'call_7', content: '{"high":"14:20"}' },
]
const completion = {
  id: 'chatcmpl-w4lk',
  object: 'chat.completion',
  created: 1_741_000_000,
  model: 'gpt-4o-mini-2024-07-18',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: answer, refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
    { index: 1, message: { role: 'assistant', content: 'Walk.' }, finish_reason: 'length' },
  ],
  usage: { prompt_tokens: 71, completion_tokens: 19, total_tokens: 90 },
  system_fingerprint: 'fp_1',
}
const openaiRequest = {
  model: 'gpt-4o-mini',
  messages: turns,
  tools,
  temperature: 0.3,
  n: 2,
  metadata: { prompt_id: 'walks', prompt_version: '6', season: 'spring' },
}

const anthropicRequest = {
  model: 'claude-haiku-4-5',
  max_tokens: 300,
  temperature: 0.3,
  system: [{ type: 'text', text: rules }],
  tools: [{ name: 'tide', description: 'When it is high.', input_schema: { type: 'object' } }],
  messages: [
    { role: 'user', content: question },
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'Let me look.' },
        { type: 'tool_use', id: 'toolu_3', name: 'tide', input: { port: 'Brest' } },
      ],
    },
    {
      role: 'user',
      content: [
        {
          type: 'tool_result',
          tool_use_id: 'toolu_3',
          content: [{ type: 'text', text: 'high at 14:20' }],
        },
      ],
    },
  ],
}
const anthropicMessage = {
  id: 'msg_w4lk',
  type: 'message',
  role: 'assistant',
  model: 'claude-haiku-4-5-20251001',
  content: [
    { type: 'thinking', thinking: 'The mole is dry before noon.', signature: 'c2ln' },
    { type: 'text', text: answer },
  ],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 80, output_tokens: 22 },
}

const storedMessage = (place: number, role: string, content: string) => ({
  id: `chatcmpl-w4lk-${place}`,
  role,
  content,
  name: null,
  content_parts: null,
})

export const providerExamples: Record<string, Example> = {
  'anthropic-batch-requests': {
    rows: [
      { custom_id: 'walk-1', params: anthropicRequest },
      { custom_id: 'walk-2', params: { ...anthropicRequest, system: rules } },
    ],
  },
  'anthropic-batch-results': {
    rows: [
      { custom_id: 'walk-1', result: { type: 'succeeded', message: anthropicMessage } },
      {
        custom_id: 'walk-2',
        result: {
          type: 'errored',
          error: { type: 'error', error: { type: 'overloaded_error', message: 'Too busy' } },
        },
      },
      { custom_id: 'walk-3', result: { type: 'expired' } },
    ],
  },
  'anthropic-log': {
    rows: [
      {
        timestamp: '2025-04-02T07:30:00Z',
        request: anthropicRequest,
        response: anthropicMessage,
        latency_ms: 1_840,
        tags: ['walks'],
      },
    ],
  },
  'anthropic-message': { rows: [anthropicMessage] },
  helicone: {
    rows: [
      {
        request_id: '6a0f9c1e-31',
        request_created_at: '2025-04-02T07:30:00.000Z',
        request_body: openaiRequest,
        request_path: 'https://api.openai.com/v1/chat/completions',
        request_user_id: null,
        request_properties: {
          'Helicone-Prompt-Id': 'walks',
          'Helicone-Prompt-Version': '6',
          Season: 'spring',
        },
        request_model: 'gpt-4o-mini',
        provider: 'OPENAI',
        response_id: 'b2',
        response_created_at: '2025-04-02T07:30:02.250Z',
        response_status: 200,
        response_model: 'gpt-4o-mini-2024-07-18',
        response_body: { ...completion, choices: completion.choices.slice(0, 1) },
        delay_ms: 2_250,
        costUSD: 0.0004,
        feedback_rating: true,
        scores: { clarity: { value: 80, valueType: 'number' } },
      },
    ],
  },
  litellm: {
    rows: [
      {
        id: 'lite-31',
        call_type: 'acompletion',
        status: 'success',
        stream: false,
        custom_llm_provider: 'openai',
        model: 'gpt-4o-mini',
        model_group: 'small',
        messages: turns,
        response: completion,
        model_parameters: { temperature: 0.3, n: 2, tools },
        hidden_params: { model_id: null, cache_key: null },
        response_cost: 0.0004,
        startTime: 1_741_000_000.5,
        endTime: 1_741_000_002.75,
        request_tags: ['walks'],
        metadata: {
          requester_metadata: { season: 'spring' },
          prompt_management_metadata: { prompt_id: 'walks', prompt_version: 6 },
        },
      },
    ],
  },
  'openai-batch-input': {
    rows: [
      {
        custom_id: 'walk-1',
        method: 'POST',
        url: '/v1/chat/completions',
        body: openaiRequest,
      },
      {
        custom_id: 'walk-2',
        method: 'POST',
        url: '/v1/responses',
        body: { model: 'gpt-5-mini', instructions: rules, input: question },
      },
    ],
  },
  'openai-batch-output': {
    rows: [
      {
        id: 'batch_req_1',
        custom_id: 'walk-1',
        response: { status_code: 200, request_id: 'req_1', body: completion },
        error: null,
      },
      {
        id: 'batch_req_2',
        custom_id: 'walk-2',
        response: null,
        error: { code: 'batch_expired', message: 'It was not executed in time.' },
      },
    ],
  },
  'openai-log': {
    rows: [
      {
        time: '2025-04-02T07:30:02Z',
        endpoint: '/plan',
        request: openaiRequest,
        response: completion,
        duration_ms: 2_250,
      },
      {
        req: {
          model: 'gemini-2.5-flash',
          contents: [{ role: 'user', parts: [{ text: question }] }],
          generationConfig: { temperature: 0.3 },
        },
        resp: {
          candidates: [
            { content: { role: 'model', parts: [{ text: answer }] }, finishReason: 'STOP' },
          ],
          modelVersion: 'gemini-2.5-flash-001',
          usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 18 },
        },
      },
      { request: json(openaiRequest), response: json(completion) },
    ],
  },
  'openai-responses': {
    rows: [
      {
        id: 'resp_w4lk',
        object: 'response',
        created_at: 1_741_000_000,
        status: 'completed',
        error: null,
        incomplete_details: null,
        instructions: rules,
        model: 'gpt-5-mini-2025-08-07',
        previous_response_id: null,
        input: [
          { role: 'user', content: [{ type: 'input_text', text: question }] },
          {
            type: 'function_call',
            call_id: 'call_7',
            name: 'tide',
            arguments: '{"port":"Brest"}',
          },
          { type: 'function_call_output', call_id: 'call_7', output: '14:20' },
        ],
        output: [
          { id: 'rs_1', type: 'reasoning', summary: [] },
          {
            id: 'msg_1',
            type: 'message',
            status: 'completed',
            role: 'assistant',
            content: [{ type: 'output_text', text: answer, annotations: [] }],
          },
        ],
        tools: [{ type: 'function', name: 'tide', parameters: { type: 'object' }, strict: true }],
        temperature: 1,
        text: { format: { type: 'text' } },
        usage: { input_tokens: 66, output_tokens: 20, total_tokens: 86 },
        metadata: { season: 'spring' },
      },
    ],
  },
  'openai-stored-completions': {
    container: 'json',
    rows: [
      {
        object: 'list',
        first_id: 'chatcmpl-w4lk',
        last_id: 'chatcmpl-w4lk',
        has_more: false,
        data: [
          {
            ...completion,
            temperature: 0.3,
            top_p: 1,
            tools,
            metadata: { prompt_id: 'walks', prompt_version: '6' },
          },
        ],
      },
    ],
  },
  'openai-stored-messages': {
    container: 'json',
    rows: [
      {
        object: 'list',
        first_id: 'chatcmpl-w4lk-0',
        last_id: 'chatcmpl-w4lk-1',
        has_more: false,
        data: [storedMessage(0, 'system', rules), storedMessage(1, 'user', question)],
      },
    ],
  },
}
