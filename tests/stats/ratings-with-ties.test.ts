import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { bradleyTerry, differenceVariance } from '#app/stats/bradley-terry.ts'
import { davidson, tieVariance } from '#app/stats/davidson.ts'
import { logisticFit } from '#app/stats/logistic-fit.ts'
import { cell } from '#app/stats/matrix.ts'
import { plackettLuce } from '#app/stats/plackett-luce.ts'
import { raoKupper } from '#app/stats/rao-kupper.ts'
import { type RatedPair, raterAwareRatings } from '#app/stats/rater-aware-ratings.ts'
import { raterWeightedRatings, type WeighedPair } from '#app/stats/rater-weighted-ratings.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'
import { studentTQuantile } from '#app/stats/student-t.ts'
import { type StyledTotal, styleControlledRatings } from '#app/stats/style-controlled-ratings.ts'
import type { TiedPairTotal } from '#app/stats/tied-pairs.ts'

/** Davidson (1970), example 2: brands of chocolate pudding; pair, wins of each, ties. */
const pudding = [
  [1, 2, 19, 22, 16],
  [1, 3, 16, 19, 12],
  [2, 3, 19, 19, 10],
  [1, 4, 18, 23, 13],
  [2, 4, 23, 19, 9],
  [3, 4, 19, 20, 15],
  [1, 5, 13, 19, 18],
  [2, 5, 16, 20, 12],
  [3, 5, 16, 15, 17],
  [4, 5, 17, 14, 16],
  [1, 6, 18, 21, 12],
  [2, 6, 22, 20, 12],
  [3, 6, 13, 18, 10],
  [4, 6, 14, 19, 18],
  [5, 6, 11, 21, 12],
] as const

const tied = (
  a: number,
  b: number,
  [winsA, winsB, ties]: readonly [number, number, number],
  cluster = 0,
): TiedPairTotal => ({ a, b, winsA, winsB, ties, cluster })

describe('Davidson’s model of ties', () => {
  it('gives the worths of the puddings, their tie parameter and deviance', () => {
    const fit = davidson(
      6,
      pudding.map(([i, j, wins, losses, ties], cluster) =>
        tied(i - 1, j - 1, [wins, losses, ties], cluster),
      ),
    )
    const worths = fit.strengths.map(Math.exp)
    const sum = worths.reduce((total, worth) => total + worth, 0)
    ;[0.1388005, 0.1729985, 0.161742, 0.165393, 0.1586805, 0.2023855].forEach((worth, place) => {
      expect(Math.abs(must(worths[place], 'a worth') / sum - worth)).toBeLessThan(2e-4)
    })
    expect(fit.tieParameter).toBeCloseTo(0.7468147, 4)
    expect(-2 * fit.logLikelihood).toBeCloseTo(1619.4, 1)
  })

  it('says what a hand reckons for one pair', () => {
    // Two wins to one and one tie: π₁/π₂ = 2, and ν so that a quarter ties.
    const fit = davidson(2, [tied(0, 1, [2, 1, 1])])
    expect(fit.strengths[0]).toBeCloseTo(Math.log(2) / 2, 10)
    expect(fit.tieParameter / Math.SQRT2 / (1.5 + fit.tieParameter / Math.SQRT2)).toBeCloseTo(
      0.25,
      10,
    )
    expect(fit.covariance).toBeNull()
  })

  it('refuses what has no finite estimate, and says why', () => {
    expect(() => davidson(2, [tied(0, 1, [2, 1, 0])])).toThrow('Without a tie')
    expect(() => davidson(2, [tied(0, 1, [0, 0, 3])])).toThrow('all tie')
    const apart = [tied(0, 1, [2, 1, 1]), tied(2, 3, [1, 1, 1])]
    expect(() => davidson(4, apart)).toThrow('No finite strengths')
    // Nobody ever lost to the second, and the others only tie: strengths and ties grow together.
    const growing = [tied(0, 1, [3, 0, 1]), tied(1, 2, [0, 0, 3]), tied(0, 2, [0, 0, 3])]
    expect(() => davidson(3, growing)).toThrow('No finite strengths')
  })

  it('does not care which of a pair is called a, nor how results are cut into rows', () => {
    const counts = fc.tuple(fc.nat(5), fc.nat(5), fc.integer({ min: 1, max: 5 }))
    fc.assert(
      fc.property(fc.tuple(counts, counts, counts), ([x, y, z]) => {
        const rows = [tied(0, 1, x, 0), tied(1, 2, y, 1), tied(0, 2, z, 2)]
        fc.pre([x, y, z].some(([winsA, winsB]) => winsA + winsB > 0))
        const turned = [...rows].reverse().flatMap((row) => [
          { ...row, a: row.b, b: row.a, winsA: row.winsB, winsB: row.winsA, ties: 0 },
          { ...row, winsA: 0, winsB: 0 },
        ])
        const fitted = (totals: readonly TiedPairTotal[]) => {
          try {
            return davidson(3, totals)
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError)
            return undefined
          }
        }
        const [one, other] = [fitted(rows), fitted(turned)]
        expect(other === undefined).toBe(one === undefined)
        if (!one || !other) return
        expect(other.tieParameter).toBeCloseTo(one.tieParameter, 7)
        for (let item = 0; item < 3; item++) {
          expect(other.strengths[item]).toBeCloseTo(must(one.strengths[item], 'one'), 7)
          expect(cell(must(other.covariance, 'one'), item, item)).toBeCloseTo(
            cell(must(one.covariance, 'one'), item, item),
            6,
          )
        }
      }),
    )
  })

  it('covers planted strengths and ties as often as it says', () => {
    const random = seededRandom(11)
    const truth = [0.6, 0, -0.6]
    const logNu = Math.log(0.8)
    let covered = 0
    let coveredTies = 0
    const runs = 200
    for (let run = 0; run < runs; run++) {
      const rows: TiedPairTotal[] = []
      for (let cluster = 0; cluster < 80; cluster++) {
        for (const [a, b] of [
          [0, 1],
          [1, 2],
          [0, 2],
        ] as const) {
          const half = ((truth[a] ?? 0) - (truth[b] ?? 0)) / 2
          const weights = [Math.exp(half), Math.exp(-half), Math.exp(logNu)]
          const sum = weights.reduce((total, weight) => total + weight, 0)
          const draw = random() * sum
          const outcome = draw < (weights[0] ?? 0) ? 0 : draw < sum - (weights[2] ?? 0) ? 1 : 2
          rows.push(
            tied(
              a,
              b,
              [outcome === 0 ? 1 : 0, outcome === 1 ? 1 : 0, outcome === 2 ? 1 : 0],
              cluster,
            ),
          )
        }
      }
      const fit = davidson(3, rows)
      const covariance = must(fit.covariance, 'a covariance')
      const error = Math.sqrt(cell(covariance, 0, 0))
      if (Math.abs((fit.strengths[0] ?? 0) - 0.6) < 1.99 * error) covered += 1
      const tieError = Math.sqrt(tieVariance(covariance))
      if (Math.abs(Math.log(fit.tieParameter) - logNu) < 1.99 * tieError) coveredTies += 1
    }
    expect(covered / runs).toBeGreaterThan(0.9)
    expect(coveredTies / runs).toBeGreaterThan(0.9)
  })
})

