import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Completion, PreferenceRow, PromptRow } from '#app/export/canonical-row.ts'
import { checksOf, cutToContinuation, type RowCheck, rowChecks } from '#app/export/row-checks.ts'
import { geminiPreference } from '#app/export/targets/clouds.ts'
import { togetherPreference } from '#app/export/targets/openai.ts'
import { anyConversation } from '#app/export/targets/target.ts'
import { trlPreference, trlPreferenceStandard } from '#app/export/targets/trl.ts'
import type { Message } from '#app/import/message.ts'

const said = (role: string, content: string): Message => ({ role, content })

const completion = (id: string, ...messages: Message[]): Completion => ({
  id,
  model: `model ${id}`,
  messages,
})

const row = (change: Partial<PreferenceRow> = {}): PreferenceRow => ({
  recipe: 'preference',
  origin: {
    id: 'r',
    promptId: 'p',
    campaign: 'c',
    tags: [],
    raters: 3,
    raterNames: ['w1'],
    agreement: 1,
    posterior: null,
  },
  prompt: [said('user', 'What is 2 + 2?')],
  chosen: completion('a', said('assistant', 'Four.')),
  rejected: completion('b', said('assistant', 'Five.')),
  margin: null,
  ...change,
})

const call = { ...said('assistant', ''), tool_calls: [{ function: { name: 'add' } }] }

/** Each check, with a row in which it is planted and a target that minds. */
const planted: Record<
  Exclude<RowCheck, 'prompt-repeated' | 'no-reference'>,
  [PreferenceRow, typeof trlPreference]
> = {
  empty: [row({ chosen: completion('a', said('assistant', ' \n')) }), trlPreference],
  identical: [row({ rejected: completion('b', said('assistant', ' Four. ')) }), trlPreference],
  'prompt-empty': [row({ prompt: [] }), trlPreference],
  'prompt-end': [row({ prompt: [said('user', 'Q'), said('assistant', 'A')] }), trlPreference],
  'no-user': [row({ prompt: [said('system', 'S')] }), trlPreference],
  'system-place': [
    row({ prompt: [said('user', 'Q'), said('system', 'S'), said('user', 'Q')] }),
    trlPreference,
  ],
  'completion-role': [row({ chosen: completion('a', said('user', 'Four.')) }), trlPreference],
  'tool-calls': [row({ chosen: completion('a', call) }), geminiPreference],
  'several-messages': [
    row({ chosen: completion('a', said('assistant', '4'), said('assistant', 'Four.')) }),
    togetherPreference,
  ],
  'several-turns': [
    row({ prompt: [said('user', 'Q'), said('assistant', 'A'), said('user', 'Q')] }),
    trlPreferenceStandard,
  ],
  'system-message': [
    row({ prompt: [said('system', 'S'), said('user', 'Q')] }),
    trlPreferenceStandard,
  ],
  'not-alternating': [row({ prompt: [said('user', 'Q'), said('user', 'Q')] }), togetherPreference],
  'ends-with-tool': [
    row({ prompt: [said('user', 'Q'), said('tool', '4')] }),
    { ...trlPreference, demands: { ...anyConversation, endsWithUser: true } },
  ],
  'empty-message': [row({ prompt: [said('system', ' '), said('user', 'Q')] }), geminiPreference],
  'lone-surrogate': [
    row({ chosen: completion('a', said('assistant', 'Four \ud83d')) }),
    trlPreference,
  ],
  'white-space': [row({ chosen: completion('a', said('assistant', 'Four. ')) }), trlPreference],
  'template-marker': [row({ prompt: [said('user', 'Say <|im_start|>')] }), trlPreference],
}

describe('The checks of a row', () => {
  it('find nothing wrong with a plain one, for any target', () => {
    for (const { demands } of [trlPreference, togetherPreference, geminiPreference]) {
      expect(checksOf(row(), demands)).toEqual([])
    }
  })

  it.each(Object.entries(planted))('find a planted fault: %s', (check, [faulty, target]) => {
    expect(checksOf(faulty, target.demands)).toContain(check)
  })

  it('find a prompt without a reference, where the target needs one', () => {
    const { origin, prompt } = row()
    const alone: PromptRow = { recipe: 'prompt', origin, prompt, reference: null }
    expect(checksOf(alone, { ...anyConversation, reference: true })).toEqual(['no-reference'])
    expect(checksOf(alone, anyConversation)).toEqual([])
    const told = { ...alone, reference: 'Four.' }
    expect(checksOf(told, { ...anyConversation, reference: true })).toEqual([])
  })

  it('let pass what a target carries', () => {
    const [withTools] = planted['tool-calls']
    expect(checksOf(withTools, anyConversation)).toEqual([])
    const [turns] = planted['several-turns']
    expect(checksOf(turns, anyConversation)).toEqual([])
  })

  it('know the same text whatever its composition and white space', () => {
    const composed = completion('a', said('assistant', 'caf\u00e9'))
    const decomposed = completion('b', said('assistant', 'cafe\u0301 '))
    const same = row({ chosen: composed, rejected: decomposed })
    expect(checksOf(same, anyConversation)).toContain('identical')
  })

  it('say of each whether it blocks', () => {
    const warned = Object.entries(rowChecks).filter(([, { blocks }]) => !blocks)
    expect(warned.map(([check]) => check)).toEqual([
      'prompt-repeated',
      'white-space',
      'template-marker',
    ])
  })
})

describe('A completion that repeats the prompt', () => {
  it('is cut to the continuation, once and for all', () => {
    const prompt = [said('system', 'S'), said('user', 'Q')]
    const whole = completion('a', ...prompt, said('assistant', 'A'))
    const { row: cut, isCut } = cutToContinuation(row({ prompt, chosen: whole }))
    expect(isCut).toBe(true)
    expect(cut.chosen.messages).toEqual([said('assistant', 'A')])
    expect(cutToContinuation(cut)).toEqual({ row: cut, isCut: false })
  })

  it('is only what begins with the whole of it', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 4 }), (texts) => {
        const messages = texts.map((text) => said('assistant', text))
        const own = row({ chosen: completion('a', ...messages) })
        expect(cutToContinuation(own)).toEqual({ row: own, isCut: false })
      }),
    )
  })
})
