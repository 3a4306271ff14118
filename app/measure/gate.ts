/** In: verdicts on a candidate against a baseline. Out: whether it may ship, or what is missing. */
import { bettingSequence } from '#app/stats/betting-sequence.ts'
import { clusteredShare } from '#app/stats/clustered-share.ts'
import { morePromptsNeeded } from '#app/stats/planned-judgments.ts'
import { figuresOf, type Language } from '#app/ui/languages.ts'
import { gateSayIn } from './gate-words.ts'
import { fewPrompts } from './method.ts'
import type { PairTally } from './tally.ts'

export const gateVerdicts = ['pass', 'fail', 'not enough evidence'] as const
export type GateVerdict = (typeof gateVerdicts)[number]

export interface GateRule {
  minWinRate: number
  confidence: number
  /** Whether the interval must hold however often the gate is asked. */
  isAnytime: boolean
  ties: 'half' | 'drop'
  bothBad: 'half' | 'drop'
}

export interface GateResult {
  verdict: GateVerdict
  /** The verdict in words, with its numbers. */
  summary: string
  win_rate: number | null
  win_rate_low: number | null
  win_rate_high: number | null
  wins: number
  losses: number
  ties: number
  both_bad: number
  cant_judge: number
  judgments: number
  prompts: number
  /** Prompts that would about settle it, if the win rate stays as it is. */
  more_prompts: number | null
  method: {
    min_win_rate: number
    confidence: number
    interval: string
    ties: GateRule['ties']
    both_bad: GateRule['bothBad']
    cant_judge: 'left out'
  }
}

/**
 * Holds the candidate's share of verdicts against the least that is wished: it passes where the whole
 * interval lies at or above it, fails where the whole interval lies below, and otherwise there is not
 * enough evidence. Fewer than ten prompts are never enough.
 *
 * @param pairs verdicts by prompt, a being the candidate in each
 */
export function judgeGate(pairs: readonly PairTally[], rule: GateRule): GateResult {
  const counts = countsOf(pairs)
  const shares = sharesByPrompt(pairs, rule)
  const rate = rule.isAnytime ? anytimeRate(shares, rule) : clusteredRate(shares, rule)
  const prompts = shares.length
  const verdict = verdictOf(rate, prompts, rule)
  const about = {
    win_rate: rate?.mean ?? null,
    win_rate_low: rate?.low ?? null,
    win_rate_high: rate?.high ?? null,
    ...counts,
    judgments: counts.wins + counts.losses + counts.ties + counts.both_bad,
    prompts,
    more_prompts: verdict === 'not enough evidence' ? stillNeeded(rate, prompts, rule) : null,
  }
  return {
    verdict,
    summary: gateSentence({ ...about, verdict }, rule),
    ...about,
    method: {
      min_win_rate: rule.minWinRate,
      confidence: rule.confidence,
      interval: rule.isAnytime
        ? 'confidence sequence by betting, over prompts in their order; valid however often it is looked at'
        : 'clustered by prompt: CR1 with Student t on prompts − 1 degrees of freedom; for one look, not for many',
      ties: rule.ties,
      both_bad: rule.bothBad,
      cant_judge: 'left out',
    },
  }
}

interface Rate {
  mean: number
  low: number | null
  high: number | null
}

interface PromptShare {
  promptId: string
  sum: number
  count: number
}

function countsOf(pairs: readonly PairTally[]) {
  const total = (take: (pair: PairTally) => number) =>
    pairs.reduce((sum, pair) => sum + take(pair), 0)
  return {
    wins: total((pair) => pair.winsA),
    losses: total((pair) => pair.winsB),
    ties: total((pair) => pair.ties),
    both_bad: total((pair) => pair.bothBad),
    cant_judge: total((pair) => pair.cantJudge),
  }
}

/** The candidate's points on each prompt with a verdict that counts, in the order of the prompts. */
function sharesByPrompt(pairs: readonly PairTally[], rule: GateRule): PromptShare[] {
  const byPrompt = new Map<string, PromptShare>()
  for (const pair of pairs) {
    const even =
      (rule.ties === 'half' ? pair.ties : 0) + (rule.bothBad === 'half' ? pair.bothBad : 0)
    const count = pair.winsA + pair.winsB + even
    if (count === 0) continue
    const share = byPrompt.get(pair.promptId) ?? { promptId: pair.promptId, sum: 0, count: 0 }
    share.sum += pair.winsA + even / 2
    share.count += count
    byPrompt.set(pair.promptId, share)
  }
  return [...byPrompt.values()].sort((one, other) => (one.promptId < other.promptId ? -1 : 1))
}

function clusteredRate(shares: readonly PromptShare[], { confidence }: GateRule): Rate | null {
  return clusteredShare(shares, { confidence })
}

/** Each prompt weighs the same, for only prompts come one after another by chance. */
function anytimeRate(shares: readonly PromptShare[], { confidence }: GateRule): Rate | null {
  if (shares.length === 0) return null
  const means = shares.map(({ sum, count }) => sum / count)
  const interval = bettingSequence(means, 1 - confidence)
  const mean = means.reduce((sum, value) => sum + value, 0) / means.length
  return { mean, low: interval?.low ?? null, high: interval?.high ?? null }
}

function verdictOf(rate: Rate | null, prompts: number, { minWinRate }: GateRule): GateVerdict {
  if (!rate || rate.low === null || rate.high === null) return 'not enough evidence'
  if (prompts < fewPrompts) return 'not enough evidence'
  if (rate.low >= minWinRate) return 'pass'
  return rate.high < minWinRate ? 'fail' : 'not enough evidence'
}

/** Null where the win rate is just the one that is wished, so that no number would settle it. */
function stillNeeded(rate: Rate | null, prompts: number, { minWinRate }: GateRule): number | null {
  if (prompts < fewPrompts) return fewPrompts - prompts
  if (!rate || rate.low === null || rate.high === null) return null
  const away = Math.abs(rate.mean - minWinRate)
  if (away < 1e-9) return null
  return morePromptsNeeded({ prompts, halfWidth: (rate.high - rate.low) / 2 }, away)
}

type Answered = Pick<
  GateResult,
  | 'verdict'
  | 'win_rate'
  | 'win_rate_low'
  | 'win_rate_high'
  | 'judgments'
  | 'prompts'
  | 'more_prompts'
>

/** An answer in words, with the numbers that it rests on. */
export function gateSentence(
  { verdict, win_rate, win_rate_low, win_rate_high, judgments, prompts, more_prompts }: Answered,
  { minWinRate, confidence }: Pick<GateRule, 'minWinRate' | 'confidence'>,
  language: Language = 'en',
): string {
  const say = gateSayIn(language)
  const { share, hundredths } = figuresOf(language)
  if (win_rate === null) return say('neverMet')
  const interval =
    win_rate_low === null || win_rate_high === null
      ? say('noInterval')
      : say('interval', {
          level: hundredths(confidence, 0),
          low: share(win_rate_low),
          high: share(win_rate_high),
        })
  const rests = {
    judgments: say('judgments', { count: judgments }),
    prompts: say('onPrompts', { count: prompts }),
  }
  const values = {
    figure: say('figure', { share: share(win_rate), interval, ...rests }),
    wished: share(minWinRate),
  }
  if (verdict === 'pass') return say('passed', values)
  if (verdict === 'fail') return say('failed', values)
  const open = say('open', values)
  return more_prompts === null ? open : `${open} ${say('more', { count: more_prompts })}`
}