/** Rao and Kupper's maximum by Hunter's slow steps (2004, section 4), from their formulas in πᵢ and θ. */
function raoKupperBySteps(size: number, totals: readonly TiedPairTotal[]) {
  // How often the first of two did not lose.
  const held = totals.flatMap(({ a, b, winsA, winsB, ties }) => [
    { item: a, other: b, count: winsA + ties },
    { item: b, other: a, count: winsB + ties },
  ])
  const ties = totals.reduce((sum, total) => sum + total.ties, 0)
  let worths = Array.from({ length: size }, () => 1)
  let theta = 2
  const of = (item: number) => must(worths[item], 'a worth')
  for (let step = 0; step < 20_000; step++) {
    const gained = worths.map(() => 0)
    const against = worths.map(() => 0)
    for (const { item, other, count } of held) {
      const share = count / (of(item) + theta * of(other))
      gained[item] = (gained[item] ?? 0) + count
      against[item] = (against[item] ?? 0) + share
      against[other] = (against[other] ?? 0) + theta * share
    }
    const raw = worths.map((_, item) => must(gained[item], 'one') / must(against[item], 'one'))
    const centre = raw.reduce((sum, worth) => sum + Math.log(worth), 0) / size
    worths = raw.map((worth) => worth / Math.exp(centre))
    const pull = held.reduce(
      (sum, { item, other, count }) => sum + (count * of(other)) / (of(item) + theta * of(other)),
      0,
    )
    theta = ties / pull + Math.hypot(ties / pull, 1)
  }
  return { strengths: worths.map(Math.log), theta }
}

