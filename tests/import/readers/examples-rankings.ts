/** Rows of public sets in which answers were scored, ranked or collected for comparison. */
import type { Example } from './example.ts'

const rated = { prompt: 'What is a sextant for?', response: 'To measure the height of a star.' }

const reply = (id: string, text: string, more: object = {}) => ({
  message_id: id,
  parent_id: 'p-1',
  role: 'assistant',
  text,
  lang: 'es',
  review_count: 3,
  review_result: true,
  deleted: false,
  ...more,
})
const question = {
  message_id: 'p-1',
  parent_id: null,
  user_id: 'u-41',
  created_date: '2023-03-04T18:21:07.412+00:00',
  text: '¿Cuál es el río más largo de la península?',
  role: 'prompter',
  lang: 'es',
  tree_state: 'ready_for_export',
}

const prismAnswer = (within: number, content: string, score: number, isChosen: boolean) => ({
  turn: 0,
  role: 'model',
  content,
  model_name: `heron-${within}`,
  model_provider: 'aviary',
  score,
  if_chosen: isChosen,
  within_turn_id: within,
})

const prismUtterance = (turn: number, within: number, isChosen: boolean) => ({
  utterance_id: `ut-${turn}-${within}`,
  interaction_id: `int-${turn}`,
  conversation_id: 'c-12',
  user_id: 'user-7',
  turn,
  within_turn_id: within,
  conversation_type: 'values guided',
  user_prompt: turn === 0 ? 'Should shops close on Sundays?' : 'Who would lose by it?',
  model_response: `Answer ${within} of turn ${turn}: some rest, some sell less.`,
  model_name: `heron-${within}`,
  model_provider: 'aviary',
  score: 40 + 20 * within,
  if_chosen: isChosen,
})

