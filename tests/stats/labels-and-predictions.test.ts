import { describe, expect, it } from 'vitest'
import { must } from '#app/base/must.ts'
import { dawidSkene, type Labels } from '#app/stats/dawid-skene.ts'
import { oneCoin } from '#app/stats/one-coin.ts'
import { predictionPoweredMean } from '#app/stats/prediction-powered-mean.ts'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'

/** Dawid and Skene (1979), table 1: for each patient what the first of five doctors said on three days, and what the others said. */
const patients = [
  '111 1 1 1 1',
  '333 4 3 3 4',
  '112 2 1 2 2',
  '222 3 1 2 1',
  '222 3 2 2 2',
  '222 3 3 2 2',
  '122 2 1 1 1',
  '333 3 4 3 3',
  '222 2 2 2 3',
  '232 2 2 2 3',
  '444 4 4 4 4',
  '222 3 3 4 3',
  '111 1 1 1 1',
  '222 3 2 1 2',
  '121 1 1 1 1',
  '111 2 1 1 1',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '222 2 2 2 1',
  '222 1 3 2 2',
  '222 2 2 2 2',
  '222 2 2 2 1',
  '222 3 2 2 2',
  '221 2 2 2 2',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '232 2 2 2 2',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '112 1 1 2 1',
  '111 1 1 1 1',
  '333 3 2 3 3',
  '111 1 1 1 1',
  '222 2 2 2 2',
  '222 3 2 3 2',
  '433 4 3 4 3',
  '221 2 2 3 2',
  '232 3 2 3 3',
  '333 3 4 3 2',
  '111 1 1 1 1',
  '111 1 1 1 1',
  '121 2 1 1 1',
  '232 2 2 2 2',
  '121 1 1 1 1',
  '222 2 2 2 2',
]

function columns(rows: readonly { unit: number; rater: number; label: number }[]): Labels {
  return {
    units: Int32Array.from(rows, ({ unit }) => unit),
    raters: Int32Array.from(rows, ({ rater }) => rater),
    labels: Int32Array.from(rows, ({ label }) => label),
  }
}

const doctors = columns(
  patients.flatMap((line, unit) =>
    line
      .split(' ')
      .flatMap((said, rater) =>
        [...said].map((digit) => ({ unit, rater, label: Number(digit) - 1 })),
      ),
  ),
)

describe('Dawid and Skene’s model', () => {
  const fit = dawidSkene(doctors, { units: 45, raters: 5, classes: 4 })

  it('gives the published prevalences, error rates and likelihood', () => {
    ;[0.3996, 0.422, 0.1118, 0.0667].forEach((share, place) => {
      expect(fit.prevalence[place]).toBeCloseTo(share, 4)
    })
    const first = [
      [0.8895, 0.1105, 0, 0],
      [0.0706, 0.8764, 0.053, 0],
      [0, 0.3388, 0.6612, 0],
      [0, 0, 0.5556, 0.4444],
    ]
    for (const [own, row] of first.entries()) {
      for (const [label, rate] of row.entries()) {
        expect(fit.confusion[own * 4 + label]).toBeCloseTo(rate, 4)
      }
    }
    expect(fit.logLikelihood).toBeCloseTo(-192.890881, 6)
    expect(fit.isConverged).toBe(true)
  })

  it('says who calls a class by another name', () => {
    // The first doctor calls most patients of class 4 a 3; so does the third, who also misnames class 3.
    expect(fit.offDiagonal).toEqual(expect.arrayContaining([0, 2]))
    expect(fit.offDiagonal).not.toContain(1)
  })

  it('finds the labels of crowd-kit’s toy', () => {
    const votes = [
      [0, 1, 1, 1, 1],
      [1, 1, 0, 1, 0],
      [-1, 1, 0, 1, 0],
      [1, 0, 1, 1, 0],
      [0, 0, 0, 1, 0],
    ]
    const rows = votes.flatMap((own, rater) =>
      own.flatMap((label, unit) => (label < 0 ? [] : [{ unit, rater, label }])),
    )
    const toy = dawidSkene(columns(rows), { units: 5, raters: 5, classes: 2 })
    const chosen = Array.from({ length: 5 }, (_, unit) =>
      (toy.posteriors[2 * unit + 1] ?? 0) > 0.5 ? 1 : 0,
    )
    expect(chosen).toEqual([1, 1, 0, 1, 0])
  })

  it('recovers planted tables where raters gave enough labels', () => {
    const random = seededRandom(8)
    const tables = [
      [0.9, 0.2],
      [0.8, 0.1],
      [0.7, 0.3],
      [0.6, 0.05],
    ]
    const rows = Array.from({ length: 4_000 }, (_, unit) => {
      const own = random() < 0.3 ? 1 : 0
      return tables.map(([right = 0, wrong = 0], rater) => ({
        unit,
        rater,
        label: random() < (own === 1 ? right : wrong) ? 1 : 0,
      }))
    }).flat()
    const found = dawidSkene(columns(rows), { units: 4_000, raters: 4, classes: 2 })
    expect(found.prevalence[1]).toBeCloseTo(0.3, 1)
    for (const [rater, [right = 0, wrong = 0]] of tables.entries()) {
      expect(Math.abs((found.confusion[rater * 4 + 3] ?? 0) - right)).toBeLessThan(0.06)
      expect(Math.abs((found.confusion[rater * 4 + 1] ?? 0) - wrong)).toBeLessThan(0.06)
    }
  })

  it('has the prevalence for a unit nobody labelled, and one class for one label', () => {
    const rows = [
      { unit: 0, rater: 0, label: 0 },
      { unit: 1, rater: 0, label: 0 },
    ]
    const found = dawidSkene(columns(rows), { units: 3, raters: 1, classes: 2 }, { smoothing: 1 })
    expect(found.posteriors[4]).toBeCloseTo(must(found.prevalence[0], 'a share'), 6)
    const single = dawidSkene(columns(rows), { units: 2, raters: 1, classes: 1 })
    expect([...single.posteriors]).toEqual([1, 1])
  })
})