describe('Rao and Kupper’s model of ties', () => {
  const puddings = pudding.map(([i, j, wins, losses, ties], cluster) =>
    tied(i - 1, j - 1, [wins, losses, ties], cluster),
  )

  it('says what a hand reckons for one pair', () => {
    // Two wins to one and one tie: θ π₂ = π₁ and θ π₁ = 3 π₂.
    const fit = raoKupper(2, [tied(0, 1, [2, 1, 1])])
    expect(fit.strengths[0]).toBeCloseTo(Math.log(3) / 4, 10)
    expect(fit.tieParameter).toBeCloseTo(Math.sqrt(3), 10)
    expect(fit.logLikelihood).toBeCloseTo(2 * Math.log(1 / 2) + 2 * Math.log(1 / 4), 10)
    expect(fit.covariance).toBeNull()
  })

  it('is where slow steps arrive', () => {
    const counts = fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 9 }))
    const given: TiedPairTotal[][] = [puddings]
    fc.assert(
      fc.property(fc.tuple(counts, counts, counts), ([x, y, z]) => {
        fc.pre([x, y, z].every(([winsA, winsB]) => winsA > 0 && winsB > 0))
        given.push([tied(0, 1, x, 0), tied(1, 2, y, 1), tied(2, 0, z, 2)])
      }),
      { numRuns: 20 },
    )
    for (const totals of given) {
      const size = 1 + Math.max(...totals.map(({ a, b }) => Math.max(a, b)))
      const fit = raoKupper(size, totals)
      const slow = raoKupperBySteps(size, totals)
      expect(Math.abs(fit.tieParameter - slow.theta)).toBeLessThan(1e-6)
      for (const [item, strength] of slow.strengths.entries()) {
        expect(Math.abs(must(fit.strengths[item], 'one') - strength)).toBeLessThan(1e-6)
      }
    }
  })

  it('orders the puddings as Davidson’s does, and fits them as well', () => {
    const [one, other] = [raoKupper(6, puddings), davidson(6, puddings)]
    const order = (strengths: Float64Array) =>
      [...strengths.keys()].sort((a, b) => (strengths[b] ?? 0) - (strengths[a] ?? 0))
    expect(order(one.strengths)).toEqual(order(other.strengths))
    expect(Math.abs(one.logLikelihood - other.logLikelihood)).toBeLessThan(1)
  })

  it('is Bradley–Terry in the limit of no ties, with θ at 1', () => {
    const wins = [
      [0, 1, 7, 3],
      [1, 2, 5, 4],
      [0, 2, 6, 2],
    ] as const
    const fit = raoKupper(
      3,
      wins.map(([a, b, winsA, winsB], at) => tied(a, b, [winsA, winsB, at === 0 ? 1e-7 : 0], at)),
    )
    const plain = bradleyTerry(
      3,
      wins.map(([a, b, points, lost], cluster) => ({
        a,
        b,
        points,
        count: points + lost,
        cluster,
      })),
    )
    expect(fit.tieParameter).toBeGreaterThan(1)
    expect(fit.tieParameter).toBeCloseTo(1, 6)
    for (let item = 0; item < 3; item++) {
      expect(fit.strengths[item]).toBeCloseTo(must(plain.strengths[item], 'one'), 6)
    }
    expect(fit.logLikelihood).toBeCloseTo(plain.logLikelihood, 4)
  })

  it('refuses what has no finite estimate, and says why', () => {
    expect(() => raoKupper(2, [tied(0, 1, [2, 1, 0])])).toThrow('Without a tie')
    expect(() => raoKupper(2, [tied(0, 1, [0, 0, 3])])).toThrow('all tie')
    const apart = [tied(0, 1, [2, 1, 1]), tied(2, 3, [1, 1, 1])]
    expect(() => raoKupper(4, apart)).toThrow('No finite strengths')
    // The others only tie, and nobody lost to the second: strengths and ties grow together.
    const growing = [tied(0, 1, [3, 0, 1]), tied(1, 2, [0, 0, 3]), tied(0, 2, [0, 0, 3])]
    expect(() => raoKupper(3, growing)).toThrow('No finite strengths')
  })

  it.each([
    ['Rao and Kupper', raoKupper],
    ['Davidson', davidson],
  ] as const)(
    'has by %s a finite estimate just where a round has more wins than ties',
    (_, rate) => {
      const refused = (size: number, totals: readonly TiedPairTotal[]) =>
        expect(() => rate(size, totals)).toThrow('No finite strengths')
      for (const ties of [1, 2, 30, 500]) refused(2, [tied(0, 1, [3, 0, ties])])
      refused(3, [tied(0, 1, [9, 0, 0]), tied(1, 2, [0, 0, 2]), tied(2, 0, [0, 0, 9])])
      const round = [tied(0, 1, [1, 0, 0]), tied(1, 2, [1, 0, 0]), tied(2, 0, [0, 0, 1])]
      expect(rate(3, round).strengths.every((strength) => Math.abs(strength) < 5)).toBe(true)
      expect(rate(2, [tied(0, 1, [3, 1, 500])]).strengths[0]).toBeLessThan(1)
    },
  )

  it('covers planted strengths and ties as often as it says', () => {
    const random = seededRandom(14)
    const truth = [0.6, 0, -0.6]
    const theta = 1.8
    let covered = 0
    let coveredTies = 0
    const runs = 200
    for (let run = 0; run < runs; run++) {
      const rows = Array.from({ length: 80 }, (_, cluster) =>
        (
          [
            [0, 1],
            [1, 2],
            [2, 0],
          ] as const
        ).map(([a, b]) => {
          const [one, other] = [Math.exp(truth[a] ?? 0), Math.exp(truth[b] ?? 0)]
          const draw = random()
          const winsA = draw < one / (one + theta * other) ? 1 : 0
          const winsB = draw >= 1 - other / (other + theta * one) ? 1 : 0
          return tied(a, b, [winsA, winsB, 1 - winsA - winsB], cluster)
        }),
      ).flat()
      const fit = raoKupper(3, rows)
      const covariance = must(fit.covariance, 'a covariance')
      const isWithin = (found: number, planted: number, item: number) =>
        Math.abs(found - planted) < 1.99 * Math.sqrt(cell(covariance, item, item))
      if (isWithin(fit.strengths[0] ?? 0, 0.6, 0)) covered += 1
      if (isWithin(Math.log(fit.tieParameter), Math.log(theta), 3)) coveredTies += 1
    }
    expect(covered / runs).toBeGreaterThan(0.9)
    expect(coveredTies / runs).toBeGreaterThan(0.9)
  })
})

