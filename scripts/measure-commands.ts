/** Standings, agreement and gates, from the command line. */
import { problemOf } from '#app/import/import-record.ts'
import { lengthSentence, styleSentence } from '#app/measure/finding.ts'
import { askGate, GateProblem } from '#app/measure/gate.server.ts'
import type { GateVerdict } from '#app/measure/gate.ts'
import { gateQuestionSchema } from '#app/measure/gate-question.ts'
import { measureCampaign } from '#app/measure/measure.server.ts'
import { type MeasureOptions, measureOptionsSchema } from '#app/measure/method.ts'
import {
  type Call,
  knownCampaign,
  knownProject,
  optional,
  print,
  say,
  UsageError,
  type Values,
  withDb,
} from './command-call.ts'

function measureOptions(values: Values): MeasureOptions {
  const sources = optional(values, 'sources')
  const seed = optional(values, 'seed')
  const result = measureOptionsSchema.safeParse({
    ties: optional(values, 'ties'),
    bothBad: optional(values, 'both-bad'),
    interval: optional(values, 'interval'),
    control: optional(values, 'control'),
    strengths: optional(values, 'strengths'),
    sources: sources?.split(',').map((source) => source.trim()),
    tag: optional(values, 'tag'),
    promptVersion: optional(values, 'prompt-version'),
    raterGroup: optional(values, 'rater-group'),
    from: optional(values, 'from'),
    to: optional(values, 'to'),
    seed: seed === undefined ? undefined : Number(seed),
  })
  if (result.success) return result.data
  const { field, reason } = problemOf(result.error)
  const flagged = field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  throw new UsageError(`--${flagged}: ${reason}`)
}

const share = (value: number | null) => (value === null ? '–' : `${(100 * value).toFixed(1)} %`)
const number = (value: number | null, digits = 0) => (value === null ? '–' : value.toFixed(digits))

export async function runStandings({ values }: Call): Promise<number> {
  const options = measureOptions(values)
  return withDb(async ({ db }) => {
    const { project, campaign } = await knownCampaign(db, values)
    const { standings } = await measureCampaign(db.read, {
      projectId: project.id,
      campaignId: campaign.id,
      options,
    })
    if (values.json) {
      print(standings)
      return 0
    }
    for (const row of standings.models) {
      const rank = row.rank_low === null ? '–' : `${row.rank_low}–${row.rank_high}`
      const interval = `${share(row.win_rate_low)}–${share(row.win_rate_high)}`
      say(
        `${rank.padEnd(7)} ${row.model.padEnd(36)} ${share(row.win_rate).padStart(7)}  ${interval.padEnd(17)} rating ${number(row.rating)}  n ${row.judgments}${row.reason ? `  (${row.reason})` : ''}`,
      )
    }
    for (const row of standings.scores) {
      say(
        `${row.criterion.padEnd(16)} ${row.model.padEnd(30)} ${number(row.mean, 2)}  ${number(row.low, 2)}–${number(row.high, 2)}  n ${row.judgments}`,
      )
    }
    if (standings.length) say(lengthSentence(standings.length))
    for (const style of standings.styles ?? []) say(styleSentence(style))
    for (const warning of standings.method.warnings) say(warning)
    return 0
  })
}

export async function runAgreement({ values }: Call): Promise<number> {
  const options = measureOptions(values)
  return withDb(async ({ db }) => {
    const { project, campaign } = await knownCampaign(db, values)
    const { agreement } = await measureCampaign(db.read, {
      projectId: project.id,
      campaignId: campaign.id,
      options,
    })
    if (values.json) {
      print(agreement)
      return 0
    }
    for (const row of agreement.criteria) {
      const interval = `${number(row.alpha_low, 3)}–${number(row.alpha_high, 3)}`
      say(
        `${row.criterion.padEnd(20)} alpha ${number(row.alpha, 3)} (${interval}, ${row.level})  ${row.units} units, ${row.raters} raters, ${row.judgments} judgments${row.reason ? `  (${row.reason})` : ''}`,
      )
    }
    return 0
  })
}

/** What the shell is told of each answer; 3 is for a question that could not be answered. */
const gateExitCodes: Record<GateVerdict, number> = { pass: 0, fail: 1, 'not enough evidence': 2 }

export async function runGate({ values }: Call): Promise<number> {
  const asked = gateQuestionSchema.safeParse({
    candidate: optional(values, 'candidate'),
    baseline: optional(values, 'baseline'),
    min_win_rate: optional(values, 'min-win-rate'),
    confidence: optional(values, 'confidence'),
    tag: optional(values, 'tag'),
    campaign: optional(values, 'campaign'),
    sources: optional(values, 'sources'),
    ties: optional(values, 'ties'),
    both_bad: optional(values, 'both-bad'),
    anytime: String(values.anytime === true),
  })
  if (!asked.success) {
    const { field, reason } = problemOf(asked.error)
    throw new UsageError(`--${field.replaceAll('_', '-')}: ${reason}`)
  }
  return withDb(async ({ db }) => {
    const { id: projectId } = await knownProject(db, values)
    const answer = await askGate(db.read, { projectId, ...asked.data }).catch((error: unknown) => {
      throw error instanceof GateProblem ? new UsageError(error.message) : error
    })
    if (values.json) print(answer)
    else say(answer.summary)
    return gateExitCodes[answer.verdict]
  })
}
