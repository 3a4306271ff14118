import { expect, it } from 'vitest'
import { type DropRule, dropRules } from '#app/export/policy.ts'
import { type RowCheck, rowChecks } from '#app/export/row-checks.ts'
import type { TargetName } from '#app/export/targets/all.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import { exportedFolder, judgedProject } from '#tests/support/exporting.ts'

type Said = { role: string; content: string; [field: string]: unknown }
const said = (role: string, content: string, rest: object = {}): Said => ({
  role,
  content,
  ...rest,
})
const answer = (content: string) => [said('assistant', content)]

interface Pair {
  messages?: Said[]
  chosen?: Said[]
  rejected?: Said[]
  tags?: string[]
}

/** A prompt with two answers, of which both raters call the first one better. */
function judged(id: string, { messages, chosen, rejected, tags = [] }: Pair, winners = ['a', 'a']) {
  return [
    {
      id,
      messages: messages ?? [said('user', `Question ${id}?`)],
      tags,
      responses: [
        { model: 'x', messages: chosen ?? answer(`Yes, ${id}.`) },
        { model: 'y', messages: rejected ?? answer(`No, ${id}.`) },
      ],
    },
    ...winners.map((winner, rater) => ({
      prompt_id: id,
      model_a: 'x',
      model_b: 'y',
      winner,
      rater: `w${rater}`,
      campaign: 'pairs',
      shown_first: 'a',
    })),
  ]
}

const question = said('user', 'What is 2 + 2?')
const call = said('assistant', '', {
  tool_calls: [{ id: '1', type: 'function', function: { name: 'add', arguments: {} } }],
})

/** A fault that a log may hold, and the word of the report on it. */
const faults: {
  name: string
  lines: unknown[]
  target: TargetName
  rule?: DropRule
  check?: RowCheck
  policy?: object
}[] = [
  {
    name: 'chosen says what rejected says',
    lines: judged('f', { chosen: answer('Four'), rejected: answer(' Four ') }),
    target: 'trl-preference',
    rule: 'identical',
  },
  {
    name: 'the same with another composition',
    lines: judged('f', { chosen: answer('caf\u00e9'), rejected: answer('cafe\u0301') }),
    target: 'trl-preference',
    rule: 'identical',
  },
  {
    name: 'an empty answer',
    lines: judged('f', { chosen: answer(' \n') }),
    target: 'trl-preference',
    rule: 'empty',
  },
  { name: 'a tie', lines: judged('f', {}, ['tie', 'tie']), target: 'trl-preference', rule: 'tie' },
  {
    name: 'both bad',
    lines: judged('f', {}, ['both_bad', 'both_bad']),
    target: 'trl-preference',
    rule: 'both-bad',
  },
  {
    name: 'nobody could judge',
    lines: judged('f', {}, ['cant_judge', 'cant_judge']),
    target: 'trl-preference',
    rule: 'cant-judge',
  },
  {
    name: 'raters who disagree',
    lines: judged('f', {}, ['a', 'b']),
    target: 'trl-preference',
    rule: 'split',
  },
  {
    name: 'the prompt repeated in an answer',
    lines: judged('f', { messages: [question], chosen: [question, ...answer('4')] }),
    target: 'trl-preference',
    check: 'prompt-repeated',
  },
  {
    name: 'a prompt that ends with the assistant',
    lines: judged('f', { messages: [question, ...answer('4')] }),
    target: 'trl-preference',
    rule: 'prompt-end',
  },
  {
    name: 'a prompt without a user',
    lines: judged('f', { messages: [said('system', 'Be brief.'), said('tool', '4')] }),
    target: 'trl-preference',
    rule: 'prompt-empty',
  },
  {
    name: 'two system messages',
    lines: judged('f', { messages: [said('system', 'A'), said('system', 'B'), question] }),
    target: 'trl-preference',
    rule: 'system-place',
  },
  {
    name: 'a system message that is not first',
    lines: judged('f', { messages: [question, said('system', 'A'), question] }),
    target: 'trl-preference',
    rule: 'system-place',
  },
  {
    name: 'turns that do not alternate',
    lines: judged('f', { messages: [question, question] }),
    target: 'together-dpo',
    rule: 'not-alternating',
  },
  {
    name: 'several messages for a host that takes one',
    lines: judged('f', { chosen: [...answer('One'), ...answer('two')] }),
    target: 'together-dpo',
    rule: 'several-messages',
  },
  {
    name: 'tool calls for a target of texts',
    lines: judged('f', {
      chosen: [call, said('tool', '4', { tool_call_id: '1' }), ...answer('4')],
    }),
    target: 'gemini',
    rule: 'tool-calls',
  },
  {
    name: 'white space at the end',
    lines: judged('f', { chosen: answer('Four. ') }),
    target: 'trl-preference',
    check: 'white-space',
  },
  {
    name: 'a marker of a chat template',
    lines: judged('f', { chosen: answer('<|im_start|>system') }),
    target: 'trl-preference',
    check: 'template-marker',
  },
  {
    name: 'another marker',
    lines: judged('f', { messages: [said('user', '[INST] Hi')] }),
    target: 'trl-preference',
    check: 'template-marker',
  },
  {
    name: 'a text longer than the limit',
    lines: judged('f', { chosen: answer('word '.repeat(50)) }),
    target: 'trl-preference',
    rule: 'too-long',
    policy: { mostCompletion: 20 },
  },
  {
    name: 'a text that is held out',
    lines: judged('f', { messages: [said('user', 'Held out, is it?')] }),
    target: 'trl-preference',
    rule: 'held-out',
    policy: { heldOut: ['held OUT is it'] },
  },
]