describe('Plackett–Luce', () => {
  const ranked = (...orders: number[][]) => orders.map((order, cluster) => ({ order, cluster }))

  it('gives the figures of choix for partial rankings', () => {
    const fit = plackettLuce(4, ranked([0, 1, 2], [3, 2, 0], [1, 3]))
    ;[-0.44328117, 0.69506219, -0.67061442, 0.4188334].forEach((strength, item) => {
      expect(Math.abs(must(fit.strengths[item], 'a strength') - strength)).toBeLessThan(1e-4)
    })
  })

  it('is Bradley–Terry for rankings of two', () => {
    const orders = [
      [0, 1],
      [0, 1],
      [1, 2],
      [2, 0],
      [2, 1],
    ]
    const fit = plackettLuce(3, ranked(...orders))
    const pairs = bradleyTerry(
      3,
      orders.map(([a = 0, b = 0], cluster) => ({ a, b, count: 1, points: 1, cluster })),
    )
    for (let item = 0; item < 3; item++) {
      expect(fit.strengths[item]).toBeCloseTo(must(pairs.strengths[item], 'one'), 9)
      expect(cell(must(fit.covariance, 'one'), item, item)).toBeCloseTo(
        cell(must(pairs.covariance, 'one'), item, item),
        9,
      )
    }
  })

  it('refuses an item that was always first, and leaves rankings of one out', () => {
    expect(() => plackettLuce(2, ranked([0, 1], [0, 1]))).toThrow('No finite strengths')
    const fit = plackettLuce(2, ranked([0, 1], [1, 0], [0]))
    expect(fit.clusters).toBe(2)
  })

  it('finds planted worths, and covers them', () => {
    const random = seededRandom(5)
    const truth = [1, 0.3, -0.3, -1]
    let covered = 0
    const runs = 150
    for (let run = 0; run < runs; run++) {
      const orders = Array.from({ length: 60 }, () =>
        // The order of exponential waiting times is Plackett and Luce's.
        truth
          .map((strength, item) => ({ item, wait: -Math.log(1 - random()) / Math.exp(strength) }))
          .sort((one, other) => one.wait - other.wait)
          .map(({ item }) => item),
      )
      const fit = plackettLuce(4, ranked(...orders))
      const error = Math.sqrt(cell(must(fit.covariance, 'one'), 0, 0))
      if (Math.abs((fit.strengths[0] ?? 0) - 1) < 2 * error) covered += 1
    }
    expect(covered / runs).toBeGreaterThan(0.89)
  })
})

/** Every set of so many out of some items. */
function* setsOf(items: readonly number[], many: number): Generator<number[]> {
  if (many === 0) yield []
  for (const [at, item] of items.entries()) {
    for (const rest of setsOf(items.slice(at + 1), many - 1)) yield [item, ...rest]
  }
}

/** What may be chosen from the items left, with its probability, straight from the paper's formula. */
function choicesFrom(
  items: readonly number[],
  strengths: readonly number[],
  deltas: ReadonlyMap<number, number>,
): { chosen: number[]; p: number }[] {
  const all = [1, ...deltas.keys()].flatMap((many) =>
    [...setsOf(items, many)].map((chosen) => {
      const worth = chosen.reduce((product, item) => product * Math.exp(strengths[item] ?? 0), 1)
      return { chosen, p: (many === 1 ? 1 : (deltas.get(many) ?? 0)) * worth ** (1 / many) }
    }),
  )
  const sum = all.reduce((total, { p }) => total + p, 0)
  return all.map(({ chosen, p }) => ({ chosen, p: p / sum }))
}

