/** What a lead may change about a campaign that is made, read from a form. */
import { timeOnClock } from './zoned-time.ts'

export type CampaignChange =
  | { kind: 'status'; to: 'open' | 'paused' | 'closed'; reason: string }
  | { kind: 'overlap'; overlap: number; reason: string }
  | { kind: 'prompts' }
  | {
      kind: 'limits'
      budget: number | null
      /** Left out where it was not touched. */
      deadlineAt?: number | null
      mostPerRater: number | null
      /** Shares of the tasks, from 0; left out where they were not asked for. */
      goldRate?: number
      repeatRate?: number
      reason: string
    }
  | { kind: 'guidelines'; text: string; baseVersion: number }

export type ReadChange =
  | { ok: true; change: CampaignChange }
  | { ok: false; reason: string; field: string }

type Sent = Readonly<Record<string, string>>

const refused = (field: string, reason: string): ReadChange => ({ ok: false, field, reason })
const longestReason = 2_000
const longestGuidelines = 100_000

const reasonOf = (sent: Sent) => (sent.reason ?? '').trim().slice(0, longestReason)

/** A whole number; null for nothing typed, undefined for what is none or out of bounds. */
function wholeIn(text: string | undefined, most: number): number | null | undefined {
  const trimmed = (text ?? '').trim()
  if (trimmed === '') return null
  const value = Number(trimmed)
  return Number.isInteger(value) && value >= 1 && value <= most ? value : undefined
}

/** A whole percentage up to a half, as a share; undefined for anything else. */
function shareIn(text: string): number | undefined {
  const percent = Number(text.trim() || '0')
  return Number.isInteger(percent) && percent >= 0 && percent <= 50 ? percent / 100 : undefined
}

const statuses = { open: 'open', pause: 'paused', close: 'closed' } as const

function readLimits(sent: Sent, now: number): ReadChange {
  const budget = wholeIn(sent.budget, 100_000_000)
  if (budget === undefined)
    return refused('budget', 'Give a whole number of judgments, or nothing.')
  const mostPerRater = wholeIn(sent.mostPerRater, 1_000_000)
  if (mostPerRater === undefined) {
    return refused('mostPerRater', 'Give a whole number of tasks, or nothing.')
  }
  const rates: { goldRate?: number; repeatRate?: number } = {}
  for (const name of ['goldRate', 'repeatRate'] as const) {
    const text = sent[name]
    if (text === undefined) continue
    const share = shareIn(text)
    if (share === undefined) return refused(name, 'Give a whole percentage from 0 to 50.')
    rates[name] = share
  }
  const reason = reasonOf(sent)
  const limits = { kind: 'limits', budget, mostPerRater, ...rates, reason } as const
  const text = (sent.deadline ?? '').trim()
  if (text === sent.deadlineBefore) return { ok: true, change: limits }
  const deadlineAt = text === '' ? null : timeOnClock(text, sent.zone ?? '')
  if (text !== '' && deadlineAt === null) return refused('deadline', 'Give a date and a time.')
  if (deadlineAt !== null && deadlineAt <= now) {
    return refused('deadline', 'This moment has passed; close the campaign instead.')
  }
  return { ok: true, change: { ...limits, deadlineAt } }
}

function readGuidelines(sent: Sent): ReadChange {
  const text = (sent.text ?? '').replaceAll('\r\n', '\n').trimEnd()
  if (text.length > longestGuidelines) {
    const most = longestGuidelines.toLocaleString('en')
    return refused('text', `Guidelines have at most ${most} characters; these have more.`)
  }
  const baseVersion = Number(sent.version)
  if (!Number.isInteger(baseVersion)) return refused('text', 'Load the page anew and try again.')
  return { ok: true, change: { kind: 'guidelines', text, baseVersion } }
}

/** Reads what was asked for; words beside the field where it cannot be. */
export function readChange(sent: Sent, now: number): ReadChange {
  const { intent } = sent
  if (intent === 'open' || intent === 'pause' || intent === 'close') {
    return { ok: true, change: { kind: 'status', to: statuses[intent], reason: reasonOf(sent) } }
  }
  if (intent === 'overlap') {
    const overlap = wholeIn(sent.overlap, 50)
    if (!overlap) return refused('overlap', 'Give a whole number from 1 to 50.')
    return { ok: true, change: { kind: 'overlap', overlap, reason: reasonOf(sent) } }
  }
  if (intent === 'prompts') return { ok: true, change: { kind: 'prompts' } }
  if (intent === 'limits') return readLimits(sent, now)
  if (intent === 'guidelines') return readGuidelines(sent)
  return refused('', 'Choose what to do with the campaign.')
}
