/** What a snapshot is: everything that decided its rows, and what came of it. */
import type { DatasetReport } from './dataset-report.ts'
import type { WrittenFile } from './files/written-file.ts'
import type { DropRule, Policy } from './policy.ts'
import type { RowCheck } from './row-checks.ts'
import type { TargetName } from './targets/all.ts'
import type { Container } from './targets/target.ts'

export interface ManifestCampaign {
  name: string
  kind: string
  isSimulated: boolean
  guidelines: { version: number; text: string } | null
}

export interface RowsWritten {
  config: string
  split: string
  rows: number
  /** Over the rows as canonical JSON, one a line, whatever container they lie in. */
  sha256: string
}

export interface Manifest {
  /** The form of this manifest and of the rows; another number means other bytes. */
  format: 1
  target: TargetName
  container: Container
  policy: Policy
  campaigns: ManifestCampaign[]
  /** The kinds of personal data and secrets that were removed from every text. */
  redacted: string[]
  prompts: number
  judgments: number
  judgmentsBySource: Record<string, number>
  raters: number
  /** Krippendorff's alpha of the verdicts counted, nominal; null where it does not exist. */
  alpha: number | null
  considered: number
  dropped: Partial<Record<DropRule, number>>
  warned: Partial<Record<RowCheck, number>>
  examples: Partial<Record<DropRule | RowCheck, string[]>>
  /** Rows whose texts still hold personal data or secrets, by kind. */
  personal: Record<string, number>
  unprepared: number
  /** What a check of the whole found; null for raw judgments. */
  report: DatasetReport | null
  rows: RowsWritten[]
  files: WrittenFile[]
  /** Of all the above but the files: the same data and policy give the same one everywhere. */
  sha256: string
}

/** All rows but those of files beside, such as ties. */
export const rowCountOf = ({ rows }: Pick<Manifest, 'rows'>): number =>
  rows.reduce((sum, { config, rows: count }) => (besideConfigs.has(config) ? sum : sum + count), 0)

/** Files that hold what the rows leave out, or what they lead back to. */
export const besideConfigs: ReadonlySet<string> = new Set([
  'ties',
  'prompts-and-responses',
  'campaigns',
  'tasks',
])