export const rankingExamples: Record<string, Example> = {
  'alpaca-eval-outputs': {
    container: 'json',
    rows: [
      {
        instruction: 'Write a haiku about a late train.',
        output: 'Rails hum and then stop.\nThe board turns all its letters.\nPigeons take my seat.',
        generator: 'heron-7b-chat',
        dataset: 'verse',
        datasplit: 'eval',
      },
    ],
  },
  'arena-hard-answer': {
    rows: [
      {
        question_id: 'a7d2',
        answer_id: 'kQ81',
        model_id: 'heron-7b-chat',
        choices: [
          { index: 0, turns: [{ content: 'def gcd(a, b): …', token_len: 41 }] },
          { index: 1, turns: [{ content: 'math.gcd(a, b)', token_len: 6 }] },
        ],
        tstamp: 1_711_500_120.5,
      },
    ],
  },
  'arena-hard-question': {
    rows: [
      {
        question_id: 'a7d2',
        category: 'arena-hard-v0.1',
        cluster: 'Number Theory in Python',
        turns: [{ content: 'Find the greatest common divisor of two numbers.' }],
      },
    ],
  },
  helpsteer2: {
    rows: [
      { ...rated, helpfulness: 3, correctness: 4, coherence: 4, complexity: 1, verbosity: 0 },
      {
        prompt: 'Spell "necessary".',
        response: 'n-e-c-e-s-s-a-r-y',
        helpfulness: 4,
        correctness: 4,
        coherence: 4,
        complexity: 0,
        verbosity: 1,
      },
    ],
  },
  'helpsteer2-disagreements': {
    rows: [
      {
        ...rated,
        helpfulness: [3, 4, 3],
        correctness: [4, 4, 2],
        coherence: [4, 4, 4],
        complexity: [1, 0, 1],
        verbosity: [0, 1, 0],
      },
    ],
  },
  nectar: {
    rows: [
      {
        prompt: '\n\nHuman: A word for a group of owls?\n\nAssistant: ',
        answers: [
          { answer: 'A parliament.', model: 'heron-7b-chat', rank: 1.0 },
          { answer: 'A flock, I think.', model: 'otter-3b', rank: 2.0 },
          { answer: 'Owls.', model: 'anon', rank: 3.0 },
        ],
        turns: 1,
        num_responses: 3,
        source: ['quiz', 'birds'],
        good_natured: true,
      },
    ],
  },
  'oasst-messages': {
    rows: [
      question,
      reply('r-1', 'El Tajo.', {
        rank: 0,
        synthetic: false,
        labels: { name: ['quality', 'humor'], value: [0.75, 0.25], count: [3, 2] },
        emojis: { name: ['+1'], count: [2] },
      }),
      reply('r-2', 'El Ebro, de más de dos mil kilómetros.', {
        rank: 1,
        synthetic: true,
        model_name: 'otter-3b',
      }),
    ],
  },
  'oasst-tree': {
    rows: [
      {
        message_tree_id: 'p-1',
        tree_state: 'ready_for_export',
        prompt: {
          ...question,
          replies: [
            reply('r-1', 'El Tajo.', {
              rank: 0,
              labels: { quality: { value: 0.75, count: 3 }, spam: { value: 0, count: 3 } },
              replies: [
                {
                  message_id: 'p-2',
                  role: 'prompter',
                  text: '¿Y dónde desemboca?',
                  lang: 'es',
                  replies: [reply('r-3', 'En Lisboa.', { parent_id: 'p-2', replies: [] })],
                },
              ],
            }),
            reply('r-2', 'El Ebro.', { rank: 1, model_name: 'otter-3b', replies: [] }),
          ],
        },
      },
    ],
  },
  'prism-conversations': {
    rows: [
      {
        conversation_id: 'c-12',
        user_id: 'user-7',
        conversation_type: 'values guided',
        opening_prompt: 'Should shops close on Sundays?',
        conversation_turns: 1,
        generated_datetime: '2023-12-01 09:14:55',
        conversation_history: [
          { turn: 0, role: 'user', content: 'Should shops close on Sundays?' },
          prismAnswer(0, 'People need a day of rest.', 35, false),
          prismAnswer(1, 'It depends on whom you ask.', 88, true),
        ],
        open_feedback: 'The second weighed both sides.',
        performance_attributes: { fluency: 90, helpfulness: 71 },
      },
    ],
  },
  'prism-utterances': {
    rows: [prismUtterance(0, 0, false), prismUtterance(0, 1, true), prismUtterance(1, 0, true)],
  },
  'summarize-axis': {
    rows: [
      {
        info: {
          id: 'b81e',
          site: 'harbournews',
          title: 'Ferry returns',
          article: 'After nine weeks in the dock the ferry sails again from Monday.',
          post: null,
          subreddit: null,
        },
        summary: {
          text: 'The ferry sails again.',
          policy: 'pretrain2',
          note: 'Does not say when.',
          axes: { overall: 5, accuracy: 7, coverage: 4, coherence: 7 },
        },
        worker: 'rW8m',
        batch: 'news_03',
        split: 'test',
      },
    ],
  },
  ultrafeedback: {
    rows: [
      {
        source: 'everyday',
        instruction: 'Explain tides to a child.',
        models: ['heron-7b-chat', 'otter-3b'],
        completions: [
          {
            model: 'heron-7b-chat',
            principle: 'helpfulness',
            custom_system_prompt: 'Explain with things that one can touch.',
            response: 'The moon pulls at the sea as you pull at a blanket.',
            annotations: {
              helpfulness: {
                Type: ['1', '2'],
                Rationale: 'Fits a child.',
                Rating: '5',
                'Rationale For Rating': 'A picture one can touch.',
              },
              honesty: { Rating: 'N/A', Rationale: 'Nothing to be unsure of.' },
              instruction_following: { Rating: '4', Rationale: 'It explains.' },
            },
            'fine-grained_score': 4.5,
            overall_score: 8,
            critique: 'Warm and right.',
          },
          {
            model: 'otter-3b',
            principle: 'honesty',
            custom_system_prompt: 'Say what you do not know.',
            response: 'Gravity gradients.',
            annotations: { helpfulness: { Rating: '1', Rationale: 'No child knows these.' } },
          },
        ],
        correct_answers: ['None'],
        incorrect_answers: ['None'],
      },
    ],
  },
}
