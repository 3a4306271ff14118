/** Which job kinds exist and which stage runs each. */
import { inTransaction } from '#db/open.ts'
import { runMakeTasks } from './assign/make-tasks.server.ts'
import { runLoadDemo } from './demo/load-demo.server.ts'
import { runSnapshot } from './export/datasets.server.ts'
import {
  changeModelsKind,
  measureModelsKind,
  runChangeModels,
} from './import/change-models.server.ts'
import { askForPreparation, preparationKind } from './import/preparation.server.ts'
import { runPreparation } from './import/prepare-texts.server.ts'
import { runRehearsal } from './import/rehearse-import.server.ts'
import { importInput, runImport } from './import/run-import.server.ts'
import { enqueueJob } from './jobs/jobs.server.ts'
import type { JobContext, JobHandlers } from './jobs/run-jobs.server.ts'
import { askForBatchMeasurement, runMeasure, runMeasureModels } from './measure/measure.server.ts'
import { recordJudgments } from './rate/record-judgments.server.ts'

/** Imports, then has the campaigns measured that gained judgments. */
async function importAndMeasure(context: JobContext) {
  const counts = await runImport(recordJudgments)(context)
  const { batchId } = importInput.parse(JSON.parse(context.job.input))
  await inTransaction(context.db, (trx) =>
    askForBatchMeasurement(trx, { projectId: context.job.project_id, batchId, now: Date.now() }),
  )
  await askForPreparation(context.db, context.job.project_id, Date.now())
  return counts
}

/** Moves responses between models, then has the campaigns measured that judged any of theirs. */
async function changeModelsAndMeasure(context: JobContext) {
  const { moved, modelIds } = await runChangeModels(context)
  await inTransaction(context.db, (trx) =>
    enqueueJob(trx, {
      projectId: context.job.project_id,
      kind: measureModelsKind,
      input: { modelIds },
      now: Date.now(),
    }),
  )
  return { moved }
}

export const jobHandlers: JobHandlers = {
  import: importAndMeasure,
  [preparationKind]: runPreparation,
  'rehearse-import': runRehearsal(recordJudgments),
  'make-tasks': runMakeTasks,
  measure: runMeasure,
  [changeModelsKind]: changeModelsAndMeasure,
  [measureModelsKind]: runMeasureModels,
  snapshot: runSnapshot,
  'load-demo': runLoadDemo,
}