/** The same maximum by one parameter after another, each moved to where the likelihood is level in it. */
function rankedByTurns(size: number, rankings: readonly number[][][]) {
  const stages = rankings.flatMap((groups) =>
    groups.map((chosen, at) => ({ chosen, items: groups.slice(at).flat() })),
  )
  const numbers = new Set(stages.map(({ chosen }) => chosen.length).filter((many) => many > 1))
  const strengths = Array.from({ length: size }, () => 0)
  const deltas = new Map([...numbers].map((many) => [many, 1]))
  const slope = (weightIn: (chosen: readonly number[]) => number) =>
    stages.reduce(
      (sum, { chosen, items }) =>
        sum +
        weightIn(chosen) -
        choicesFrom(items, strengths, deltas).reduce(
          (mean, one) => mean + one.p * weightIn(one.chosen),
          0,
        ),
      0,
    )
  const level = (set: (value: number) => void, weightIn: (chosen: readonly number[]) => number) => {
    let [low, high] = [-12, 12]
    while (high - low > 1e-11) {
      const middle = (low + high) / 2
      set(middle)
      if (slope(weightIn) > 0) low = middle
      else high = middle
    }
    return low
  }
  for (let turn = 0; turn < 400; turn++) {
    const before = [...strengths, ...deltas.values()]
    // The last stays at zero: only differences are told.
    for (let item = 0; item < size - 1; item++) {
      level(
        (value) => (strengths[item] = value),
        (chosen) => (chosen.includes(item) ? 1 / chosen.length : 0),
      )
    }
    for (const many of numbers) {
      level(
        (value) => deltas.set(many, Math.exp(value)),
        (chosen) => (chosen.length === many ? 1 : 0),
      )
    }
    const after = [...strengths, ...deltas.values()]
    if (after.every((value, at) => Math.abs(value - (before[at] ?? 0)) < 1e-10)) break
  }
  const mean = strengths.reduce((sum, one) => sum + one, 0) / size
  return { strengths: strengths.map((one) => one - mean), deltas }
}

