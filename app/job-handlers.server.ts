/** Which job kinds exist and which stage runs each. */
import { runMakeTasks } from './assign/make-tasks.server.ts'
import { runLoadDemo } from './demo/load-demo.server.ts'
import { runSnapshot } from './export/datasets.server.ts'
import { runImport } from './import/run-import.server.ts'
import type { JobHandlers } from './jobs/run-jobs.server.ts'
import { runMeasure } from './measure/measure.server.ts'
import { recordJudgments } from './rate/record-judgments.server.ts'

export const jobHandlers: JobHandlers = {
  import: runImport(recordJudgments),
  'make-tasks': runMakeTasks,
  measure: runMeasure,
  snapshot: runSnapshot,
  'load-demo': runLoadDemo,
}