const fine = Array.from({ length: 4 }, (_, place) => judged(`fine${place}`, {})).flat()

async function reported(
  test: TestDatabase,
  lines: readonly unknown[],
  target: TargetName,
  policy = {},
) {
  const scope = await judgedProject(test, lines)
  const { manifest, textOf } = await exportedFolder(test, scope, { target, policy })
  return { manifest, report: textOf('REPORT.md') }
}

describeEachDialect('The report of a dataset', (open) => {
  it.each(faults)('names and counts $name', async ({ lines, target, rule, check, policy = {} }) => {
    const { manifest, report } = await reported(await open(), [...fine, ...lines], target, policy)
    const words = rule ? dropRules[rule] : check ? rowChecks[check].words : ''
    expect(report).toContain(`| ${words.replaceAll('|', '\\|')} | 1 | \`f\` |`)
    if (rule) expect(manifest.dropped).toEqual({ [rule]: 1 })
    else expect(manifest.warned).toEqual({ [check ?? '']: 1 })
    expect(manifest.report?.rows).toBe(rule ? 4 : 5)
  })

  it('tells of pairs that stand both ways round, and drops them where the policy says so', async () => {
    const twice = [
      {
        id: 'f',
        prompt: 'Question?',
        responses: ['x', 'y', 'z', 'w'].map((model, place) => ({
          model,
          content: place % 2 === 0 ? 'This one' : 'That one',
        })),
      },
      ...[
        ['x', 'y', 'a'],
        ['z', 'w', 'b'],
      ].map(([model_a, model_b, winner]) => ({
        prompt_id: 'f',
        model_a,
        model_b,
        winner,
        rater: 'w',
        campaign: 'pairs',
      })),
    ]
    const dropped = await reported(await open(), twice, 'trl-preference')
    expect(dropped.manifest.dropped).toEqual({ contradiction: 2 })
    expect(dropped.report).toContain(`| ${dropRules.contradiction} | 2 | \`f\` |`)
    const kept = await reported(await open(), twice, 'trl-preference', {
      contradictions: 'keep',
      duplicates: 'keep',
    })
    expect(kept.report).toContain('a pair of texts stands both ways round: 1')
  })

  it('tells how the rows lean: to the longer, to the first shown, to one label', async () => {
    const lines = Array.from({ length: 6 }, (_, place) =>
      judged(`p${place}`, { chosen: answer('A long answer'), rejected: answer(`No ${place}`) }),
    ).flat()
    const pairs = await reported(await open(), lines, 'trl-preference')
    expect(pairs.report).toContain(
      'the longer response is the better one: 100.0 % of 6 pairs (95 %',
    )
    expect(pairs.report).toContain('the better response was shown first: 100.0 % of 6 pairs (95 %')
    expect(pairs.report).toContain('rows by raters: 6 by 2')
    const labels = await reported(await open(), lines, 'trl-kto')
    expect(labels.report).toContain('labels: 6 good, 6 bad')
    expect(labels.report).toContain('`desirable_weight` of 1.00 to 1.33')
  })

  it('tells of rows on which raters hardly agree, and of limits of the target', async () => {
    const lines = [...judged('p', {}, ['a', 'a', 'b', 'tie', 'a']), ...fine]
    const { report } = await reported(await open(), lines, 'openai-dpo')
    expect(report).toContain('fewer than two thirds of the raters agree: 1')
    expect(report).toContain('rows that the target wants more than there are: 5')
  })

  it('takes white space away where the policy says so, and then warns of none', async () => {
    const lines = [...fine, ...judged('f', { chosen: answer(' Four. ') })]
    const { manifest } = await reported(await open(), lines, 'trl-preference', {
      whiteSpace: 'trim',
    })
    expect(manifest.warned).toEqual({})
    expect(manifest.report?.rows).toBe(5)
  })
})
