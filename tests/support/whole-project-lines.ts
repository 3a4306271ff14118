/** What logs and other tools brought to a project: texts of every kind, and judgments of every kind. */

const conversation = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'What is the weather?' },
  {
    role: 'assistant',
    content: '',
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'weather', arguments: '{}' } }],
  },
  { role: 'tool', content: 'Rain', tool_call_id: 'c1' },
]

/** The versions come in an order in which no export writes them: labels must not depend on it. */
const models = [
  { model: 'aurora', version: '2', prompt_version: 'v4', parameters: { temperature: 0.5 } },
  { model: 'aurora', version: '2', prompt_version: 'v4', parameters: { temperature: 0 } },
  { model: 'Borealis' },
]

const answered = (content: string, change: object = {}) => ({ content, ...change })

export function textLines(): Record<string, unknown>[] {
  const questions = Array.from({ length: 16 }, (_, place) => ({
    prompt: `Question ${place}?`,
    tags: place % 2 === 0 ? ['even', 'né'] : [],
    metadata: { ticket: place, nested: { list: [place, null] } },
    responses: models.map((model, at) => ({
      ...model,
      ...answered(`Answer ${at} of “${place}”`, {
        created_at: `2026-01-0${at + 1}T00:00:00Z`,
        latency_ms: 12.5,
        cost: 0.001,
        usage: { total: 7 },
        finish_reason: 'stop',
        metadata: { run: at },
      }),
    })),
  }))
  const same = {
    id: 'same',
    prompt: 'Same?',
    responses: models.map((model) => ({ ...model, content: 'Alike.' })),
  }
  const samples = {
    id: 'samples',
    input_key: 'item 7',
    messages: conversation,
    responses: [
      { model: 'Borealis', content: 'Wet.', id: 's2', sample: 0 },
      { model: 'Borealis', content: 'Wet.', id: 's1', sample: 1 },
      { model: 'Borealis', content: 'Dry.', id: 's0' },
      // Logged twice with the same words: the later entry has the smaller id.
      {
        model: 'aurora',
        content: 'Grey.',
        id: 'u2',
        context: ['clouds'],
        tools: [{ name: 'sky' }],
      },
      { model: 'aurora', content: 'Grey.', id: 'u1', rendered: conversation },
    ],
  }
  return [...questions.map((one, at) => ({ id: `q${15 - at}`, ...one })), same, samples]
}

const pair = (prompt_id: string, winner: string, rater: string, change: object = {}) => ({
  prompt_id,
  model_a: 'Borealis',
  model_b: { name: 'aurora', parameters: { temperature: 0 } },
  winner,
  rater,
  campaign: 'crowd',
  ...change,
})

const day = (number: number) => `2026-02-0${number}T10:00:00.123Z`

/** Judgments of three campaigns that were recorded elsewhere. */
export function recordedLines(): Record<string, unknown>[] {
  const crowd = [
    pair('q1', 'a', 'w1', { strength: 2, comment: 'clear', reasons: ['Right'], active_ms: 900 }),
    pair('q1', 'tie', 'Zoë'),
    pair('q1', 'both_bad', 'w2', { shown_first: 'b' }),
    pair('q2', 'cant_judge', 'someone@example.org'),
    pair('q2', 'a', 'w1', { created_at: day(1), comment: 'at first' }),
    pair('q2', 'b', 'w1', { created_at: day(2), revision: 2 }),
    pair('q2', 'a', 'w2', { withdrawn: 'asleep', is_extra: true }),
    pair('q3', 'b', 'w1', { withdrawn: '' }),
    pair('q3', 'a', 'w3', { ideal: 'Better.', spans: [span('a'), span('b')] }),
    pair('q3', 'b', 'gpt-x', { source: 'judge', created_at: day(3) }),
    pair('q3', 'tie', 'chief', { source: 'adjudicator' }),
    pair('q4', 'a', 'w1', { purpose: 'gold' }),
    { ...pair('q5', 'a', 'w4'), winner: undefined, skipped: 'no idea', created_at: day(4) },
  ]
  const samples = ['s0', 's1', 's2'].flatMap((one, at) =>
    ['w1', 'w2'].map((rater, step) => ({
      prompt_id: 'samples',
      model: 'Borealis',
      response: one,
      criterion: 'wetness',
      score: at * 30 + step * 7.5,
      rater,
      campaign: 'scores',
    })),
  )
  const drawn = {
    campaign: 'drawn',
    kind: 'pairwise',
    criteria: [
      { name: 'preference', kind: 'preference', points: 3, title: 'Better?', required: true },
    ],
    overlap: 2,
    settings: { order: 'adaptive', pairing: { kind: 'baseline', modelId: 'Borealis' } },
  }
  const drawnTasks = [
    { task: 'work', prompt_id: 'samples', responses: ['u1', 'u2'], campaign: 'drawn', needed: 2 },
    { task: 'work', prompt_id: 'samples', responses: ['s0', 's1'], campaign: 'drawn' },
  ].map((line, at) => ({ ...line, priority: at + 1, selection_probability: 1 / (at + 3) }))
  const drawnPairs = [
    {
      ...pair('samples', 'a', 'w1', { campaign: 'drawn', response_a: 's0', response_b: 's1' }),
      model_b: 'Borealis',
    },
  ]
  return [...drawnPairs, ...crowd, ...samples, drawn, ...drawnTasks]
}

const span = (response: 'a' | 'b') => ({ response, start: 0, end: 3, label: `of ${response}` })