describe('Plackett–Luce with ties', () => {
  const ranked = (rankings: readonly number[][][]) =>
    rankings.map((order, cluster) => ({ order, cluster }))

  /** A ranking drawn from the model, place by place. */
  function drawn(
    random: () => number,
    items: readonly number[],
    strengths: readonly number[],
    deltas: ReadonlyMap<number, number>,
  ): number[][] {
    let left = [...items]
    const order: number[][] = []
    while (left.length > 0) {
      let mark = random()
      const open = choicesFrom(left, strengths, deltas)
      const { chosen } = must(
        open.find(({ p }) => {
          mark -= p
          return mark < 0
        }) ?? open.at(-1),
        'a choice',
      )
      order.push(chosen)
      left = left.filter((item) => !chosen.includes(item))
    }
    return order
  }

  it('is where one parameter after another comes to rest', () => {
    const random = seededRandom(8)
    for (const [size, deltas] of [
      [3, new Map([[2, 0.8]])],
      [
        4,
        new Map([
          [2, 0.5],
          [3, 0.4],
        ]),
      ],
      [
        4,
        new Map([
          [2, 0.6],
          [4, 1.5],
        ]),
      ],
    ] as const) {
      const strengths = Array.from({ length: size }, (_, item) => 0.5 - item / 3)
      const rankings = Array.from({ length: 30 }, (_, at) => {
        const items = Array.from({ length: size }, (_, item) => item)
        // Some raters saw only part of the items.
        const seen = at % 4 === 0 ? items.filter((item) => item !== at % size) : items
        return drawn(random, seen, strengths, deltas)
      })
      const fit = plackettLuce(size, ranked(rankings))
      const slow = rankedByTurns(size, rankings)
      expect(fit.tieParameters.map(({ items }) => items)).toEqual([...deltas.keys()])
      for (const { items, delta } of fit.tieParameters) {
        expect(Math.abs(delta - must(slow.deltas.get(items), 'one'))).toBeLessThan(1e-6)
      }
      for (const [item, strength] of slow.strengths.entries()) {
        expect(Math.abs(must(fit.strengths[item], 'one') - strength)).toBeLessThan(1e-6)
      }
    }
  })

  it('is Davidson’s model for rankings of two', () => {
    const rankings = pudding.flatMap(([i, j, wins, losses, ties], cluster) => {
      const [a, b] = [i - 1, j - 1]
      const times = (count: number, order: (number | number[])[]) =>
        Array.from({ length: count }, () => ({ order, cluster }))
      return [...times(wins, [a, b]), ...times(losses, [b, a]), ...times(ties, [[a, b]])]
    })
    const fit = plackettLuce(6, rankings)
    const pairs = davidson(
      6,
      pudding.map(([i, j, wins, losses, ties], cluster) =>
        tied(i - 1, j - 1, [wins, losses, ties], cluster),
      ),
    )
    expect(fit.tieParameters).toHaveLength(1)
    expect(fit.tieParameters[0]?.delta).toBeCloseTo(0.7468147, 4)
    expect(fit.tieParameters[0]?.delta).toBeCloseTo(pairs.tieParameter, 9)
    expect(fit.logLikelihood).toBeCloseTo(pairs.logLikelihood, 8)
    for (let item = 0; item < 6; item++) {
      expect(fit.strengths[item]).toBeCloseTo(must(pairs.strengths[item], 'one'), 9)
    }
    const [one, other] = [must(fit.covariance, 'one'), must(pairs.covariance, 'one')]
    for (let row = 0; row < 7; row++) {
      for (let column = 0; column < 7; column++) {
        expect(cell(one, row, column)).toBeCloseTo(cell(other, row, column), 9)
      }
    }
  })

  it('is the plain model where nobody ties, and does not care in which order ties are named', () => {
    const random = seededRandom(9)
    const worths = [0.4, 0.1, -0.2, -0.3]
    const plain = Array.from({ length: 25 }, () => drawn(random, [0, 1, 2, 3], worths, new Map()))
    const fit = plackettLuce(4, ranked(plain))
    expect(fit.tieParameters).toEqual([])
    expect(fit.covariance?.size).toBe(4)
    const flat = plain.map((order, cluster) => ({ order: order.flat(), cluster }))
    expect(plackettLuce(4, flat)).toEqual(fit)
    const all = Array.from({ length: 25 }, () =>
      drawn(
        random,
        [0, 1, 2, 3],
        worths,
        new Map([
          [2, 0.6],
          [3, 0.4],
        ]),
      ),
    )
    const turned = all.map((order) => order.map((group) => group.toReversed()))
    expect(plackettLuce(4, ranked(turned)).strengths).toEqual(
      plackettLuce(4, ranked(all)).strengths,
    )
  })

  it('refuses where all tie, and where some were never behind others', () => {
    const refused = (size: number, rankings: readonly number[][][]) =>
      expect(() => plackettLuce(size, ranked(rankings))).toThrow('No finite strengths')
    refused(2, [[[0, 1]], [[0, 1]]])
    refused(3, [[[0, 1, 2]], [[2, 1, 0]]])
    refused(3, [
      [[0], [1, 2]],
      [[0], [2], [1]],
    ])
    refused(2, [...Array.from({ length: 30 }, () => [[0, 1]]), [[0], [1]], [[0], [1]]])
    expect(plackettLuce(2, ranked([[[0, 1]], [[0], [1]], [[1], [0]]])).strengths[0]).toBeCloseTo(0)
  })

  it('takes ties of many items without reckoning every set of them', () => {
    const items = Array.from({ length: 16 }, (_, item) => item)
    const rankings = [
      [items.slice(0, 3), items.slice(3, 13), items.slice(13)],
      [items.slice(12), items.slice(2, 12), items.slice(0, 2)],
      [...items.map((item) => [item])],
      [...items.map((item) => [item]).reverse()],
    ]
    const fit = plackettLuce(16, ranked(rankings))
    expect(fit.tieParameters.map(({ items: many }) => many)).toEqual([2, 3, 4, 10])
    expect(fit.strengths.every(Number.isFinite)).toBe(true)
  })

  it('finds planted worths and ties, and covers them', () => {
    const random = seededRandom(6)
    const truth = [0.9, 0.2, -0.3, -0.8]
    const deltas = new Map([
      [2, 0.7],
      [3, 0.5],
    ])
    const covered = { strength: 0, tie: 0 }
    const runs = 150
    let sum = 0
    for (let run = 0; run < runs; run++) {
      const rankings = Array.from({ length: 60 }, () => drawn(random, [0, 1, 2, 3], truth, deltas))
      const { strengths, tieParameters, covariance } = plackettLuce(4, ranked(rankings))
      const isWithin = (found: number, planted: number, at: number) =>
        Math.abs(found - planted) < 2 * Math.sqrt(cell(must(covariance, 'one'), at, at))
      const delta = must(tieParameters[0], 'the tie parameter of two').delta
      if (isWithin(strengths[0] ?? 0, 0.9, 0)) covered.strength += 1
      if (isWithin(Math.log(delta), Math.log(0.7), 4)) covered.tie += 1
      sum += (strengths[0] ?? 0) / runs
    }
    expect(Math.abs(sum - 0.9)).toBeLessThan(0.06)
    expect(covered.strength / runs).toBeGreaterThan(0.89)
    expect(covered.tie / runs).toBeGreaterThan(0.89)
  })
})

describe('Logistic regression', () => {
  it('is Bradley–Terry with one feature for each side, sandwich and all', () => {
    const random = seededRandom(3)
    const totals = Array.from({ length: 90 }, (_, place) => {
      const a = place % 3
      return { a, b: (a + 1) % 3, count: 2, points: Math.floor(random() * 3), cluster: place % 20 }
    })
    const fit = logisticFit(
      3,
      totals.map(({ a, b, ...row }) => ({ places: [a, b], values: [1, -1], ...row })),
      { centred: 3 },
    )
    const ratings = bradleyTerry(3, totals)
    for (let item = 0; item < 3; item++) {
      expect(fit.coefficients[item]).toBeCloseTo(must(ratings.strengths[item], 'one'), 9)
      expect(cell(must(fit.covariance, 'one'), item, item)).toBeCloseTo(
        cell(must(ratings.covariance, 'one'), item, item),
        9,
      )
    }
  })

  it('refuses data that a feature separates', () => {
    const rows = [1, 2, -1, -2].map((value, cluster) => ({
      places: [0],
      values: [value],
      count: 1,
      points: value > 0 ? 1 : 0,
      cluster,
    }))
    expect(() => logisticFit(1, rows)).toThrow(RangeError)
    expect(logisticFit(1, rows, { ridge: () => 1 }).coefficients[0]).toBeGreaterThan(0)
  })
})

