import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { areNearDuplicates, signatureOf } from '#app/import/prepare/near-duplicate.ts'
import { normalisedWords } from '#app/import/prepare/normalised-words.ts'
import { type LabelledPair, nearDuplicateSet } from './near-duplicate-set.ts'

const isCandidate = (one: string, other: string): boolean => {
  const bands = signatureOf(other).bands
  return signatureOf(one).bands.some((band, place) => band === bands[place])
}

const sharesKey = (one: string, other: string): boolean =>
  signatureOf(one).exact === signatureOf(other).exact

/** The whole way that a pair is found: the same key, or a shared band and a look at the words. */
const isFound = (one: string, other: string): boolean =>
  sharesKey(one, other) || (isCandidate(one, other) && areNearDuplicates(one, other))

const share = (part: number, whole: number) => `${((100 * part) / whole).toFixed(2)} %`

describe('Near-duplicates of the planted set', () => {
  let judged: (LabelledPair & { found: boolean })[] = []
  let baseCount = 0

  beforeAll(() => {
    const planted = nearDuplicateSet()
    baseCount = planted.baseCount
    judged = planted.pairs.map((pair) => ({ ...pair, found: isFound(pair.one, pair.other) }))
  })

  it('has enough prompts and pairs of both kinds to tell', () => {
    expect(baseCount).toBeGreaterThanOrEqual(300)
    expect(judged.filter((pair) => pair.isSame).length).toBeGreaterThanOrEqual(1500)
    expect(judged.filter((pair) => !pair.isSame).length).toBeGreaterThanOrEqual(1500)
  })

  it('finds 95 of 100 planted edits, and is right 98 times of 100', () => {
    const same = judged.filter((pair) => pair.isSame)
    const found = judged.filter((pair) => pair.found)
    const right = found.filter((pair) => pair.isSame)
    const lines = [
      `recall ${share(right.length, same.length)} (${right.length} of ${same.length})`,
      `precision ${share(right.length, found.length)} (${found.length - right.length} wrong)`,
    ]
    for (const isSame of [true, false]) {
      const categories = Map.groupBy(
        judged.filter((pair) => pair.isSame === isSame),
        (pair) => pair.category,
      )
      for (const [category, pairs] of categories) {
        const count = pairs.filter((pair) => pair.found).length
        const label = isSame ? 'found' : 'wrongly found'
        lines.push(`  ${category}: ${label} ${count} of ${pairs.length}`)
      }
    }
    console.info(lines.join('\n'))
    expect(right.length / same.length).toBeGreaterThanOrEqual(0.95)
    expect(right.length / found.length).toBeGreaterThanOrEqual(0.98)
  })
})

