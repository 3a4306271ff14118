/** In: judged prompts. Out: how probable each verdict on each pair is, by a model of the raters. */
import { hashKey } from '#app/base/hash.server.ts'
import { dawidSkene } from '#app/stats/dawid-skene.ts'
import { contestKey, contestsOf } from './contests.ts'
import type { JudgedPrompt } from './judged-task.ts'
import { KeyTable } from './key-table.ts'
import type { Posterior } from './made-row.ts'
import type { Policy } from './policy.ts'

const verdicts = ['a', 'b', 'tie', 'both_bad'] as const

/** Labels that each rater is thought to have given besides: without them few votes would prove much. */
const smoothing = 1

/**
 * Fits Dawid and Skene's model to every vote, people and judges each being a rater of their own, and
 * gives a look-up by contest.
 */
export async function fitPosteriors(
  prompts: AsyncIterable<JudgedPrompt>,
  policy: Policy,
): Promise<(contest: string) => Posterior | undefined> {
  const unitOf = new KeyTable()
  const raterPlaces = new Map<string, number>()
  const [units, raters, labels]: [number[], number[], number[]] = [[], [], []]
  let count = 0
  for await (const prompt of prompts) {
    for (const contest of contestsOf(prompt, policy)) {
      const able = contest.votes.filter(({ winner }) => winner !== 'cant_judge')
      if (able.length === 0) continue
      unitOf.set(keyOf(contestKey(prompt, contest)), count)
      for (const { rater, source, winner } of able) {
        const name = `${source} ${rater}`
        const place = raterPlaces.get(name) ?? raterPlaces.size
        raterPlaces.set(name, place)
        units.push(count)
        raters.push(place)
        labels.push(verdicts.indexOf(winner as (typeof verdicts)[number]))
      }
      count += 1
    }
  }
  if (count === 0) return () => undefined
  const { posteriors } = dawidSkene(
    {
      units: Int32Array.from(units),
      raters: Int32Array.from(raters),
      labels: Int32Array.from(labels),
    },
    { units: count, raters: raterPlaces.size, classes: verdicts.length },
    { smoothing },
  )
  return (contest) => {
    const unit = unitOf.get(keyOf(contest))
    if (unit === undefined) return undefined
    const [a = 0, b = 0, tie = 0, both_bad = 0] = posteriors.subarray(unit * 4, unit * 4 + 4)
    return { a, b, tie, both_bad }
  }
}

const keyOf = (text: string): number => hashKey(text) || 1
