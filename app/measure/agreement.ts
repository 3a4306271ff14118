/** In: what raters said of each unit. Out: agreement per criterion, with its interval. */
import {
  krippendorffAlpha,
  krippendorffAlphaInterval,
  type Level,
} from '#app/stats/krippendorff-alpha.ts'
import { krippendorffAlphaPairBootstrap } from '#app/stats/krippendorff-alpha-pair-bootstrap.ts'
import { packClusters } from '#app/stats/packed-units.ts'
import { percentAgreement } from '#app/stats/percent-agreement.ts'
import { type AgreementDetails, agreementDetails, unitsByPrompt } from './agreement-details.ts'
import { fewPrompts, type MeasureOptions } from './method.ts'
import type { Tally } from './tally.ts'

export interface AgreementRow {
  criterion: string
  level: Level
  alpha: number | null
  alpha_low: number | null
  alpha_high: number | null
  percent_agreement: number | null
  /** Units with at least two values. */
  units: number
  prompts: number
  raters: number
  judgments: number
  reason?: string
  details: AgreementDetails
}

export interface Agreement {
  method: {
    coefficient: string
    unit: string
    orientation: string
    missing: string
    interval: string
    rounds: number
    seed: number
    confidence: number
    sources: readonly string[]
  }
  criteria: AgreementRow[]
}

export interface MeasuredCriterion {
  id: string
  name: string
  /** Null for what has no agreement to measure, such as free text. */
  level: Level | null
  /** The answers that are possible, in their order; those seen besides come after. */
  answers: readonly (string | number)[]
}

/** What agreement is broken down by. */
export interface AgreementParts {
  tagsOf: ReadonlyMap<string, readonly string[]>
  /** Pseudonyms by id. */
  raterNames: ReadonlyMap<string, string>
}

const rounds = 1_000

/**
 * The agreement of a campaign. Units are tasks; whole prompts are drawn again for the interval, or, for
 * a comparison that is named so, pairs of judgments.
 */
export function agreement(
  tally: Tally,
  criteria: readonly MeasuredCriterion[],
  options: MeasureOptions,
  parts: AgreementParts,
): Agreement {
  return {
    method: {
      coefficient: "Krippendorff's alpha",
      unit: 'task; a pair within the task for rankings',
      orientation:
        "a and b are the responses in their task's canonical order (as filed, for imports)",
      missing: "can't judge and skipped count as missing; both bad is a category of its own",
      interval:
        options.interval === 'judgment'
          ? 'percentile bootstrap over pairs of judgments, expected disagreement held fixed, after Hayes and Krippendorff (labelled comparison); the other figures by prompt'
          : 'expanded percentile bootstrap over prompts',
      rounds,
      seed: options.seed,
      confidence: options.confidence,
      sources: options.sources,
    },
    criteria: criteria.flatMap(({ level, ...criterion }) =>
      level === null ? [] : [rowOf(tally, { ...criterion, level }, options, parts)],
    ),
  }
}

function rowOf(
  tally: Tally,
  { id, name, level, answers }: MeasuredCriterion & { level: Level },
  options: MeasureOptions,
  parts: AgreementParts,
): AgreementRow {
  const units = [...tally.units.values()].filter((unit) => unit.criterionId === id)
  const prompts = unitsByPrompt(units).map((own) => own.map(({ values }) => values))
  const packed = packClusters(prompts)
  const found = krippendorffAlpha(packed, level)
  const compared = prompts.filter((own) => own.some((values) => values.length >= 2)).length
  const drawing = { rounds, seed: options.seed, confidence: options.confidence }
  const isByPairs = options.interval === 'judgment'
  const interval = isByPairs
    ? krippendorffAlphaPairBootstrap(packed, level, drawing)
    : krippendorffAlphaInterval(packed, level, drawing)
  const reasons = [
    'reason' in found ? found.reason : undefined,
    found.alpha !== null ? interval.reason : undefined,
    found.alpha !== null && compared < fewPrompts
      ? `only ${compared} prompts were judged twice: the interval is rough`
      : undefined,
    found.alpha !== null && isByPairs && interval.low !== null
      ? 'the interval takes pairs of judgments as independent: too narrow, for comparison only'
      : undefined,
  ].filter((reason) => reason !== undefined)
  return {
    criterion: name,
    level,
    alpha: found.alpha,
    alpha_low: found.alpha === null ? null : interval.low,
    alpha_high: found.alpha === null ? null : interval.high,
    percent_agreement: percentAgreement(packed),
    units: units.filter(({ values }) => values.length >= 2).length,
    prompts: compared,
    raters: tally.ratersByCriterion.get(id)?.size ?? 0,
    judgments: tally.judgmentsByCriterion.get(id) ?? 0,
    details: agreementDetails(units, { level, answers, options, ...parts }),
    ...(reasons.length > 0 ? { reason: reasons.join('; ') } : {}),
  }
}