describe('Style-controlled ratings', () => {
  /** Judges like length; the second model is long-winded and no better. */
  const world = (seed: number, lengthEffect: number): StyledTotal[] => {
    const random = seededRandom(seed)
    return Array.from({ length: 3_000 }, (_, place) => {
      const a = place % 3
      const b = (a + 1) % 3
      const lengthOf = (model: number) => (model === 1 ? 0.4 : 0) + 0.5 * drawNormal(random)
      const length = lengthOf(a) - lengthOf(b)
      const logit = (a === 2 ? 0.5 : 0) - (b === 2 ? 0.5 : 0) + lengthEffect * length
      const points = random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
      return { a, b, count: 1, points, cluster: Math.floor(place / 3), styles: [length, 0] }
    })
  }

  it('sees through length where plain ratings do not, and shows its coefficient', () => {
    const totals = world(21, 1)
    const fit = styleControlledRatings(3, totals)
    const plain = bradleyTerry(3, totals)
    const lead = (strengths: Float64Array) => (strengths[1] ?? 0) - (strengths[0] ?? 0)
    expect(lead(plain.strengths)).toBeGreaterThan(0.2)
    expect(Math.abs(lead(fit.strengths))).toBeLessThan(0.15)
    const [length, nothing] = fit.coefficients
    expect(length?.low ?? 0).toBeGreaterThan(0.4)
    expect(length?.pValue ?? 1).toBeLessThan(1e-6)
    expect(nothing).toEqual({
      value: 0,
      standardError: null,
      low: null,
      high: null,
      pValue: null,
      ownShare: null,
    })
  })

  it('says how much of a style is not told by who met whom', () => {
    const random = seededRandom(24)
    /** Item 1 is longer by 1, and each response by some luck besides. */
    const drawn = (luck: number) =>
      Array.from({ length: 2_000 }, (_, place): StyledTotal => {
        const a = place % 3
        const b = (a + 1) % 3
        const own = (a === 1 ? 1 : 0) - (b === 1 ? 1 : 0)
        const styles = [own + luck * drawNormal(random)]
        return { a, b, count: 1, points: random() < 0.5 ? 1 : 0, cluster: place, styles }
      })
    const shareOf = (luck: number) =>
      must(styleControlledRatings(3, drawn(luck)).coefficients[0]?.ownShare, 'a share')
    // Two of three meetings differ by 1: the squares of what is told are 2/3.
    for (const luck of [0.1, 0.5, 2]) {
      expect(shareOf(luck)).toBeCloseTo(luck ** 2 / (luck ** 2 + 2 / 3), 1)
    }
  })

  it('changes little where judges do not care', () => {
    const totals = world(22, 0)
    const fit = styleControlledRatings(3, totals)
    const plain = bradleyTerry(3, totals)
    for (let item = 0; item < 3; item++) {
      expect(Math.abs((fit.strengths[item] ?? 0) - (plain.strengths[item] ?? 0))).toBeLessThan(0.1)
    }
    expect(fit.coefficients[0]?.pValue ?? 0).toBeGreaterThan(0.01)
  })
})

