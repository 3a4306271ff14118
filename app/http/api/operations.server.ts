/** Everything that the REST API can be asked. A further resource is one file, and one line here. */
import { campaignChangeOperations } from './campaign-changes.server.ts'
import { campaignOperations } from './campaigns.server.ts'
import { datasetOperations } from './datasets.server.ts'
import { importOperations } from './imports.server.ts'
import { jobOperations } from './jobs.server.ts'
import { judgmentOperations } from './judgments.server.ts'
import { measurementOperations } from './measurements.server.ts'
import { memberOperations } from './members.server.ts'
import { modelOperations } from './models.server.ts'
import type { Operation } from './operation.ts'
import { projectOperations } from './projects.server.ts'
import { promptOperations } from './prompts.server.ts'
import { recordOperations } from './records.server.ts'
import { snapshotChangeOperations } from './snapshot-changes.server.ts'
import { snapshotLinkOperations } from './snapshot-links.server.ts'
import { snapshotRowOperations } from './snapshot-rows.server.ts'
import { snapshotOperations } from './snapshots.server.ts'
import { taskOperations } from './tasks.server.ts'

export const operations: readonly Operation[] = [
  ...projectOperations,
  ...memberOperations,
  ...importOperations,
  ...recordOperations,
  ...promptOperations,
  ...modelOperations,
  ...campaignOperations,
  ...campaignChangeOperations,
  ...taskOperations,
  ...judgmentOperations,
  ...measurementOperations,
  ...datasetOperations,
  ...snapshotOperations,
  ...snapshotRowOperations,
  ...snapshotChangeOperations,
  ...snapshotLinkOperations,
  ...jobOperations,
]
