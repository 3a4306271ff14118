import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { firstGroupSize, nextGroupSize } from '#app/jobs/group-size.ts'

describe('Work that is done in groups beside people who save', () => {
  it('settles on groups that hold the database for a moment, whatever a piece costs', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.15, max: 3, noNaN: true }), (msAPiece) => {
        let size = firstGroupSize
        for (let group = 0; group < 10; group++) size = nextGroupSize(size, size * msAPiece)
        expect(Math.abs(size * msAPiece - 15)).toBeLessThanOrEqual(msAPiece)
      }),
    )
  })

  it('goes on however long a group took, and is not thrown off by one that waited', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 5, max: 100 }),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        (size, tookMs) => {
          const next = nextGroupSize(size, tookMs)
          expect(next).toBeGreaterThanOrEqual(Math.max(5, Math.round(size / 2)))
          expect(next).toBeLessThanOrEqual(Math.min(100, size * 2))
          expect(Number.isInteger(next)).toBe(true)
        },
      ),
    )
  })
})
