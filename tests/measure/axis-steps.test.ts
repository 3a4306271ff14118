import fc from 'fast-check'
import { expect, it } from 'vitest'
import { axisSteps } from '#app/measure/axis-steps.ts'

it('an axis is labelled at round places within it', () => {
  expect(axisSteps(2, 5)).toEqual([2, 3, 4, 5])
  expect(axisSteps(0, 1)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
  expect(axisSteps(0.3, 0.8)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7, 0.8])
  expect(axisSteps(3, 3)).toEqual([3])
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000, max: 1_000 }),
      fc.integer({ min: 1, max: 100_000 }),
      (from, more) => {
        const [low, high] = [from / 10, (from + more) / 10]
        const places = axisSteps(low, high)
        expect(places.length).toBeGreaterThan(1)
        expect(places.length).toBeLessThanOrEqual(6)
        for (const place of places) {
          expect(place).toBeGreaterThanOrEqual(low - 1e-6)
          expect(place).toBeLessThanOrEqual(high + 1e-6)
        }
      },
    ),
  )
})
