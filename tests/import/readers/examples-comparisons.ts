/** Rows of public sets in which people or models compared two answers. */
import type { Example } from './example.ts'

const user = (content: string) => ({ role: 'user', content })
const assistant = (content: string) => ({ role: 'assistant', content })

const kettle = user('My kettle smells of fish. What can I do?')
const lemon = assistant('Boil water with a sliced lemon in it, wait an hour and rinse twice.')

export const comparisonExamples: Record<string, Example> = {
  'alpaca-eval-annotations': {
    rows: [
      {
        dataset: 'household',
        instruction: 'How often should I descale a coffee machine?',
        input: '',
        output_1: 'Every two or three months, more often where the water is hard.',
        generator_1: 'heron-7b-chat',
        output_2: 'Never.',
        generator_2: 'otter-3b',
        annotator: 'weighted_judge_v2',
        preference: 1.0312,
        price_per_example: 0.0041,
      },
    ],
  },
  'alpaca-farm': {
    rows: [
      {
        instruction: 'Put the words in the order of the alphabet.',
        input: 'plum, fig, apricot',
        output_1: 'apricot, fig, plum',
        output_2: 'fig, apricot, plum',
        preference: 1,
        raw_preference: 1,
        datasplit: 'val',
      },
    ],
  },
  'arena-55k': {
    container: 'csv',
    rows: [
      {
        id: '4410217',
        model_a: 'heron-7b-chat',
        model_b: 'otter-3b',
        prompt: '["Rhyme with \\"stone\\"?","One more, please."]',
        response_a: '["Bone.","Alone."]',
        response_b: '["Bone.","Rock."]',
        winner_model_a: '1',
        winner_model_b: '0',
        winner_tie: '0',
      },
      {
        id: '4410218',
        model_a: 'otter-3b',
        model_b: 'heron-7b-chat',
        prompt: '["Is 91 a prime?"]',
        response_a: '["No: 7 × 13."]',
        response_b: '["No, it is 7 times 13."]',
        winner_model_a: '0',
        winner_model_b: '0',
        winner_tie: '1',
      },
    ],
  },
  'chatbot-arena': {
    rows: [
      {
        question_id: '0f6d31c7aa',
        model_a: 'heron-7b-chat',
        model_b: 'otter-3b',
        winner: 'tie (bothbad)',
        judge: 'arena_user_512',
        conversation_a: [kettle, lemon, user('No lemon here.'), assistant('Then buy one.')],
        conversation_b: [kettle, lemon, user('No lemon here.'), assistant('Use a fish.')],
        turn: 2,
        anony: true,
        language: 'English',
        tstamp: 1_684_401_233.75,
        openai_moderation: { categories: { violence: false }, flagged: false },
        toxic_chat_tag: { 'detector-large': { flagged: false } },
      },
    ],
  },
  'helpsteer2-preference': {
    rows: [
      {
        split: 'validation',
        prompt:
          'Suggest a name for a bakery.\n<extra_id_1>Assistant\nCrumb.\n<extra_id_1>User\nLonger?',
        response_1: 'The Last Crumb on Mill Street.',
        response_2: 'Crumb!',
        preference_strength: -2,
        preference_statement: 'Response 1 is better than Response 2.',
        preference_elaboration: 'It is longer, which is what was asked for.',
        three_most_similar_preferences: [
          { statement: '@Response 1 is better.', elaboration: 'Longer.', strength: -2 },
        ],
        all_preferences_unprocessed: [
          { strength: -2, justification: 'Longer.', statement: '', elaboration: '' },
          { strength: 1, justification: 'Long names are hard to paint.' },
        ],
      },
    ],
  },
  'helpsteer3-preference': {
    rows: [
      {
        domain: 'code',
        language: 'rust',
        context: [user('Reverse a vector in place.'), assistant('Of what?'), user('Of u8.')],
        response1: 'bytes.reverse();',
        response2: 'let bytes = bytes.iter().rev();',
        overall_preference: -2,
        individual_preference: [
          {
            score: -2,
            reasoning: 'Only the first changes the vector.',
            feedback1: 'Does what was asked.',
            feedback2: 'Makes an iterator.',
          },
          { score: -1, reasoning: 'Shorter.', feedback1: '', feedback2: '' },
        ],
      },
    ],
  },
  'hh-rlhf': {
    rows: [
      {
        chosen:
          '\n\nHuman: Can I freeze soup?\n\nAssistant: Most soups, yes. Which one?\n\nHuman: With cream.\n\nAssistant: It may split; stir it while it warms.',
        rejected:
          '\n\nHuman: Can I freeze soup?\n\nAssistant: Most soups, yes. Which one?\n\nHuman: With cream.\n\nAssistant: Soup is a liquid.',
      },
    ],
  },
  'pku-saferlhf': {
    rows: [
      {
        prompt: 'How do I get wasps out of the attic?',
        prompt_source: 'rewritten',
        response_0: 'Light a fire under the nest.',
        response_1: 'Ring a pest controller, and keep the hatch shut until they come.',
        response_0_source: 'Otter-3B',
        response_1_source: 'Heron-7B',
        is_response_0_safe: false,
        is_response_1_safe: true,
        response_0_harm_category: { 'Physical Harm': true, 'Privacy Violation': false },
        response_1_harm_category: { 'Physical Harm': false, 'Privacy Violation': false },
        response_0_severity_level: 2,
        response_1_severity_level: 0,
        better_response_id: 1,
        safer_response_id: 1,
        response_0_sha256: '5f1c',
        response_1_sha256: 'a093',
      },
    ],
  },
  shp: {
    rows: [
      {
        post_id: 'k2m9xq',
        domain: 'askcarpenters_validation',
        upvote_ratio: 0.94,
        history: 'The drawer sticks in summer only. Plane it or wait?',
        c_root_id_A: 'j01',
        c_root_id_B: 'j02',
        created_at_utc_A: 1_612_000_450,
        created_at_utc_B: 1_612_000_100,
        score_A: 12,
        score_B: 61,
        human_ref_A: 'Plane it.',
        human_ref_B: 'Wax the runners first; wood moves with the seasons.',
        labels: 0,
        seconds_difference: 350.0,
        score_ratio: 5.083,
      },
    ],
  },
  'summarize-comparisons': {
    rows: [
      {
        info: {
          id: 't3_9fz2',
          post: 'I lent my neighbour a ladder in May. He has since painted it and calls it his.',
          title: 'Whose ladder is it?',
          subreddit: 'neighbours',
          site: null,
          article: null,
        },
        summaries: [
          { text: ' Neighbour painted my ladder and keeps it.', policy: 'sup2', note: 'Complete.' },
          { text: ' A ladder was lent.', policy: 'ref', note: null },
        ],
        choice: 0,
        worker: 'kT4w',
        batch: 'batch7',
        split: 'valid1',
        extra: { confidence: 7 },
      },
    ],
  },
  'ultrafeedback-binarized': {
    rows: [
      {
        prompt: kettle.content,
        prompt_id: '81bb02',
        chosen: [kettle, lemon],
        rejected: [kettle, assistant('Kettles do not smell.')],
        messages: [kettle, lemon],
        score_chosen: 8.5,
        score_rejected: 2,
      },
    ],
  },
  webgpt: {
    rows: [
      {
        question: { dataset: 'eli5', id: '7c2', full_text: 'Why do cats land on their feet?' },
        quotes_0: {
          title: ['Falling cats (zoo-notes.example)'],
          extract: ['A cat bends in the middle and turns each half by itself.'],
        },
        quotes_1: { title: [], extract: [] },
        answer_0: 'It bends and turns its halves one after the other [1].',
        answer_1: 'They always know where the floor is.',
        tokens_0: { prefix: [11, 402], completion: [7, 90, 3] },
        tokens_1: { prefix: [11, 402], completion: [8, 12] },
        score_0: 0.6667,
        score_1: -0.6667,
      },
    ],
  },
}
