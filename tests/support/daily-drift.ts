/** Models of which a new version is scored every day, for years. */
import { type DriftReport, driftReport, type VersionedModel } from '#app/measure/drift.ts'
import { shownOf } from '#app/measure/drift-shown.ts'
import { storeResults } from '#app/measure/measurements.server.ts'
import { defaultOptions } from '#app/measure/method.ts'
import type { ScoreTally } from '#app/measure/tally.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { type Db, inTransaction } from '#db/open.ts'

const dayMs = 24 * 3_600_000
const firstDay = Date.UTC(2021, 2, 5)
/** Days of five years. */
export const fiveYears = 1_826

/** Scores of 0 and 1 on the same prompts every day; every fifth model is far worse from the middle on. */
export function dailyDrift({
  families,
  days = fiveYears,
  prompts,
}: {
  families: number
  days?: number
  prompts: number
}): DriftReport {
  const random = seededRandom(families + days)
  const models: VersionedModel[] = []
  const scores: ScoreTally[] = []
  for (let family = 0; family < families; family++) {
    for (let day = 0; day < days; day++) {
      const date = new Date(firstDay + day * dayMs).toISOString().slice(0, 10)
      const name = `model-${String(family).padStart(3, '0')}-${date}`
      const own = { name, version: '', prompt_version: '' }
      models.push({ id: name, label: name, color: family % 8, ...own })
      const level = family % 5 === 0 && day > days / 2 ? 0.2 : 0.85
      for (let prompt = 0; prompt < prompts; prompt++) {
        const sum = random() < level ? 1 : 0
        scores.push({ criterionId: 'c', promptId: `p${prompt}`, modelId: name, sum, count: 1 })
      }
    }
  }
  return driftReport({
    scores,
    criterionNames: new Map([['c', 'accuracy']]),
    models,
    tagsOf: new Map(),
    source: 'human',
    options: { confidence: 0.95, seed: 1 },
  })
}

/** The report so many times, each time with models of its own names. */
export const repeated = ({ series, ...report }: DriftReport, times: number): DriftReport => ({
  ...report,
  series: Array.from({ length: times }, (_, copy) =>
    series.map((one) => {
      const renamed = (name: string) => `${name}-of-${copy}`
      return {
        ...one,
        family: renamed(one.family),
        points: one.points.map((point) => ({ ...point, model_id: renamed(point.model_id) })),
      }
    }),
  ).flat(),
})

/** Keeps a report as a campaign's newest, as measuring it does. */
export async function storeDrift(
  db: Db,
  { report, ...scope }: { projectId: string; campaignId: string; report: DriftReport },
): Promise<void> {
  const results = { drift: report, 'drift-shown': shownOf(report) }
  const totals = { judgments: 0, raters: 0, prompts: 0 }
  await inTransaction(db, (trx) =>
    storeResults(trx, { ...scope, results, totals, options: defaultOptions, now: Date.now() }),
  )
}
