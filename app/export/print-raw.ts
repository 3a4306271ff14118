/** Raw judgments as Rubrica JSONL: every rater, every revision, the order shown. Import reads it back. */
import type {
  ExportedJudgment,
  ExportedModel,
  ExportedResponse,
  ExportedRevision,
  ExportedScore,
  JudgedTask,
} from './judged-task.ts'

export type RawLine = Record<string, unknown>

/** A model by what identifies it, the parts that are empty left out. */
export function modelRef({ name, version, promptVersion, parameters }: ExportedModel): RawLine {
  return {
    name,
    ...(version === '' ? {} : { version }),
    ...(promptVersion === '' ? {} : { prompt_version: promptVersion }),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
  }
}

const iso = (time: number | null) =>
  time === null ? {} : { created_at: new Date(time).toISOString() }

/** The lines of a task: for each judgment its revisions in order, a line for each criterion. */
export function toRawLines(task: JudgedTask): RawLine[] {
  const judgments = task.judgments.flatMap((judgment) =>
    [...judgment.earlier, judgment.latest].flatMap((revision) => linesOf(task, judgment, revision)),
  )
  const skips = task.skips.map((skip) => ({
    prompt_id: task.promptId,
    ...sides(task),
    skipped: skip.reason,
    rater: skip.rater,
    campaign: task.campaign.name,
    purpose: task.purpose,
    ...iso(skip.at),
  }))
  return [...judgments, ...skips]
}

function sides(task: JudgedTask): RawLine {
  const [a, b] = task.responses
  if (!a) return {}
  if (!b) return { model: modelRef(a.model), response: a.id }
  return {
    model_a: modelRef(a.model),
    model_b: modelRef(b.model),
    response_a: a.id,
    response_b: b.id,
  }
}

function linesOf(
  task: JudgedTask,
  judgment: ExportedJudgment,
  revision: ExportedRevision,
): RawLine[] {
  const beside = besideOf(task, revision)
  const about = {
    prompt_id: task.promptId,
    rater: judgment.rater,
    source: judgment.source,
    campaign: task.campaign.name,
    purpose: task.purpose,
    revision: revision.revision,
    ...(revision.comment === '' ? {} : { comment: revision.comment }),
    ...(revision.reasons.length === 0 ? {} : { reasons: revision.reasons }),
    ...(revision.activeMs === null ? {} : { active_ms: revision.activeMs }),
    ...(judgment.isExtra ? { is_extra: true } : {}),
    ...(judgment.withdrawn === null ? {} : { withdrawn: judgment.withdrawn }),
    ...iso(revision.judgedAt),
  }
  const shown = shownFirst(judgment)
  return revision.scores
    .filter(({ answer }) => answer.kind !== 'ideal' && answer.kind !== 'spans')
    .map((score, place) => ({
      ...about,
      ...(place === 0 ? beside : {}),
      ...answered(task, score, shown),
    }))
}

/** What stands beside an answer: an ideal response, marked spans. */
function besideOf(task: JudgedTask, revision: ExportedRevision): RawLine {
  const row: RawLine = {}
  for (const { answer } of revision.scores) {
    if (answer.kind === 'ideal') row.ideal = answer.text
    if (answer.kind === 'spans') {
      row.spans = answer.spans.map(({ position, ...span }) => ({
        ...(task.responses.length > 1 ? { response: position === 0 ? 'a' : 'b' } : {}),
        ...span,
      }))
    }
  }
  return row
}

const shownFirst = ({ shownOrder }: ExportedJudgment): RawLine =>
  shownOrder?.length === 2 ? { shown_first: shownOrder[0] === 0 ? 'a' : 'b' } : {}

function answered(
  task: JudgedTask,
  { criterion, position, answer }: ExportedScore,
  shown: RawLine,
): RawLine {
  const refOf = (response: ExportedResponse | undefined) => response && modelRef(response.model)
  if (answer.kind === 'preference') {
    const { winner, strength } = answer
    return { ...sides(task), ...shown, criterion, winner, ...(strength && { strength }) }
  }
  if (answer.kind === 'ranking') {
    const ranking = answer.ranking.map((tied) => tied.map((place) => refOf(task.responses[place])))
    return { criterion, ranking }
  }
  const response = task.responses[Math.max(0, position)]
  const subject = { model: refOf(response), response: response?.id, criterion }
  if (answer.kind === 'scale') return { ...subject, score: answer.score }
  if (answer.kind === 'choice') return { ...subject, choice: answer.choice }
  if (answer.kind === 'choices') return { ...subject, choices: answer.choices }
  return { ...subject, text: answer.kind === 'text' ? answer.text : '' }
}