describe('Near-duplicates', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 60 }),
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc
      .array(
        fc.constantFrom('write', 'a', 'poem', 'not', 'two', 'hundred', '7', 'Straße', 'é', '写诗'),
        { maxLength: 20 },
      )
      .map((words) => words.join(' ')),
  )
  const word = fc.constantFrom('Write', 'poem', 'Straße', 'three', '1,000', 'without', 'não', 'Σας')
  const words = fc.array(word, { minLength: 1, maxLength: 30 })

  it('takes every text for a near-duplicate of itself', () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(areNearDuplicates(one, one)).toBe(true)
        expect(sharesKey(one, one)).toBe(true)
      }),
    )
  })

  it('says the same whichever text comes first, and never throws', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(areNearDuplicates(one, other)).toBe(areNearDuplicates(other, one))
      }),
    )
  })

  it('takes two texts with one key for near-duplicates', () => {
    fc.assert(
      fc.property(text, text, (one, other) => {
        if (sharesKey(one, other)) expect(areNearDuplicates(one, other)).toBe(true)
      }),
    )
  })

  it('gives one key to a text in any case, white space and punctuation', () => {
    const gap = fc.constantFrom(' ', '  ', '\n', '\t', ', ', '. ', '!? ', ' – ', ' "', '; ', ' * ')
    fc.assert(
      fc.property(words, fc.array(gap, { minLength: 30, maxLength: 30 }), (list, gaps) => {
        const plain = list.join(' ')
        const dressed = list.map((each, place) => each + (gaps[place] ?? ' ')).join('')
        for (const other of [plain.toUpperCase(), plain.toLowerCase(), dressed]) {
          expect(signatureOf(other)).toEqual(signatureOf(plain))
        }
      }),
    )
  })

  it('gives one key to the same words in any order', () => {
    const plain = fc.array(fc.constantFrom('poem', 'sea', 'short', 'rust', '12'), { maxLength: 12 })
    fc.assert(
      fc.property(plain, (list) => {
        expect(signatureOf(list.toReversed().join(' '))).toEqual(signatureOf(list.join(' ')))
      }),
    )
  })

  it('gives a key of 32 hex digits and eight bands of 32 bits', () => {
    const { exact, bands } = signatureOf('Explain how tides work.')
    expect(exact).toMatch(/^[0-9a-f]{32}$/)
    expect(bands).toHaveLength(8)
    for (const band of bands) expect(band).toBe(band >>> 0)
    expect(signatureOf(' ').bands).toEqual([])
  })

  it('keeps the keys that are stored', () => {
    expect(signatureOf('Give me three ideas.')).toMatchInlineSnapshot(`
      {
        "bands": [
          2990337823,
          2458434098,
          102286801,
          966390314,
          1302434564,
          1009487474,
          1181845681,
          3435762784,
        ],
        "exact": "9ca26ba40baeee57d2f0cafeabf3cd75",
      }
    `)
  })

  it.each([
    [
      'two of the same number in other forms',
      'Name 1,500 towns.',
      'Name one thousand five hundred towns.',
    ],
    ['a scale after digits', 'It sold 12 thousand units.', 'It sold 12.000 units.'],
    ['a percent sign', 'Save 8,5 % of pay.', 'Save 8.5 percent of pay.'],
    [
      'German numbers in one word',
      'Zähle 2525 Schafe.',
      'Zähle zweitausendfünfhundertfünfundzwanzig Schafe.',
    ],
    [
      'French numbers of several words',
      'Compte 97 moutons.',
      'Compte quatre-vingt-dix-sept moutons.',
    ],
    [
      'Portuguese numbers with joints',
      'Conte 1.234 ovelhas.',
      'Conte mil duzentas e trinta e quatro ovelhas.',
    ],
    ['Spanish numbers', 'Cuenta 31 ovejas.', 'Cuenta treinta y una ovejas.'],
    [
      'a bound of two numbers',
      'Between 100 and 500 words.',
      'Between one hundred and five hundred words.',
    ],
    ['spaces in code', 'Why does f(1,5) fail?', 'Why does f(1, 5) fail?'],
  ])('gives one key to %s', (_, one, other) => {
    expect(normalisedWords(other)).toEqual(normalisedWords(one))
    expect(sharesKey(one, other)).toBe(true)
  })

  it.each([
    ['a slip in a long word', 'Explain photosynthesis simply.', 'Explain photosyntesis simply.'],
    ['a courtesy', 'How are bridges built?', 'Hello! How are bridges built? Thank you.'],
    ['an adjective', 'Write a poem about the sea.', 'Write a melancholic poem about the sea.'],
  ])('finds a near-duplicate in spite of %s', (_, one, other) => {
    expect(areNearDuplicates(one, other)).toBe(true)
  })

  it.each([
    ['another sign', 'Is 5 > 3?', 'Is 5 < 3?'],
    ['a number below zero', 'It is -5 degrees.', 'It is 5 degrees.'],
    ['another language', 'Sort a list in C++.', 'Sort a list in C#.'],
    ['another version', 'What changed in 1.2.3?', 'What changed in 3.2.1?'],
    ['another date', 'What happened on 2024-01-05?', 'What happened on 2024-05-01?'],
    ['a prefix', 'Draw a symmetrical face.', 'Draw an asymmetrical face.'],
    ['a prohibition', 'Describe bread with salt.', 'Describe bread with no salt.'],
    [
      'a request at the end',
      'Write a poem about the sea.',
      'Write a poem about the sea. Make it rhyme.',
    ],
    ['a matter', 'Write a poem.', 'Write a poem about cats.'],
    ['another name', 'Write to Ms Johnson.', 'Write to Ms Johnston.'],
    ['other signs without words', '???', '!!!'],
  ])('tells prompts apart by %s', (_, one, other) => {
    expect(areNearDuplicates(one, other)).toBe(false)
    expect(sharesKey(one, other)).toBe(false)
  })

  it('cannot tell apart what only order or a sign of arithmetic tells apart', () => {
    const there = 'Translate from French to English.'
    const back = 'Translate from English to French.'
    expect(sharesKey(there, back)).toBe(true)
    expect(sharesKey('What is n * 2?', 'What is n / 2?')).toBe(true)
  })

  it('reads a megabyte in a moment, whatever it holds', () => {
    const long = {
      prose: 'The keeper wrote down the weather twice a day, for thirty-one years. ',
      numbers: '1,',
      percents: '5%',
      'number words': 'two hundred and ',
      brackets: '(1,',
      apostrophes: "a'",
      emojis: '😀',
      Chinese: '写一首关于海的诗',
      'one word': 'a',
    }
    for (const [name, piece] of Object.entries(long)) {
      const whole = piece.repeat(Math.ceil(1_000_000 / piece.length))
      const start = performance.now()
      signatureOf(whole)
      areNearDuplicates(whole, `${whole} please`)
      expect(performance.now() - start, name).toBeLessThan(8_000)
    }
  })
})
