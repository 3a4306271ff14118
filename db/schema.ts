/**
 * Every table in the order data passes through them. The heading names the only folder that writes
 * each; any folder may read any table. `project_id` is part of every key, save of the site's own
 * tables: person, session and project.
 */
import type { Generated, Kysely, Transaction } from 'kysely'
import type { EpochMs, Flag, Id, JsonText } from './columns.ts'

export type Role = 'lead' | 'engineer' | 'annotator'
export type JobStatus = 'queued' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled'
export type CampaignKind = 'pairwise' | 'rubric' | 'ranking'
export type CampaignStatus = 'draft' | 'open' | 'paused' | 'closed'
export type CriterionKind =
  | 'preference'
  | 'scale'
  | 'choice'
  | 'ranking'
  | 'text'
  | 'spans'
  | 'ideal'
export type Purpose = 'work' | 'gold' | 'training' | 'qualification' | 'repeat'
export type RaterPhase = 'training' | 'qualifying' | 'working' | 'failed'
export type AssignmentStatus = 'open' | 'held' | 'submitted' | 'skipped' | 'expired' | 'released'
export type Source = 'human' | 'judge' | 'adjudicator'
export type Winner = 'a' | 'b' | 'tie' | 'both_bad' | 'cant_judge'

// ---- app/access -------------------------------------------------------------------------------

export interface PersonTable {
  id: Id
  email: string
  name: string
  password_hash: string | null
  is_admin: Flag
  status: 'active' | 'disabled'
  settings: JsonText
  created_at: EpochMs
}

export interface SessionTable {
  /** SHA-256 of the token in the cookie, so that a leaked table signs nobody in. */
  id: string
  person_id: Id
  created_at: EpochMs
  last_seen_at: EpochMs
  expires_at: EpochMs
  revoked_at: EpochMs | null
}

export interface MemberTable {
  project_id: Id
  person_id: Id
  role: Role
  created_at: EpochMs
}

export interface InvitationTable {
  project_id: Id
  id: Id
  token_hash: string
  email: string | null
  roles: JsonText
  created_by: Id
  created_at: EpochMs
  expires_at: EpochMs
  accepted_at: EpochMs | null
  accepted_by: Id | null
}

export interface ApiTokenTable {
  project_id: Id
  id: Id
  name: string
  token_hash: string
  role: Role
  created_by: Id
  created_at: EpochMs
  last_used_at: EpochMs | null
  revoked_at: EpochMs | null
}

export interface AuditTable {
  /** Empty for what concerns the whole site. */
  project_id: Id | ''
  id: Id
  /** A person's id, `system` or `command line`; never a name or an address. */
  actor: string
  action: string
  subject: string
  detail: JsonText
  created_at: EpochMs
}

// ---- app/projects -----------------------------------------------------------------------------

export interface ProjectTable {
  id: Id
  slug: string
  name: string
  /** Its judgments come from a simulation; every screen says so. */
  is_simulated: Flag
  settings: JsonText
  created_at: EpochMs
}

export interface ModelTable {
  project_id: Id
  id: Id
  name: string
  version: string
  prompt_version: string
  /** Canonical JSON; `{}` when none are known. */
  parameters: JsonText
  /** Short and unique in the project: what people read. */
  label: string
  /** The place in the palette, given once so that a model keeps its colour everywhere. */
  color: number
  /** The model that stands for this one since they were merged. */
  merged_into: Id | null
  created_at: EpochMs
}

export interface ModelChangeTable {
  project_id: Id
  id: Id
  kind: 'renamed' | 'merged' | 'split' | 'undone'
  model_id: Id
  /** What it was merged into, split off, or the change that was undone. */
  other_model_id: Id | null
  detail: JsonText
  actor: string
  undone_by: Id | null
  created_at: EpochMs
}

export interface ModelChangeResponseTable {
  project_id: Id
  change_id: Id
  response_id: Id
}

export interface RaterTable {
  project_id: Id
  id: Id
  kind: 'member' | 'imported' | 'judge'
  person_id: Id | null
  external_name: string | null
  pseudonym: string
  is_simulated: Flag
  /** Names of the groups that a lead put the rater into. */
  groups: JsonText
  /** Codes of the languages the rater judges in. */
  languages: JsonText
  created_at: EpochMs
}

// ---- app/jobs ---------------------------------------------------------------------------------

