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
    [...judgment.earlier, judgment.latest].flatMap((revision, place) =>
      linesOf(task, judgment, { ...revision, isFirst: place === 0 }),
    ),
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

/** The ids of a task's responses, in canonical order. */
export const responsesOf = ({ responses }: Pick<JudgedTask, 'responses'>): string[] =>
  responses.map(({ id }) => id)

const refOf = (response: ExportedResponse | undefined) => response && modelRef(response.model)

function sides(task: JudgedTask): RawLine {
  const [a, b, ...others] = task.responses
  if (!a) return {}
  if (!b) return { model: refOf(a), ...idOf('response', a) }
  if (others.length > 0) return { responses: responsesOf(task) }
  const models = { model_a: refOf(a), model_b: refOf(b) }
  return { ...models, ...idOf('response_a', a), ...idOf('response_b', b) }
}

/** What has no text here is known by its model alone, so that it can be met elsewhere. */
const idOf = (field: string, { id, isTextMissing }: ExportedResponse): RawLine =>
  isTextMissing ? {} : { [field]: id }

type PlacedRevision = ExportedRevision & { isFirst: boolean }

function linesOf(
  task: JudgedTask,
  judgment: ExportedJudgment,
  revision: PlacedRevision,
): RawLine[] {
  const about = {
    prompt_id: task.promptId,
    rater: judgment.rater,
    source: judgment.source,
    campaign: task.campaign.name,
    purpose: task.purpose,
    revision: revision.revision,
    ...(revision.isFirst ? {} : { replaces: true }),
    ...(revision.comment === '' ? {} : { comment: revision.comment }),
    ...(revision.reasons.length === 0 ? {} : { reasons: revision.reasons }),
    ...(revision.activeMs === null ? {} : { active_ms: revision.activeMs }),
    ...(judgment.isExtra ? { is_extra: true } : {}),
    ...withdrawn(judgment),
    ...(judgment.guidelinesVersion === null
      ? {}
      : { guidelines_version: judgment.guidelinesVersion }),
    ...iso(revision.judgedAt),
  }
  return revision.scores.map((score) => ({
    ...about,
    ...shown(task, judgment, score),
    ...answered(task, score),
  }))
}

/** When and why a judgment or a task was taken out of the figures. */
export const withdrawn = (one: {
  withdrawn: string | null
  withdrawnAt: number | null
}): RawLine =>
  one.withdrawn === null
    ? {}
    : {
        withdrawn: one.withdrawn,
        ...(one.withdrawnAt === null
          ? {}
          : { withdrawn_at: new Date(one.withdrawnAt).toISOString() }),
      }

/** The order in which the rater saw the responses: of two, which came first. */
function shown(
  task: JudgedTask,
  { shownOrder }: ExportedJudgment,
  { answer }: ExportedScore,
): RawLine {
  if (shownOrder === null) return {}
  if (answer.kind === 'preference' && shownOrder.length === 2) {
    return { shown_first: shownOrder[0] === 0 ? 'a' : 'b' }
  }
  return { shown_order: shownOrder.map((position) => task.responses[position]?.id ?? '') }
}

function answered(task: JudgedTask, { criterion, position, answer }: ExportedScore): RawLine {
  if (answer.kind === 'preference') {
    const { winner, strength } = answer
    return { ...sides(task), criterion, winner, ...(strength && { strength }) }
  }
  const said = plainAnswer(task, answer)
  if (answer.kind === 'ranking') return { responses: responsesOf(task), criterion, ...said }
  const response = task.responses[position]
  const isOnlyOne = task.responses.length === 1 && response !== undefined
  const isScored = isOnlyOne && task.campaign.kind === 'rubric'
  const subject = response ? { model: refOf(response), ...idOf('response', response) } : {}
  const isBeside = answer.kind === 'ideal' || answer.kind === 'spans'
  const all = isScored && !isBeside ? {} : { responses: responsesOf(task) }
  return { ...all, ...subject, criterion, ...said }
}

/** An answer by itself; responses are named by their ids. */
export function plainAnswer(
  task: Pick<JudgedTask, 'responses'>,
  answer: ExportedScore['answer'],
): RawLine {
  const idAt = (position: number) => task.responses[position]?.id ?? ''
  switch (answer.kind) {
    case 'preference':
      return { winner: answer.winner, ...(answer.strength && { strength: answer.strength }) }
    case 'scale':
      return { score: answer.score }
    case 'choice':
      return { choice: answer.choice }
    case 'choices':
      return { choices: answer.choices }
    case 'text':
      return { text: answer.text }
    case 'ideal':
      return { ideal: answer.text }
    case 'ranking':
      return {
        ranking: answer.ranking.map((tied) => tied.map((place) => ({ response: idAt(place) }))),
      }
    case 'spans':
      return {
        spans: answer.spans.map(({ position, ...span }) => ({
          response_id: idAt(position),
          ...span,
        })),
      }
  }
}
