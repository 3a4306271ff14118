import { studentTQuantile } from './student-t.ts'

/** One unit (a pair on a prompt): its prediction, and its label where somebody gave one. */
export interface PredictedUnit {
  cluster: string
  prediction: number
  label?: number
}

export interface ClusteredPrediction {
  mean: number
  standardError: number
  low: number
  high: number
  /** How far the predictions are leaned on: 0 is the labels alone, 1 takes them as they are. */
  weight: number
  labelled: number
  predicted: number
  /** Clusters with a label, with a unit that has none, and all. */
  labelledClusters: number
  predictedClusters: number
  clusters: number
  classical: { mean: number; standardError: number; low: number; high: number }
  /** Labels that would tell as much without the predictions. */
  effectiveLabels: number
}

/**
 * The mean of labels helped by predictions (PPI++), where units come in clusters: several pairs on one
 * prompt are alike, whether labelled or not. The estimate is that of `predictionPoweredMean`; its
 * variance sums what each cluster adds through all its units, G/(G−1) Σ (λ u_c + y_c − λ f_c)², and λ
 * is the one that makes it least, kept in [0, 1]. With one unit a cluster it is PPI++ itself.
 *
 * Labelled units must be a random sample of all. Student's t on the labelled clusters less one,
 * and less another for a tuned weight.
 * Returns null with fewer than two labelled clusters or without a unit that has no label.
 * Sources: A. N. Angelopoulos, J. C. Duchi and T. Zrnic, “PPI++” (2023), arXiv 2311.01453; C. A. Cameron
 * and D. L. Miller, Journal of Human Resources 50 (2015) 317–372, for the clusters.
 *
 * @example clusteredPredictionPoweredMean([
 *   { cluster: 'p', prediction: 0.9, label: 1 },
 *   { cluster: 'q', prediction: 0.3, label: 0 },
 *   { cluster: 'r', prediction: 0.8 },
 * ], { weight: 1 })?.mean // 0.7
 */
export function clusteredPredictionPoweredMean(
  units: readonly PredictedUnit[],
  { confidence = 0.95, weight }: { confidence?: number; weight?: number } = {},
): ClusteredPrediction | null {
  const labels: { cluster: string; label: number; prediction: number }[] = []
  const rest: PredictedUnit[] = []
  for (const unit of units) {
    if (unit.label === undefined) rest.push(unit)
    else labels.push({ ...unit, label: unit.label })
  }
  const labelledClusters = new Set(labels.map(({ cluster }) => cluster)).size
  if (labelledClusters < 2 || rest.length === 0) return null
  const meanLabel = meanOf(labels, ({ label }) => label)
  const meanThere = meanOf(labels, ({ prediction }) => prediction)
  const meanRest = meanOf(rest, ({ prediction }) => prediction)
  const y = byCluster(labels, ({ label }) => (label - meanLabel) / labels.length)
  const f = byCluster(labels, ({ prediction }) => (prediction - meanThere) / labels.length)
  const u = byCluster(rest, ({ prediction }) => (prediction - meanRest) / rest.length)
  const clusters = [...new Set([...y.keys(), ...u.keys()])].map((cluster) => ({
    label: y.get(cluster) ?? 0,
    prediction: (u.get(cluster) ?? 0) - (f.get(cluster) ?? 0),
  }))
  const lambda = weight ?? leastVariance(clusters)
  // A weight found in the same clusters costs a degree of freedom, as a coefficient would.
  const spent = weight === undefined && lambda > 0 ? 2 : 1
  const ofClusters = (lean: number, count: number, used: number) =>
    Math.sqrt(
      (count / Math.max(1, count - used)) *
        clusters.reduce((sum, one) => sum + (one.label + lean * one.prediction) ** 2, 0),
    )
  const around = (centre: number, standardError: number, used: number) => {
    const degrees = Math.max(1, labelledClusters - used)
    const reach = studentTQuantile(1 - (1 - confidence) / 2, degrees) * standardError
    return { mean: centre, standardError, low: centre - reach, high: centre + reach }
  }
  const classical = around(meanLabel, ofClusters(0, labelledClusters, 1), 1)
  const powered = around(
    meanLabel + lambda * (meanRest - meanThere),
    // With no weight on predictions the clusters without labels add nothing, not even to the count.
    ofClusters(lambda, lambda === 0 ? labelledClusters : clusters.length, spent),
    spent,
  )
  return {
    ...powered,
    weight: lambda,
    labelled: labels.length,
    predicted: rest.length,
    labelledClusters,
    predictedClusters: u.size,
    clusters: clusters.length,
    classical,
    effectiveLabels:
      powered.standardError === 0
        ? labels.length
        : labels.length * (classical.standardError / powered.standardError) ** 2,
  }
}

const meanOf = <Unit>(units: readonly Unit[], of: (unit: Unit) => number): number =>
  units.reduce((sum, unit) => sum + of(unit), 0) / units.length

function byCluster<Unit extends { cluster: string }>(
  units: readonly Unit[],
  of: (unit: Unit) => number,
): Map<string, number> {
  const sums = new Map<string, number>()
  for (const unit of units) sums.set(unit.cluster, (sums.get(unit.cluster) ?? 0) + of(unit))
  return sums
}

/** The λ in [0, 1] for which Σ (label + λ · prediction)² is least. */
function leastVariance(clusters: readonly { label: number; prediction: number }[]): number {
  const shared = clusters.reduce((sum, { label, prediction }) => sum - label * prediction, 0)
  const spread = clusters.reduce((sum, { prediction }) => sum + prediction ** 2, 0)
  return spread === 0 ? 0 : Math.max(0, Math.min(1, shared / spread))
}
