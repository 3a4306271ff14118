/** Rows that models are trained on, of tools with which people annotate, and our own lines. */
import type { Example } from './example.ts'

const system = { role: 'system', content: 'You work at the desk of a small library.' }
const asked = { role: 'user', content: 'Is "The Salt Road" on the shelf?' }
const call = {
  id: 'call_31',
  type: 'function',
  function: { name: 'find_book', arguments: '{"title":"The Salt Road"}' },
}
const lookedUp = { role: 'assistant', content: null, tool_calls: [call] }
const found = { role: 'tool', tool_call_id: 'call_31', content: '{"shelf":"F3","copies":1}' }
const answered = { role: 'assistant', content: 'Yes, one copy on shelf F3.' }
const dismissed = { role: 'assistant', content: 'No idea.' }
const tools = [
  {
    type: 'function',
    function: {
      name: 'find_book',
      description: 'Finds a book by its title.',
      parameters: { type: 'object', properties: { title: { type: 'string' } } },
    },
  },
]

const inParts = (role: string, value: string, weight: number) => ({
  role,
  content: [{ type: 'text', value }],
  loss_weight: weight,
})
const ranked = (rank: number, content: string) => ({
  rank,
  completion: [{ role: 'assistant', content }],
})
const scored = (score: number, text: string) => ({
  score,
  completion: { role: 'model', parts: [{ text }] },
})
const byPerson = (user_id: string, value: unknown) => ({ user_id, value, status: 'submitted' })