export interface JobTable {
  project_id: Id
  id: Id
  kind: string
  input: JsonText
  status: JobStatus
  /** At most one queued job has a given key, so that asking twice does the work once. */
  dedupe_key: string | null
  run_after: EpochMs
  lease_until: EpochMs | null
  leased_by: string | null
  attempts: number
  /** Where a killed job goes on, saved in the same transaction as what it wrote. */
  cursor: JsonText | null
  done: number
  total: number
  note: string
  result: JsonText | null
  error: string | null
  created_at: EpochMs
  started_at: EpochMs | null
  finished_at: EpochMs | null
}

// ---- app/notify -------------------------------------------------------------------------------

export interface WebhookTable {
  project_id: Id
  id: Id
  url: string
  secret: string
  events: JsonText
  status: 'active' | 'paused'
  created_at: EpochMs
}

export interface WebhookDeliveryTable {
  project_id: Id
  id: Id
  webhook_id: Id
  event: string
  body: JsonText
  attempts: number
  next_attempt_at: EpochMs | null
  response_status: number | null
  delivered_at: EpochMs | null
  created_at: EpochMs
  /** What the delivery speaks of; a webhook is told of it once. */
  dedupe_key: string | null
  /** Why the last attempt failed, where there was no answer. */
  error: string | null
}

export interface MessageTable {
  project_id: Id
  id: Id
  person_id: Id
  kind: string
  content: JsonText
  read_at: EpochMs | null
  created_at: EpochMs
}

// ---- app/import -------------------------------------------------------------------------------

export interface ImportBatchTable {
  project_id: Id
  id: Id
  /** External ids are unique within a project and a source. */
  source: string
  format: string
  /** How the columns are read, the campaign of recorded judgments, what is allowed. */
  options: JsonText
  /** What was received: name, bytes and where it lies, for each file. */
  files: JsonText
  status: 'received' | 'queued' | 'done' | 'failed' | 'cancelled'
  /** The names of the plain files found in what was received, in the order of their ordinals. */
  sources: JsonText
  counts: JsonText
  job_id: Id | null
  created_by: string
  created_at: EpochMs
  finished_at: EpochMs | null
}

export interface ImportRefusalTable {
  project_id: Id
  batch_id: Id
  ordinal: number
  file: string
  line: number
  field: string
  reason: string
  /** The record's text, or its start where it is long. */
  raw: string
  /** Where the record lies in the plain file, where the raw text is only its start. */
  byte_offset: number | null
  byte_length: number | null
}

export interface FieldMappingTable {
  project_id: Id
  id: Id
  name: string
  header_hash: string
  mapping: JsonText
  created_at: EpochMs
}

export interface PromptTable {
  project_id: Id
  id: Id
  /** Hash of the input key: two logs of one input meet here. */
  fingerprint: string
  input_key: string | null
  messages: JsonText
  /** The last user turn, cut short: for lists and search. */
  preview: string
  metadata: JsonText
  is_text_missing: Flag
  batch_id: Id | null
  /** Which file of the batch it came from first, and at which line. */
  source_ordinal: number | null
  source_line: number | null
  characters: number
  /** Set by preparation, with the language and the tokens; null until then. */
  prepared_at: EpochMs | null
  language: string | null
  tokens: number | null
  /** The smallest id among its near-duplicates; null where it has none. */
  cluster_id: Id | null
  archived_at: EpochMs | null
  created_at: EpochMs
}

export interface NearDuplicateKeyTable {
  project_id: Id
  /** An exact key of normal words, or a band of a MinHash signature. */
  key: string
  prompt_id: Id
}

export interface ReceivedRequestTable {
  project_id: Id
  /** What the caller named the request, so that sending it twice does it once. */
  key: string
  body_hash: string
  answer: JsonText
  created_at: EpochMs
}

/** Words of prompts, kept by triggers; asked only through `matches` in `dialects/portable.ts`. */
export interface PromptSearchTable {
  project_id: Id
  prompt_id: Id
  words: string
}

export interface PromptTagTable {
  project_id: Id
  prompt_id: Id
  tag: string
}

export interface ResponseTable {
  project_id: Id
  id: Id
  prompt_id: Id
  model_id: Id
  fingerprint: string
  sample: number
  messages: JsonText
  rendered: JsonText | null
  context: JsonText | null
  tools: JsonText | null
  finish_reason: string | null
  usage: JsonText | null
  latency_ms: number | null
  cost: number | null
  trace: JsonText | null
  metadata: JsonText
  characters: number
  is_text_missing: Flag
  answered_at: EpochMs | null
  batch_id: Id | null
  source_ordinal: number | null
  source_line: number | null
  tokens: number | null
  language: string | null
  /** The rater who wrote it, where it is somebody's ideal response: that rater does not judge it. */
  written_by: Id | null
  created_at: EpochMs
}

