import type { Migration } from 'kysely/migration'
import * as accessAndProjects from './0001-access-and-projects.ts'
import * as jobsAndNotify from './0002-jobs-and-notify.ts'
import * as importing from './0003-import.ts'
import * as assign from './0004-assign.ts'
import * as rate from './0005-rate.ts'
import * as measureAndExport from './0006-measure-and-export.ts'
import * as importLineageAndSearch from './0007-import-lineage-and-search.ts'
import * as engineAndRoom from './0008-engine-and-room.ts'
import * as judgmentsByRater from './0009-judgments-by-rater.ts'
import * as measurementViews from './0010-measurement-views.ts'
import * as webhooksAndGates from './0011-webhooks-and-gates.ts'
import * as recipesAndSnapshots from './0012-recipes-and-snapshots.ts'
import * as standingCounts from './0014-standing-counts.ts'
import * as pairsOfStandings from './0015-pairs-of-standings.ts'

/** One list for both databases, in the order it runs. What has shipped never changes. */
export const migrations: Record<string, Migration> = {
  '0001-access-and-projects': accessAndProjects,
  '0002-jobs-and-notify': jobsAndNotify,
  '0003-import': importing,
  '0004-assign': assign,
  '0005-rate': rate,
  '0006-measure-and-export': measureAndExport,
  '0007-import-lineage-and-search': importLineageAndSearch,
  '0008-engine-and-room': engineAndRoom,
  '0009-judgments-by-rater': judgmentsByRater,
  '0010-measurement-views': measurementViews,
  '0011-webhooks-and-gates': webhooksAndGates,
  '0012-recipes-and-snapshots': recipesAndSnapshots,
  '0014-standing-counts': standingCounts,
  '0015-pairs-of-standings': pairsOfStandings,
}
