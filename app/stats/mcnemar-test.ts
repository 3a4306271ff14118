import { binomialTest } from './binomial-test.ts'

/**
 * The exact test that two versions do equally well on the same prompts, from the prompts on which only
 * one of them succeeded; those on which both or neither did say nothing. Two-sided.
 *
 * Returns null when there is no such prompt.
 * Source: Q. McNemar, Psychometrika 12 (1947) 153–157; exact by the binomial distribution.
 *
 * @example mcnemarTest(1, 5) // 0.21875
 */
export const mcnemarTest = (onlyFirst: number, onlySecond: number): number | null =>
  binomialTest(Math.min(onlyFirst, onlySecond), onlyFirst + onlySecond, 0.5)