export interface ExternalIdTable {
  project_id: Id
  source: string
  kind: 'prompt' | 'response'
  external_id: string
  target_id: Id
}

export interface FindingTable {
  project_id: Id
  id: Id
  /** `names-its-model`, or a kind of personal data or secret. */
  kind: string
  prompt_id: Id
  /** Null for what stands in the prompt itself. */
  response_id: Id | null
  /** The id of the text it stands in. */
  place: Id
  count: number
  detail: JsonText
  created_at: EpochMs
}

// ---- app/assign -------------------------------------------------------------------------------

export interface CampaignTable {
  project_id: Id
  id: Id
  name: string
  kind: CampaignKind
  status: CampaignStatus
  origin: 'made' | 'imported'
  /** How many raters judge each task. */
  overlap: number
  hold_ms: number
  settings: JsonText
  is_simulated: Flag
  /** Slots made for work, less those taken back before anybody had them; a budget bounds them. */
  slots_made: number
  /** Whether a rater of the project wrote some of its responses. */
  has_authored: Flag
  created_by: string
  created_at: EpochMs
  opened_at: EpochMs | null
  closed_at: EpochMs | null
}

export interface GuidelinesTable {
  project_id: Id
  campaign_id: Id
  version: number
  text: string
  created_by: string
  created_at: EpochMs
}

export interface CriterionTable {
  project_id: Id
  id: Id
  campaign_id: Id
  position: number
  name: string
  title: string
  kind: CriterionKind
  is_required: Flag
  definition: JsonText
}

export interface CampaignRaterTable {
  project_id: Id
  campaign_id: Id
  rater_id: Id
  status: 'active' | 'paused'
  paused_reason: string | null
  /** Where the rater stands on the way to counted work. */
  phase: RaterPhase
  /** Which attempt at the qualification set this is, from 0. */
  sitting: number
  /** Work, gold and repeats judged here, for a most per rater. */
  judged: number
  /** By lane and priority the last slot passed, open or not: a claim reads none before it again. */
  cursors: JsonText
  /** How often position 0 was shown first less how often it was shown second. */
  side_balance: number
  /** The same by pair of models, for the pairs met lately; a pair that is even is left out. */
  side_pairs: JsonText
  created_at: EpochMs
}

export interface TaskTable {
  project_id: Id
  id: Id
  campaign_id: Id
  prompt_id: Id
  /** Hash of the prompt and its responses, so that one question is asked once in a campaign. */
  fingerprint: string
  purpose: Purpose
  repeat_of: Id | null
  needed: number
  /** Lower is sooner. */
  priority: number
  selection_probability: number | null
  /** The verdict of a task that needs no rater, such as two identical responses. */
  decided: Winner | null
  /** The answers that a gold, training or qualification task is held to, and why. */
  expected: JsonText | null
  /** Entropy in bits of what its judgments leave open; null before the second one. */
  doubt: number | null
  withdrawn_at: EpochMs | null
  withdrawn_reason: string | null
  created_at: EpochMs
}

export interface TaskResponseTable {
  project_id: Id
  task_id: Id
  /** 0 is a, 1 is b. */
  position: number
  response_id: Id
}

export interface AssignmentTable {
  project_id: Id
  id: Id
  campaign_id: Id
  task_id: Id
  rater_id: Id | null
  status: AssignmentStatus
  /** The language raters must judge in to take it; empty where any rater may. */
  lane: string
  /** Lower is sooner. */
  priority: number
  /** Canonical positions in the order shown, as `[1,0]`. */
  shown_order: JsonText | null
  held_at: EpochMs | null
  held_until: EpochMs | null
  opened_at: EpochMs | null
  ended_at: EpochMs | null
  active_ms: number | null
  skip_reason: string | null
  created_at: EpochMs
}

// ---- app/rate ---------------------------------------------------------------------------------

export interface DraftTable {
  project_id: Id
  assignment_id: Id
  rater_id: Id
  /** Grows with each change; an older draft never overwrites a newer one. */
  version: number
  /** The judgment's revision that the draft would replace; 0 before the first. */
  base_revision: number
  content: JsonText
  updated_at: EpochMs
}