describe('Rater-aware ratings', () => {
  const truth = [1, 0.3, -0.3, -1]
  const skills = [2, 1.4, 1, 1, 1, 0.6, 0.1, -0.6]
  const biases = [0, 0, 0.9, 0, -0.9, 0, 0, 0]

  function judged(perRater: number): RatedPair[] {
    const random = seededRandom(77)
    return skills.flatMap((skill, rater) =>
      Array.from({ length: perRater }, (): RatedPair => {
        const a = Math.floor(random() * 4)
        const b = (a + 1 + Math.floor(random() * 3)) % 4
        const side = random() < 0.5 ? 1 : -1
        const logit = skill * ((truth[a] ?? 0) - (truth[b] ?? 0)) + (biases[rater] ?? 0) * side
        return { a, b, rater, side, points: random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0 }
      }),
    )
  }

  it('recover planted strengths, skills and side biases', () => {
    const fit = raterAwareRatings({ items: 4, raters: 8 }, judged(1_500))
    expect(fit.isConverged).toBe(true)
    // Judgments tell skills and strengths only up to a scale.
    const scale = fit.skills.reduce((sum, one, at) => sum + one / (skills[at] ?? 1), 0) / 8
    for (const [item, strength] of truth.entries()) {
      expect(Math.abs((fit.strengths[item] ?? 0) * scale - strength)).toBeLessThan(0.15)
    }
    for (const [rater, skill] of skills.entries()) {
      expect(Math.abs((fit.skills[rater] ?? 0) / scale - skill)).toBeLessThan(0.3)
      expect(Math.abs((fit.sideBiases[rater] ?? 0) - (biases[rater] ?? 0))).toBeLessThan(0.25)
    }
  })

  it('are found in many judgments by many raters', () => {
    const random = seededRandom(3)
    const strengths = Array.from({ length: 20 }, () => 2 * random() - 1)
    const pairs = Array.from({ length: 20_000 }, (_, at): RatedPair => {
      const a = Math.floor(random() * 20)
      const b = (a + 1 + Math.floor(random() * 19)) % 20
      const logit = ((1.5 * (at % 50)) / 50) * ((strengths[a] ?? 0) - (strengths[b] ?? 0))
      const side = random() < 0.5 ? 1 : -1
      return { a, b, rater: at % 50, side, points: random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0 }
    })
    const fit = raterAwareRatings({ items: 20, raters: 50 }, pairs)
    expect(fit.isConverged).toBe(true)
    expect(fit.skills[49]).toBeGreaterThan(1)
    expect(fit.skills[0]).toBeLessThan(0.4)
  })

  it('take a rater with few judgments for a typical one', () => {
    const fit = raterAwareRatings({ items: 4, raters: 9 }, [
      ...judged(300),
      { a: 2, b: 1, rater: 8, side: 1, points: 1 },
    ])
    expect(Math.abs((fit.skills[8] ?? 0) - 1)).toBeLessThan(0.2)
  })
})

describe('Ratings in which raters weigh by skill', () => {
  const truth = [0.9, 0.2, -0.2, -0.9]
  const skills = [1.6, 1.3, 1, 1, 0.8, 0.1, 0, 0]

  /** Each rater judges one pair of each prompt; prompts have their own luck. */
  function judged(random: () => number, prompts: number): WeighedPair[] {
    return Array.from({ length: prompts }, (_, cluster) => {
      const luck = truth.map((strength) => strength + 0.4 * drawNormal(random))
      return skills.map((skill, rater): WeighedPair => {
        const a = Math.floor(random() * 4)
        const b = (a + 1 + Math.floor(random() * 3)) % 4
        const side = random() < 0.5 ? 1 : -1
        const logit = skill * ((luck[a] ?? 0) - (luck[b] ?? 0)) + (rater === 7 ? 1.5 * side : 0)
        const points = random() < 1 / (1 + Math.exp(-logit)) ? 1 : 0
        return { a, b, rater, side, points, cluster }
      })
    }).flat()
  }

  it('tell models apart better where some raters guess', { timeout: 90_000 }, () => {
    const random = seededRandom(16)
    let [weighed, plain] = [0, 0]
    for (let run = 0; run < 15; run++) {
      const pairs = judged(random, 60)
      const one = raterWeightedRatings({ items: 4, raters: 8 }, pairs)
      const other = bradleyTerry(
        4,
        pairs.map((pair) => ({ ...pair, count: 1 })),
      )
      const z = (strengths: Float64Array, covariance: typeof one.covariance) =>
        ((strengths[0] ?? 0) - (strengths[3] ?? 0)) /
        Math.sqrt(differenceVariance(must(covariance, 'a covariance'), 0, 3))
      weighed += z(one.strengths, one.covariance) / 15
      plain += z(other.strengths, other.covariance) / 15
    }
    expect(weighed).toBeGreaterThan(1.1 * plain)
  })

  it('have intervals of models alike that hold their level', { timeout: 90_000 }, () => {
    const random = seededRandom(17)
    let held = 0
    for (let run = 0; run < 200; run++) {
      const alike = judged(random, 40).map((pair) => ({ ...pair, points: random() < 0.5 ? 1 : 0 }))
      const { strengths, covariance } = raterWeightedRatings({ items: 4, raters: 8 }, alike)
      const apart = (strengths[0] ?? 0) - (strengths[3] ?? 0)
      const error = Math.sqrt(differenceVariance(must(covariance, 'a covariance'), 0, 3))
      if (Math.abs(apart) <= studentTQuantile(0.975, 39) * error) held += 1
    }
    expect(held / 200).toBeGreaterThanOrEqual(0.935)
  })

  it('take raters of few judgments together', () => {
    const pairs = [
      ...judged(seededRandom(18), 60),
      { a: 0, b: 1, rater: 8, side: 0 as const, points: 0, cluster: 0 },
      { a: 0, b: 3, rater: 9, side: 0 as const, points: 0, cluster: 1 },
    ]
    const { skills: found } = raterWeightedRatings({ items: 4, raters: 10 }, pairs)
    expect(found[8]).toBe(found[9])
    expect(found[0]).toBeGreaterThan(found[6] ?? 0)
  })
})