describe('The one-coin model', () => {
  it('recovers planted accuracies, and keeps a rater of one label near the others', () => {
    const random = seededRandom(9)
    const accuracies = [0.95, 0.85, 0.7, 0.55, 0.35]
    const rows = Array.from({ length: 1_500 }, (_, unit) => {
      const own = Math.floor(random() * 3)
      return accuracies.map((accuracy, rater) => ({
        unit,
        rater,
        label: random() < accuracy ? own : (own + 1 + Math.floor(random() * 2)) % 3,
      }))
    }).flat()
    rows.push({ unit: 0, rater: 5, label: 0 })
    const fit = oneCoin(columns(rows), { units: 1_500, raters: 6, classes: 3 })
    expect(fit.isConverged).toBe(true)
    for (const [rater, accuracy] of accuracies.entries()) {
      expect(Math.abs((fit.accuracies[rater] ?? 0) - accuracy)).toBeLessThan(0.05)
    }
    expect(fit.accuracies[5]).toBeGreaterThan(0.45)
    expect(fit.accuracies[5]).toBeLessThan(0.9)
  })
})

describe('The prediction-powered mean', () => {
  const labelled: [number, number][] = [
    [1, 0.9],
    [0, 0.2],
    [1, 0.7],
    [0, 0.4],
    [1, 0.6],
  ]
  const predicted = [0.8, 0.3, 0.5, 0.9, 0.1, 0.7]

  it('is the plain mean of labels at weight 0, and the plain correction at weight 1', () => {
    const alone = must(predictionPoweredMean(labelled, predicted, { weight: 0 }), 'a mean')
    expect(alone.mean).toBeCloseTo(0.6, 12)
    expect(alone.standardError).toBeCloseTo(alone.classical.standardError, 12)
    expect(alone.effectiveLabels).toBeCloseTo(5, 12)
    const asPublished = { weight: 1, isNormal: true }
    const plain = must(predictionPoweredMean(labelled, predicted, asPublished), 'a mean')
    // 0.55, and the labels exceed their predictions by 0.04 on average.
    expect(plain.mean).toBeCloseTo(0.55 + 0.04, 12)
    expect(plain.standardError ** 2).toBeCloseTo(0.475 / 6 / 6 + 0.0904 / 5, 3)
  })

  it('tunes the weight to the least variance, within 0 and 1', () => {
    const isNormal = true
    const tuned = must(predictionPoweredMean(labelled, predicted, { isNormal }), 'a mean')
    expect(tuned.weight).toBeGreaterThan(0)
    for (const weight of [0, 0.25, 0.5, 0.75, 1]) {
      const other = must(predictionPoweredMean(labelled, predicted, { weight, isNormal }), 'a mean')
      expect(tuned.standardError).toBeLessThan(other.standardError * 1.02)
    }
    const reversed = labelled.map(([label, prediction]): [number, number] => [
      label,
      1 - prediction,
    ])
    expect(predictionPoweredMean(reversed, predicted)?.weight).toBe(0)
    const constant = labelled.map(([label]): [number, number] => [label, 0.5])
    expect(predictionPoweredMean(constant, [0.5, 0.5, 0.5])?.weight).toBe(0)
  })

  it('says nothing with fewer than two of either', () => {
    expect(predictionPoweredMean([[1, 1]], predicted)).toBeNull()
    expect(predictionPoweredMean(labelled, [0.5])).toBeNull()
  })

  it('covers the truth as often as it says, with biased predictions and few labels, in less width', () => {
    const random = seededRandom(31)
    const runs = 1_000
    for (const n of [13, 50, 200]) {
      let covered = 0
      let width = 0
      let classicalWidth = 0
      for (let run = 0; run < runs; run++) {
        const draw = (): [number, number] => {
          const hidden = drawNormal(random)
          return [hidden + 0.5 * drawNormal(random), hidden + 0.7]
        }
        const own = Array.from({ length: n }, draw)
        const more = Array.from({ length: 10 * n }, () => draw()[1])
        const found = must(predictionPoweredMean(own, more), 'a mean')
        if (found.low <= 0 && 0 <= found.high) covered += 1
        width += found.high - found.low
        classicalWidth += found.classical.high - found.classical.low
      }
      expect(covered / runs).toBeGreaterThanOrEqual(0.935)
      expect(covered / runs).toBeLessThanOrEqual(0.965)
      expect(width).toBeLessThan(0.75 * classicalWidth)
    }
  })
})
