/** Which job kinds exist and which stage runs each. */
import { inTransaction } from '#db/open.ts'
import {
  chooseTasksKind,
  closeCampaignKind,
  fitTasksKind,
  makeTasksKind,
} from './assign/campaign-jobs.ts'
import { runCloseCampaign } from './assign/campaign-life.server.ts'
import { runChooseTasks } from './assign/choose-tasks.server.ts'
import { runFitTasks } from './assign/fit-tasks.server.ts'
import { runMakeTasks } from './assign/make-tasks.server.ts'
import { runLoadDemo } from './demo/load-demo.server.ts'
import type { SnapshotStore } from './export/files/snapshot-store.ts'
import { runSnapshot } from './export/run-snapshot.server.ts'
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
import { consensusKind, runMeasureConsensus } from './measure/consensus.server.ts'
import {
  askForBatchMeasurement,
  runMeasure,
  runMeasureModels,
  runMeasureStandings,
  runMeasureView,
} from './measure/measure.server.ts'
import { askGatesKind, runAskGates } from './measure/watched-gates.server.ts'
import { keepIdealsKind, runKeepIdeals } from './rate/ideal-responses.server.ts'
import { recordJudgments } from './rate/record-judgments.server.ts'
import { askToWeighBatch, runWeighDoubts, weighDoubtsKind } from './rate/weigh-doubts.server.ts'
import { runWithdrawJudgments, withdrawKind } from './rate/withdraw-judgments.server.ts'

/** Imports, then has the campaigns measured that gained judgments. */
async function importAndMeasure(context: JobContext) {
  const counts = await runImport(recordJudgments)(context)
  const { batchId } = importInput.parse(JSON.parse(context.job.input))
  await inTransaction(context.db, async (trx) => {
    const batch = { projectId: context.job.project_id, batchId, now: Date.now() }
    await askForBatchMeasurement(trx, batch)
    await askToWeighBatch(trx, batch)
  })
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

/** The handlers of all kinds, with where they keep snapshots. */
export const jobHandlersWith = (snapshots: SnapshotStore): JobHandlers => ({
  import: importAndMeasure,
  [preparationKind]: runPreparation,
  'rehearse-import': runRehearsal(recordJudgments),
  [makeTasksKind]: runMakeTasks,
  [fitTasksKind]: runFitTasks,
  [closeCampaignKind]: runCloseCampaign,
  [chooseTasksKind]: runChooseTasks,
  [withdrawKind]: runWithdrawJudgments,
  measure: runMeasure,
  'measure-standings': runMeasureStandings,
  'measure-view': runMeasureView,
  [consensusKind]: runMeasureConsensus,
  [changeModelsKind]: changeModelsAndMeasure,
  [measureModelsKind]: runMeasureModels,
  [askGatesKind]: runAskGates,
  [weighDoubtsKind]: runWeighDoubts,
  [keepIdealsKind]: runKeepIdeals,
  snapshot: runSnapshot(snapshots),
  'load-demo': runLoadDemo,
})
