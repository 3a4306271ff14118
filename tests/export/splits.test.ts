import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashPlace } from '#app/base/hash.server.ts'
import type { JudgedPrompt } from '#app/export/judged-task.ts'
import { planSplits } from '#app/export/split-groups.server.ts'
import { type Splits, splitAt, splitsSchema } from '#app/export/splits.ts'

const splits = (change: Partial<Splits> = {}) =>
  splitsSchema.parse({ validation: 0.1, test: 0.2, ...change })

const prompt = (text: string, change: Partial<JudgedPrompt> = {}): JudgedPrompt => ({
  id: text,
  fingerprint: text,
  cluster: null,
  isPrepared: true,
  found: [],
  messages: [{ role: 'user', content: text }],
  inputKey: null,
  tags: [],
  metadata: {},
  isTextMissing: false,
  tasks: [],
  ...change,
})

const walk = (prompts: readonly JudgedPrompt[]) =>
  async function* () {
    yield* prompts
  }

/** The split of each prompt, by its id. */
async function dealt(prompts: readonly JudgedPrompt[], rule: Splits) {
  const splitOf = await planSplits(walk(prompts), rule)
  return new Map(prompts.map((one) => [one.id, splitOf(one)]))
}

const many = (count: number, change: (at: number) => Partial<JudgedPrompt> = () => ({})) =>
  Array.from({ length: count }, (_, at) => prompt(`p${at}`, change(at)))

describe('The split of a prompt', () => {
  it('has the shares that were asked for, within chance', async () => {
    const found = [...(await dealt(many(20_000), splits())).values()]
    const shareOf = (name: string) => found.filter((split) => split === name).length / 20_000
    expect(Math.abs(shareOf('test') - 0.2)).toBeLessThan(0.01)
    expect(Math.abs(shareOf('validation') - 0.1)).toBeLessThan(0.01)
  })

  it('is for ever the same, whatever other prompts there are', async () => {
    // The first 53 bits of SHA-256, reckoned in another language.
    expect(hashPlace('')).toBe(0.8894159948913373)
    expect(hashPlace('What is 2 + 2?')).toBe(0.2219912305895666)
    const all = await dealt(many(500), splits())
    const some = await dealt(
      many(500).filter((_, at) => at % 3 === 0),
      splits(),
    )
    for (const [id, split] of some) expect(all.get(id)).toBe(split)
  })

  it('grows and never swaps: a prompt in the smaller test set is in the larger', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (place) => {
        if (splitAt(place, splits({ test: 0.1 })) !== 'test') return
        expect(splitAt(place, splits({ test: 0.3 }))).toBe('test')
      }),
    )
  })

  it('is dealt anew by another seed, and always train without shares', async () => {
    const under = (rule: Splits) => dealt(many(500), rule)
    expect(await under(splits({ seed: 'a' }))).not.toEqual(await under(splits({ seed: 'b' })))
    const whole = await under(splitsSchema.parse({}))
    expect([...whole.values()].every((split) => split === 'train')).toBe(true)
    expect(splitsSchema.safeParse({ validation: 0.5, test: 0.5 }).success).toBe(false)
  })

  it('is one for the same text, for near-duplicates and for a conversation, however they are linked', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ text: fc.nat(8), cluster: fc.option(fc.nat(4)), talk: fc.option(fc.nat(4)) }),
          { maxLength: 30 },
        ),
        fc.constantFrom('hash' as const, 'stratified' as const),
        async (given, deal) => {
          const prompts = given.map(({ text, cluster, talk }, at) =>
            prompt(`text ${text}`, {
              id: String(at),
              cluster: cluster === null ? null : `c${cluster}`,
              metadata: talk === null ? {} : { conversation_id: talk },
              tags: [`t${at % 3}`],
            }),
          )
          const found = await dealt(prompts, splits({ deal, test: 0.4, validation: 0.2 }))
          for (const [at, one] of given.entries()) {
            for (const [other, two] of given.entries()) {
              const isLinked =
                one.text === two.text ||
                (one.cluster !== null && one.cluster === two.cluster) ||
                (one.talk !== null && one.talk === two.talk)
              if (isLinked) expect(found.get(String(at))).toBe(found.get(String(other)))
            }
          }
        },
      ),
      { numRuns: 200 },
    )
  })

  it('gives each tag its share where it is stratified', async () => {
    const prompts = many(300, (at) => ({ tags: [at < 30 ? 'rare' : 'common'] }))
    const found = await dealt(prompts, splits({ deal: 'stratified' }))
    const testsOf = (tag: string) =>
      prompts.filter(({ id, tags }) => tags[0] === tag && found.get(id) === 'test').length
    expect([testsOf('rare'), testsOf('common')]).toEqual([6, 54])
  })
})
