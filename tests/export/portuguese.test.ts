/** Pages of datasets say in Portuguese what files say in English: the same numbers, and no more. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datasetChecks } from '#app/export/dataset-report.ts'
import {
  datasetProblemIn,
  datasetSayIn,
  datasetWordsEn,
  keptReasonIn,
  rowVerdictIn,
} from '#app/export/dataset-words.ts'
import { type DropRule, dropRules, policySchema } from '#app/export/policy.ts'
import { policySentences } from '#app/export/policy-sentences.ts'
import { newDatasetSchema } from '#app/export/recipe.ts'
import { type RowCheck, rowChecks } from '#app/export/row-checks.ts'
import {
  datasetCheckSayIn,
  dropSayIn,
  rowCheckSayIn,
  snapshotProblemIn,
} from '#app/export/rule-words.ts'
import { targetGroupsIn } from '#app/export/target-groups.ts'
import { targetTitleIn } from '#app/export/target-words.ts'
import { targetNames } from '#app/export/targets/all.ts'
import { isEnglish } from '../support/portuguese.ts'

const digitsIn = (sentence: string): string[] => (sentence.match(/\d+/g) ?? []).sort()

/** Policies in which every rule may be set. */
const policies = fc
  .record({
    models: fc.subarray(['aurora', 'boreas']),
    tags: fc.subarray(['maths', 'prose']),
    withoutTags: fc.subarray(['poems', 'sums']),
    judgedFrom: fc.constantFrom(null, '2026-03-01'),
    judgedBefore: fc.constantFrom(null, '2026-04-01'),
    sources: fc.subarray(['human', 'adjudicator', 'judge'], { minLength: 1 }),
    judgeWeight: fc.constantFrom(1, 0.25),
    criterion: fc.constantFrom('', 'Melhor'),
    aggregation: fc.constantFrom('majority', 'adjudicated', 'posterior', 'every rater'),
    minimumRaters: fc.integer({ min: 1, max: 100 }),
    minimumAgreement: fc.constantFrom(0, 0.665),
    minimumMargin: fc.constantFrom(0, 0.125),
    margin: fc.constantFrom('none', 'required'),
    ties: fc.constantFrom('drop', 'own file'),
    bothBad: fc.constantFrom('drop', 'labels', 'own file'),
    contradictions: fc.constantFrom('keep', 'drop'),
    pairsPerPrompt: fc.constantFrom('all', 'one'),
    duplicates: fc.constantFrom('keep', 'exact', 'near'),
    tokenizer: fc.constantFrom('characters', 'o200k'),
    mostPrompt: fc.constantFrom(null, 4_096),
    mostCompletion: fc.constantFrom(null, 2_048),
    mostTotal: fc.constantFrom(null, 8_192),
    heldOut: fc.constantFrom([], ['um texto']),
    mostRowsATag: fc.constantFrom(null, 50),
    balanceSides: fc.boolean(),
    raters: fc.constantFrom('pseudonyms', 'renamed', 'left out'),
    splits: fc.record({
      validation: fc.constantFrom(0, 0.1),
      test: fc.constantFrom(0, 0.125),
      deal: fc.constantFrom('hash', 'stratified'),
      together: fc.constantFrom('', 'conversation_id'),
    }),
  })
  .map((policy) => policySchema.parse(policy))

describe('A policy in Portuguese', () => {
  it('has a sentence for every English one, with the same numbers and no English word', () => {
    fc.assert(
      fc.property(policies, (policy) => {
        const english = policySentences(policy)
        const portuguese = policySentences(policy, 'pt')
        expect(portuguese).toHaveLength(english.length)
        for (const [place, sentence] of portuguese.entries()) {
          expect(digitsIn(sentence)).toEqual(digitsIn(english[place] ?? ''))
          expect(sentence).not.toBe(english[place])
          expect(isEnglish(sentence)).toBe(false)
          expect(sentence).not.toMatch(/\d\.\d/)
        }
      }),
    )
  })

  it('is frozen in English', () => {
    const policy = policySchema.parse({ minimumAgreement: 0.665, mostPrompt: 4_096 })
    expect(policySentences(policy)).toContain('At least 66.5 % of the raters agree.')
    expect(policySentences(policy)).toContain('Prompts of at most 4096 tokens (o200k).')
    expect(policySentences(policy, 'pt')).toContain('Ao menos 66,5 % dos avaliadores concordam.')
  })
})

describe('Rules, checks and targets in Portuguese', () => {
  it('are all named, and none in English', () => {
    const named = [
      ...(Object.keys(dropRules) as DropRule[]).map((rule) => dropSayIn('pt')(rule)),
      ...(Object.keys(rowChecks) as RowCheck[]).map((check) => rowCheckSayIn('pt')(check)),
      ...(Object.keys(datasetChecks) as (keyof typeof datasetChecks)[]).map((check) =>
        datasetCheckSayIn('pt')(check),
      ),
      ...targetNames.map(targetTitleIn('pt')),
      ...targetGroupsIn('pt').map(({ title }) => title),
    ]
    expect(named.filter(isEnglish)).toEqual([])
  })

  it('say why a snapshot was not made', () => {
    expect(snapshotProblemIn('pt')('a prompt stands in two splits (3 times).')).toBe(
      'um prompt está em duas partições (vezes: 3).',
    )
  })

  it('say a row’s verdict and a missing reason, and leave what people wrote', () => {
    expect(rowVerdictIn('pt')('both_bad')).toBe('ambas ruins')
    expect(rowVerdictIn('pt')('best r12')).toBe('melhor: r12')
    expect(rowVerdictIn('en')('both_bad')).toBe('both_bad')
    expect(keptReasonIn('pt')('no reason given')).toBe('nenhum motivo informado')
    expect(keptReasonIn('pt')('w1 mudou de ideia')).toBe('w1 mudou de ideia')
  })
})

describe('A dataset’s form in Portuguese', () => {
  it.each([
    [{ name: '' }],
    [{ name: 'x', campaignIds: [] }],
    [{ name: 'x'.repeat(200) }],
    [{ target: 'nowhere' }],
    [{ policy: { minimumRaters: 0 } }],
    [{ policy: { minimumRaters: Number.NaN } }],
    [{ policy: { minimumRaters: 1.5 } }],
    [{ policy: { minimumAgreement: 4 } }],
    [{ policy: { judgedFrom: 'soon' } }],
    [{ policy: { judgeWeight: 0 } }],
    [{ policy: { sources: [] } }],
    [{ policy: { splits: { validation: 0.9, test: 0.9 } } }],
  ])('says in Portuguese why %j is refused', (change) => {
    const given = { name: 'x', campaignIds: ['c'], target: 'trl-kto', policy: {}, ...change }
    const { error } = newDatasetSchema.safeParse(given)
    const said = (error?.issues ?? []).map(({ message }) => [
      message,
      datasetProblemIn('pt')(message),
    ])
    expect(said.length).toBeGreaterThan(0)
    for (const [english, portuguese] of said) {
      expect(portuguese).not.toBe(english)
      expect(portuguese).not.toMatch(/expected|Invalid/)
    }
  })

  it('has no English sentence among its words', () => {
    const keys = Object.keys(datasetWordsEn) as (keyof typeof datasetWordsEn)[]
    const values = { count: 3 }
    const say = datasetSayIn('pt')
    expect(keys.filter((key) => isEnglish(say(key, values)))).toEqual([])
    const english = datasetSayIn('en')
    const same = keys.filter((key) => say(key, values) === english(key, values))
    expect(same.filter((key) => say(key, values).split(' ').length > 3)).toEqual([])
  })
})
