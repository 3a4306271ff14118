import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trlPreference } from '#app/import/readers/trl-preference.ts'
import {
  answersIn,
  expectKnownIds,
  expectNeverThrows,
  pairsIn,
  readAll,
  saidIn,
} from './reading.ts'

const user = (content: string) => ({ role: 'user', content })
const assistant = (content: string) => ({ role: 'assistant', content })

/** The prompt and the two answers that a row gives. */
const texts = (row: Record<string, unknown>) => {
  const read = readAll(trlPreference, row)
  expect(read.problems).toEqual([])
  expect(pairsIn(read.judgments)).toEqual([['TRL preference pairs annotators', 'a', undefined]])
  expectKnownIds(read)
  return [...saidIn(read.contents[0]), ...answersIn(read.contents[0]).map(([, ...said]) => said)]
}

const reasons = (row: Record<string, unknown>) => {
  const { records, problems } = readAll(trlPreference, row)
  expect(records).toEqual([])
  return problems.map(({ field, reason }) => `${field}: ${reason}`)
}

const question = 'Which sea is salty?'
const asked = [user(question)]
const expected = [`user: ${question}`, ['All.'], ['None.']]

describe('TRL preference pairs', () => {
  it('are known by two sides, but not where these are HH-RLHF texts', () => {
    expect(trlPreference.mark({ prompt: 'x', chosen: 'y', rejected: 'z' })).toBe(
      'has "chosen" and "rejected" and "prompt" as texts',
    )
    const marked = '\n\nHuman: Hi\n\nAssistant: '
    expect(trlPreference.mark({ chosen: `${marked}Yes`, rejected: `${marked}No` })).toBeNull()
    expect(trlPreference.mark({ chosen: 'y' })).toBeNull()
  })

  it('keep messages with a prompt of their own', () => {
    const row = { prompt: asked, chosen: [assistant('All.')], rejected: [assistant('None.')] }
    expect(texts(row)).toEqual(expected)
  })

  it('keep single messages and texts as answers just the same', () => {
    const row = { prompt: asked, chosen: assistant('All.'), rejected: 'None.' }
    expect(texts(row)).toEqual(expected)
  })

  it('find the prompt with which both conversations begin', () => {
    const row = {
      chosen: [...asked, assistant('All.')],
      rejected: [...asked, assistant('None.')],
    }
    expect(texts(row)).toEqual(expected)
  })

  it('keep texts with a prompt of their own, spaces and all', () => {
    const row = { prompt: 'The sea is', chosen: ' salty.', rejected: ' sweet.' }
    expect(texts(row)).toEqual(['user: The sea is', [' salty.'], [' sweet.']])
  })

  it('find the prompt with which both texts begin, up to the end of a word', () => {
    const row = { chosen: 'The sea is salty.', rejected: 'The sea is sandy.' }
    expect(texts(row)).toEqual(['user: The sea is', [' salty.'], [' sandy.']])
  })

  it('lose no character of two texts that share a start', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (shared, one, other) => {
        const row = { chosen: shared + one, rejected: shared + other }
        const [content] = readAll(trlPreference, row).contents
        if (!content || row.chosen.includes('Human:') || row.chosen.includes('Assistant:')) return
        const prompt = content.prompt?.messages[0]?.content
        expect(answersIn(content).map(([, said]) => `${prompt}${said}`)).toEqual([
          row.chosen,
          row.rejected,
        ])
      }),
    )
  })

  it('refuse texts that share too little to tell a prompt', () => {
    expect(reasons({ chosen: 'Blue.', rejected: 'Green.' })[0]).toMatch(/^rejected: hardly shares/)
    expect(reasons({ chosen: 'Same.', rejected: 'Same.' })[0]).toMatch(/^rejected: is the same/)
    expect(reasons({ chosen: 'It is so', rejected: 'It is so now' })[0]).toMatch(/one answer would/)
  })

  it('take out a prompt that the answers repeat', () => {
    const repeated = {
      chosen: [...asked, assistant('All.')],
      rejected: [...asked, assistant('None.')],
    }
    expect(texts({ prompt: asked, ...repeated })).toEqual(expected)
    expect(texts({ prompt: question, ...repeated })).toEqual(expected)
    const row = { prompt: question, chosen: `${question} All.`, rejected: `${question} None.` }
    expect(texts(row)).toEqual([`user: ${question}`, [' All.'], [' None.']])
  })

  it('leave a short word that the answers happen to begin with', () => {
    const row = { prompt: 'Hi', chosen: 'Hi there', rejected: 'Hi!' }
    expect(texts(row)).toEqual(['user: Hi', ['Hi there'], ['Hi!']])
  })

  it('refuse conversations that begin differently', () => {
    const row = {
      chosen: [user('Salt? '), assistant('Yes')],
      rejected: [user('Salt?'), assistant('No')],
    }
    expect(reasons(row)[0]).toMatch(/^rejected: begins differently/)
  })

  it('refuse sides that go on with what the user said', () => {
    const row = {
      prompt: asked,
      chosen: [user('More?'), assistant('Yes')],
      rejected: [assistant('No')],
    }
    expect(reasons(row)[0]).toMatch(/^chosen: goes on with a user message/)
  })

  it('keep equal, empty and oddly spaced answers as they are', () => {
    for (const [chosen, rejected] of [
      ['same', 'same'],
      ['same', 'same \n'],
      ['x', ''],
    ]) {
      expect(texts({ prompt: asked, chosen, rejected })).toEqual([
        `user: ${question}`,
        [chosen],
        [rejected],
      ])
    }
  })

  it('open both answers with words of the assistant that end the prompt', () => {
    const row = {
      prompt: [...asked, assistant('Well,')],
      chosen: [assistant('all.')],
      rejected: [assistant('none.')],
    }
    expect(texts(row)).toEqual([`user: ${question}`, ['Well,', 'all.'], ['Well,', 'none.']])
  })

  it('keep two system messages and special marks in texts', () => {
    const system = { role: 'system', content: 'Be brief.' }
    const prompt = [system, system, user('<|im_start|>hi<|im_end|>')]
    expect(texts({ prompt, chosen: 'x</s>', rejected: 'y' })).toEqual([
      'system: Be brief.',
      'system: Be brief.',
      'user: <|im_start|>hi<|im_end|>',
      ['x</s>'],
      ['y'],
    ])
  })

  it('read the messages that a table holds as JSON', () => {
    const row = {
      prompt: JSON.stringify(asked),
      chosen: JSON.stringify([assistant('All.')]),
      rejected: JSON.stringify([assistant('None.')]),
    }
    expect(texts(row)).toEqual(expected)
  })

  it('keep answers that are JSON themselves as texts', () => {
    const [chosen, rejected] = ['{"prompt":"x"}', '[{"a":1}]']
    expect(texts({ prompt: 'Give JSON.', chosen, rejected })).toEqual([
      'user: Give JSON.',
      [chosen],
      [rejected],
    ])
  })

  it('keep margins, scores, models and ids', () => {
    const [content] = readAll(trlPreference, {
      prompt: 'Hi',
      chosen: 'y',
      rejected: 'z',
      prompt_id: 'p1',
      margin: 0.5,
      score_chosen: 8,
      score_rejected: 3,
      chosen_model: 'm1',
      category: 'greetings',
    }).contents
    expect(content?.prompt).toMatchObject({
      externalId: 'p1',
      tags: ['greetings'],
      metadata: { margin: 0.5 },
    })
    expect(content?.responses.map(({ model, metadata }) => [model.name, metadata])).toEqual([
      ['m1', { score: 8 }],
      ['unknown', { score: 3 }],
    ])
  })

  it('never throw', () =>
    expectNeverThrows(trlPreference, { prompt: 'a b c', chosen: 'y', rejected: 'z', system: 's' }))
})