export const trainingExamples: Record<string, Example> = {
  argilla: {
    rows: [
      {
        id: '5a3e',
        external_id: 'desk-14',
        fields: {
          prompt: 'May I renew a book twice?',
          response_1: 'Once, then it must come back for a day.',
          response_2: 'As often as you like.',
        },
        metadata: { branch: 'harbour', length: 39 },
        suggestions: {
          better: { value: 'response_1', score: 0.8, agent: 'heron-judge' },
          rating_2: { value: 2, score: null, agent: 'heron-judge' },
        },
        responses: {
          better: [byPerson('u-ida', 'response_1'), byPerson('u-tom', 'response_1')],
          rating_1: [byPerson('u-ida', 5), { user_id: 'u-tom', value: 3, status: 'draft' }],
          ranking: [
            byPerson('u-ida', [
              { value: 'response_1', rank: 1 },
              { value: 'response_2', rank: 2 },
            ]),
          ],
          why_1: [byPerson('u-ida', 'It is what our rules say.')],
        },
        vectors: { small: [0.1, -0.2] },
      },
    ],
  },
  'gemini-preference': {
    rows: [
      {
        systemInstruction: { parts: [{ text: system.content }] },
        contents: [{ role: 'user', parts: [{ text: asked.content }] }],
        completions: [scored(1, answered.content), scored(0, 'Perhaps.')],
      },
    ],
  },
  'label-studio': {
    container: 'json',
    rows: [
      {
        id: 81,
        data: {
          prompt: 'May I eat in the reading room?',
          answer1: 'Only apples, and quietly.',
          answer2: 'No food, but water in a closed bottle.',
        },
        annotations: [
          {
            id: 9,
            completed_by: { id: 4, email: 'ida@library.example' },
            was_cancelled: false,
            created_at: '2025-02-11T10:03:12.000000Z',
            lead_time: 21.4,
            result: [
              {
                id: 'x1',
                type: 'pairwise',
                from_name: 'better',
                to_name: 'answer1,answer2',
                value: { selected: 'right' },
              },
              {
                id: 'x2',
                type: 'rating',
                from_name: 'clarity',
                to_name: 'answer2',
                value: { rating: 4 },
              },
              {
                id: 'x3',
                type: 'textarea',
                from_name: 'why',
                to_name: 'answer2',
                value: { text: ['It is the rule on the door.'] },
              },
            ],
          },
        ],
        predictions: [
          {
            model_version: 'heron-judge',
            result: [
              {
                type: 'choices',
                from_name: 'tone',
                to_name: 'answer1',
                value: { choices: ['playful'] },
              },
            ],
          },
        ],
      },
    ],
  },
  'llama-factory-alpaca': {
    container: 'json',
    rows: [
      {
        instruction: 'Shorten the notice.',
        input: 'The library will be closed on Friday on account of the painters.',
        output: 'Closed on Friday: painters.',
        system: system.content,
        history: [['Can you edit texts?', 'Gladly.']],
      },
    ],
  },
  'llama-factory-kto': {
    rows: [
      { messages: [asked, answered], label: true },
      { messages: [asked, dismissed], label: false },
    ],
  },
  'llama-factory-v1': {
    rows: [
      {
        chosen_messages: [
          inParts('system', system.content, 0),
          inParts('user', asked.content, 0),
          inParts('assistant', answered.content, 1),
        ],
        rejected_messages: [
          inParts('system', system.content, 0),
          inParts('user', asked.content, 0),
          inParts('assistant', dismissed.content, 1),
        ],
      },
    ],
  },
  'nemo-rl': {
    rows: [
      {
        context: [system, asked],
        completions: [ranked(0, answered.content), ranked(1, 'Maybe.'), ranked(1, 'Hm.')],
        task_name: 'library',
      },
    ],
  },
  'not-data': {
    container: 'json',
    rows: [
      {
        library_desk: {
          file_name: 'desk.json',
          formatting: 'sharegpt',
          columns: { messages: 'conversations' },
        },
        library_pairs: { file_name: 'pairs.jsonl', ranking: true },
      },
    ],
  },
  'nova-preference': {
    rows: [
      {
        schemaVersion: 'bedrock-conversation-2024',
        system: [{ text: system.content }],
        messages: [
          { role: 'user', content: [{ text: asked.content }] },
          {
            role: 'assistant',
            candidates: [
              { content: [{ text: dismissed.content }], preferenceLabel: 'non-preferred' },
              { content: [{ text: answered.content }], preferenceLabel: 'preferred' },
            ],
          },
        ],
      },
    ],
  },
  'openai-dpo': {
    rows: [
      {
        input: { messages: [system, asked], tools, parallel_tool_calls: true },
        preferred_output: [{ role: 'assistant', content: null, tool_calls: [call] }],
        non_preferred_output: [dismissed],
      },
    ],
  },
  'openai-sft': {
    rows: [
      {
        messages: [system, asked, lookedUp, found, answered],
        tools,
        parallel_tool_calls: false,
      },
      { messages: [system, asked, { ...dismissed, weight: 0 }, asked, answered] },
    ],
  },
  rubrica: {
    rows: [
      {
        id: 'desk-1',
        messages: [system, asked],
        tags: ['catalogue'],
        metadata: { branch: 'harbour' },
        responses: [
          {
            id: 'desk-1/heron',
            model: { name: 'heron-7b-chat', version: '2025-02', parameters: { temperature: 0.2 } },
            messages: [answered],
            created_at: '2025-02-11T10:03:12Z',
            usage: { output_tokens: 9 },
          },
          { id: 'desk-1/otter', model: 'otter-3b', content: 'No idea.', latency_ms: 310 },
        ],
      },
      {
        prompt_id: 'desk-1',
        rater: 'ida',
        model_a: 'heron-7b-chat',
        model_b: 'otter-3b',
        response_a: 'desk-1/heron',
        response_b: 'desk-1/otter',
        winner: 'a',
        strength: 3,
        comment: 'It looked.',
        spans: [{ response: 'a', start: 0, end: 3, label: 'certain' }],
      },
      {
        prompt_id: 'desk-1',
        rater: 'tom',
        ranking: [[{ response: 'desk-1/heron' }], [{ response: 'desk-1/otter' }]],
      },
    ],
  },
  sharegpt: {
    container: 'json',
    rows: [
      {
        id: 'desk-2',
        system: system.content,
        tools: JSON.stringify(tools.map((tool) => tool.function)),
        conversations: [
          { from: 'human', value: asked.content },
          {
            from: 'function_call',
            value: '{"name":"find_book","arguments":{"title":"The Salt Road"}}',
          },
          { from: 'observation', value: found.content },
          { from: 'gpt', value: answered.content },
        ],
      },
    ],
  },
  'trl-language-modeling': {
    rows: [
      {
        messages: [
          asked,
          {
            role: 'assistant',
            tool_calls: [
              {
                type: 'function',
                function: { name: 'find_book', arguments: { title: 'The Salt Road' } },
              },
            ],
          },
          { role: 'tool', name: 'find_book', content: found.content },
          answered,
        ],
        tools,
      },
      { text: '\n\nHuman: Opening hours?\n\nAssistant: From nine to six.' },
    ],
  },
  'trl-preference': {
    rows: [
      { prompt: [system, asked], chosen: [answered], rejected: [dismissed] },
      { prompt: 'A library is', chosen: ' a house of books.', rejected: ' a shop.' },
    ],
  },
  'trl-prompt-completion': {
    rows: [
      { prompt: [asked], completion: [answered], language: 'en' },
      { prompt: 'Books are lent for', completion: ' four weeks.', model: 'heron-7b-chat' },
    ],
  },
  'trl-prompt-only': {
    rows: [{ prompt: [system, asked] }, { prompt: 'How much is a lost card?' }],
  },
  'trl-stepwise': {
    rows: [
      {
        prompt: 'A book is 9 days late at 20 cents a day. What is due?',
        completions: ['Nine days at 20 cents each.', '9 × 20 = 180 cents.', 'So 1.90 is due.'],
        labels: [true, true, false],
      },
    ],
  },
  'trl-unpaired': {
    rows: [
      { prompt: [asked], completion: [answered], label: true },
      { prompt: 'How much is a lost card?', completion: ' Go away.', label: false },
    ],
  },
}
