import type { Example } from './example.ts'
import { comparisonExamples } from './examples-comparisons.ts'
import { providerExamples } from './examples-providers.ts'
import { rankingExamples } from './examples-rankings.ts'
import { traceExamples } from './examples-traces.ts'
import { trainingExamples } from './examples-training.ts'

/** Typical rows of every format that import knows, by the format. */
export const examples: Record<string, Example> = {
  ...comparisonExamples,
  ...providerExamples,
  ...rankingExamples,
  ...traceExamples,
  ...trainingExamples,
}