export interface FlagTable {
  project_id: Id
  id: Id
  campaign_id: Id
  task_id: Id
  rater_id: Id
  assignment_id: Id
  reason: string
  created_at: EpochMs
  resolved_at: EpochMs | null
  resolved_by: string | null
}

export interface JudgmentTable {
  project_id: Id
  id: Id
  campaign_id: Id
  task_id: Id
  rater_id: Id
  assignment_id: Id | null
  source: Source
  revision: number
  /** Hash of the newest answer, so that a repeated submit is known for what it is. */
  answer_hash: string
  /** Came after its hold had ended and its task had all it needs: kept, not counted. */
  is_extra: Flag
  withdrawn_at: EpochMs | null
  withdrawn_reason: string | null
  shown_order: JsonText | null
  guidelines_version: number | null
  shown_hash: string | null
  comment: string
  reasons: JsonText
  active_ms: number | null
  batch_id: Id | null
  /** When the newest revision was given; null where an import does not say. */
  judged_at: EpochMs | null
  created_at: EpochMs
}

export interface JudgmentScoreTable {
  project_id: Id
  judgment_id: Id
  criterion_id: Id
  /** The response's position in its task, or -1 where the criterion compares responses. */
  position: number
  response_id: Id | null
  answer: JsonText
  winner: Winner | null
  strength: number | null
  score: number | null
}

export interface JudgmentRevisionTable {
  project_id: Id
  judgment_id: Id
  revision: number
  content: JsonText
  judged_at: EpochMs | null
  created_at: EpochMs
}

export interface JudgmentChangeTable {
  project_id: Id
  id: Id
  campaign_id: Id
  judgment_id: Id
  kind: 'saved' | 'revised' | 'withdrawn'
  /** Whether the counts of app/measure know of it; it stays until the campaign is measured in full. */
  is_counted: Generated<Flag>
  created_at: EpochMs
}

// ---- app/measure ------------------------------------------------------------------------------

export interface MeasurementTable {
  project_id: Id
  id: Id
  campaign_id: Id
  kind: 'standings' | 'agreement' | 'raters' | 'judges' | 'drift' | 'drift-shown' | 'consensus'
  /** The choices that differ from the plain measurement, as canonical JSON; empty for the plain one. */
  chosen: string
  method: JsonText
  seed: number
  counts: JsonText
  result: JsonText
  /** Of standings alone: what each pair of models did, which grows with the square of the models. */
  pairs: JsonText | null
  code_version: string
  created_at: EpochMs
}

export interface PairCountTable {
  project_id: Id
  campaign_id: Id
  criterion_id: Id
  prompt_id: Id
  model_a_id: Id
  model_b_id: Id
  wins_a: number
  wins_b: number
  ties: number
  both_bad: number
  cant_judge: number
  /** Judgments of tasks that were drawn, the sum of one over their probabilities, and the first task. */
  draw_judgments: Generated<number>
  draw_inverse: Generated<number>
  draw_task_id: Id | null
  /** By how much a's responses are longer, summed over judgments; null where that is not known. */
  length_lead: number | null
  /** Wins whose order on the screen is known, and how many of them the first shown had. */
  sided: number | null
  first_wins: number | null
}

export interface ScoreCountTable {
  project_id: Id
  campaign_id: Id
  criterion_id: Id
  prompt_id: Id
  model_id: Id
  total: number
  judgments: number
}

export interface JudgedPromptTable {
  project_id: Id
  campaign_id: Id
  prompt_id: Id
  judgments: number
}

export interface JudgedRaterTable {
  project_id: Id
  campaign_id: Id
  rater_id: Id
}

/** A campaign whose counts are whole but for the changes that are not counted yet. */
export interface CountedCampaignTable {
  project_id: Id
  campaign_id: Id
  /** Grows with every change of the counts. */
  version: number
  counted_at: EpochMs
}

export interface WatchedGateTable {
  project_id: Id
  id: Id
  question: JsonText
  /** The last answer; null until it is asked for the first time. */
  verdict: string | null
  answer: JsonText | null
  /** Why it could not be answered the last time. */
  error: string | null
  answered_at: EpochMs | null
  created_by: string
  created_at: EpochMs
}

// ---- app/export -------------------------------------------------------------------------------

export interface DatasetTable {
  project_id: Id
  id: Id
  name: string
  target: string
  /** What its files are written as; empty for what its target prefers. */
  container: string
  /** The first of its campaigns; `dataset_campaign` has all of them. */
  campaign_id: Id
  policy: JsonText
  description: string
  /** How often a snapshot is made by itself, and when the next is due. */
  schedule: 'daily' | 'weekly' | null
  due_at: EpochMs | null
  created_by: string
  created_at: EpochMs
}

export interface DatasetCampaignTable {
  project_id: Id
  dataset_id: Id
  campaign_id: Id
}

export interface SnapshotTable {
  project_id: Id
  id: Id
  dataset_id: Id
  number: number
  status: 'queued' | 'ready' | 'failed'
  manifest: JsonText | null
  sha256: string | null
  row_count: number | null
  job_id: Id | null
  /** The dataset's recipe as it was when the snapshot was asked for. */
  recipe: JsonText | null
  description: string
  deprecated_at: EpochMs | null
  deprecated_reason: string | null
  /** Why there is none, where a check forbade it. */
  problem: string | null
  created_by: string
  created_at: EpochMs
  finished_at: EpochMs | null
}

export interface Schema {
  person: PersonTable
  session: SessionTable
  project: ProjectTable
  member: MemberTable
  invitation: InvitationTable
  api_token: ApiTokenTable
  audit: AuditTable
  model: ModelTable
  model_change: ModelChangeTable
  model_change_response: ModelChangeResponseTable
  rater: RaterTable
  job: JobTable
  webhook: WebhookTable
  webhook_delivery: WebhookDeliveryTable
  message: MessageTable
  import_batch: ImportBatchTable
  import_refusal: ImportRefusalTable
  field_mapping: FieldMappingTable
  prompt: PromptTable
  prompt_tag: PromptTagTable
  prompt_search: PromptSearchTable
  near_duplicate_key: NearDuplicateKeyTable
  received_request: ReceivedRequestTable
  response: ResponseTable
  external_id: ExternalIdTable
  finding: FindingTable
  campaign: CampaignTable
  guidelines: GuidelinesTable
  criterion: CriterionTable
  campaign_rater: CampaignRaterTable
  task: TaskTable
  task_response: TaskResponseTable
  assignment: AssignmentTable
  draft: DraftTable
  flag: FlagTable
  judgment: JudgmentTable
  judgment_score: JudgmentScoreTable
  judgment_revision: JudgmentRevisionTable
  judgment_change: JudgmentChangeTable
  measurement: MeasurementTable
  pair_count: PairCountTable
  score_count: ScoreCountTable
  judged_prompt: JudgedPromptTable
  judged_rater: JudgedRaterTable
  counted_campaign: CountedCampaignTable
  watched_gate: WatchedGateTable
  dataset: DatasetTable
  dataset_campaign: DatasetCampaignTable
  snapshot: SnapshotTable
}

/** Which folder of `app/` writes each table; `tests/structure.test.ts` holds the code to it. */
export const writtenBy = {
  person: 'access',
  session: 'access',
  project: 'projects',
  member: 'access',
  invitation: 'access',
  api_token: 'access',
  audit: 'access',
  model: 'projects',
  model_change: 'projects',
  model_change_response: 'projects',
  rater: 'projects',
  job: 'jobs',
  webhook: 'notify',
  webhook_delivery: 'notify',
  message: 'notify',
  import_batch: 'import',
  import_refusal: 'import',
  field_mapping: 'import',
  prompt: 'import',
  prompt_tag: 'import',
  prompt_search: 'import',
  near_duplicate_key: 'import',
  received_request: 'import',
  response: 'import',
  external_id: 'import',
  finding: 'import',
  campaign: 'assign',
  guidelines: 'assign',
  criterion: 'assign',
  campaign_rater: 'assign',
  task: 'assign',
  task_response: 'assign',
  assignment: 'assign',
  draft: 'rate',
  flag: 'rate',
  judgment: 'rate',
  judgment_score: 'rate',
  judgment_revision: 'rate',
  judgment_change: 'rate',
  measurement: 'measure',
  pair_count: 'measure',
  score_count: 'measure',
  judged_prompt: 'measure',
  judged_rater: 'measure',
  counted_campaign: 'measure',
  watched_gate: 'measure',
  dataset: 'export',
  dataset_campaign: 'export',
  snapshot: 'export',
} satisfies Record<keyof Schema, string>

/** A transaction: what a function that must not run half takes first. */
export type Tx = Transaction<Schema>
/** A connection or a transaction: what a function that only reads takes first. */
export type Queries = Kysely<Schema>
