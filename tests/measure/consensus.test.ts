/** A model of the raters stands beside the majority, finds what was planted, and replaces nothing. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { claimJob } from '#app/jobs/jobs.server.ts'
import { runJob } from '#app/jobs/run-jobs.server.ts'
import {
  consensusKind,
  consensusOf,
  runMeasureConsensus,
  shownUnits,
} from '#app/measure/consensus.server.ts'
import { consensus, mostListed } from '#app/measure/consensus.ts'
import { readFigures } from '#app/measure/figure-files.server.ts'
import { askForMeasurement, runMeasure } from '#app/measure/measure.server.ts'
import { latestWithPairs } from '#app/measure/measurements.server.ts'
import { defaultOptions } from '#app/measure/method.ts'
import { storedSayIn } from '#app/measure/stored-words.ts'
import type { Unit } from '#app/measure/tally.ts'
import { seededRandom } from '#app/stats/seeded-random.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { importFiles, makeProject } from '#tests/support/project.ts'

const answers = ['a', 'tie', 'b', 'both_bad']

const asked = (units: Iterable<readonly [string, Unit]>) =>
  consensus({
    criterion: 'preference',
    units: new Map(units),
    answers,
    raterNames: new Map([['good', 'Good rater']]),
    sources: ['human'],
  })

const unit = (values: Record<string, string>, promptId = 'p'): Unit => ({
  criterionId: 'c',
  promptId,
  values: Object.values(values),
  raters: Object.keys(values),
})

/** Raters of planted skills judge units of planted truth; wrong answers are spread evenly. */
function planted(skills: Record<string, number>, size: number, seed = 4) {
  const random = seededRandom(seed)
  const truths: string[] = []
  const units = Array.from({ length: size }, (_, place) => {
    const truth = answers[Math.floor(random() * 3)] ?? 'a'
    truths.push(truth)
    const others = answers.filter((one) => one !== truth)
    const values = Object.fromEntries(
      Object.entries(skills).map(([rater, skill]) => [
        rater,
        random() < skill ? truth : (others[Math.floor(random() * others.length)] ?? truth),
      ]),
    )
    return [`t${String(place).padStart(5, '0')}:0`, unit(values, `p${place}`)] as const
  })
  return { units, truths }
}

describe('The consensus of raters', () => {
  it('finds planted skills, and the truth more often than the majority does', () => {
    const skills = { good: 0.95, fair: 0.7, poor: 0.4, random: 0.3 }
    const { units, truths } = planted(skills, 900)
    const found = asked(units)
    expect(found.method.model).toBe('Dawid–Skene')
    for (const { rater_id: id, skill, n } of found.raters) {
      expect(Math.abs(skill - skills[id as keyof typeof skills])).toBeLessThan(0.06)
      expect(n).toBe(900)
    }
    expect(found.raters.map(({ rater }) => rater)[0]).toBe('Good rater')
    const right = (of: 'likely' | 'majority') =>
      found.units.filter((one) => one[of] === truths[Number(one.task_id.slice(1))]).length
    expect(right('likely')).toBeGreaterThan(right('majority') + 50)
    expect(found.differing).toBe(found.units.filter(({ differs }) => differs).length)
    expect(found.differing).toBeGreaterThan(0)
  })

  it('always counts the majority as it is, ties for most frequent apart', () => {
    const found = asked([
      ['t1:0', unit({ r1: 'a', r2: 'a', r3: 'b' })],
      ['t2:0', unit({ r1: 'a', r2: 'b' })],
      ['t3:0', unit({ r1: 'tie', r2: 'tie', r3: 'tie' })],
      ['t4:0', unit({ r1: 'a' })],
    ])
    expect(found.answers.map(({ answer, majority }) => [answer, majority])).toEqual([
      ['a', 1],
      ['tie', 1],
      ['b', 0],
      ['both_bad', 0],
    ])
    expect(found.undecided).toBe(1)
    expect(found.method).toMatchObject({ units: 3, judged_once: 1, raters: 3, judgments: 8 })
    expect(found.answers.reduce((sum, one) => sum + one.likely, 0)).toBe(3)
    expect(found.raters.find(({ rater_id }) => rater_id === 'r1')).toMatchObject({
      n: 3,
      // t2 has one other answer, which is not r1's.
      with_majority_n: 2,
      with_majority: 0.5,
    })
  })

  it('asks less of raters who gave few answers: one probability for each', () => {
    const few = asked(planted({ r1: 0.9, r2: 0.9, r3: 0.8 }, 12).units)
    expect(few.method.model).toBe('one-coin')
    expect(few.method.why).toContain('fewer than ten')
    const many = asked(planted({ r1: 0.9, r2: 0.9, r3: 0.8 }, 200).units)
    expect(many.method.model).toBe('Dawid–Skene')
  })

  it('takes for right what raters share, as its page warns', () => {
    const everyoneWrong = Array.from({ length: 60 }, (_, place) => {
      const values = { r1: 'a', r2: 'a', r3: place % 5 === 0 ? 'b' : 'a' }
      return [`t${place}:0`, unit(values)] as const
    })
    const found = asked(everyoneWrong)
    expect(found.differing).toBe(0)
    expect(found.units.every(({ likely }) => likely === 'a')).toBe(true)
  })

  it('lists what differs first, then what leaves most open, and no more than a page can hold', () => {
    const found = asked(planted({ good: 0.95, fair: 0.6, poor: 0.4 }, 1_500).units)
    expect(found.units).toHaveLength(mostListed)
    const isDiffering = found.units.map(({ differs }) => differs)
    expect(isDiffering.lastIndexOf(true)).toBe(found.differing - 1)
    const doubts = found.units.slice(found.differing).map(({ doubt }) => doubt)
    expect([...doubts].sort((one, other) => other - one)).toEqual(doubts)
    for (const { posterior } of found.units) {
      expect(posterior.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9)
    }
  })

  it('does not depend on the order in which judgments were read', () => {
    const { units } = planted({ r1: 0.9, r2: 0.7, r3: 0.5 }, 40)
    const straight = asked(units)
    fc.assert(
      fc.property(fc.shuffledSubarray(units, { minLength: units.length }), (shuffled) => {
        expect(asked(shuffled)).toEqual(straight)
      }),
      { numRuns: 20 },
    )
  })

  it('is absent with the reason where no unit was judged twice', () => {
    const found = asked([['t1:0', unit({ r1: 'a' })]])
    expect(found).toMatchObject({
      reason: 'no unit was judged by two raters',
      units: [],
      method: { units: 0, judged_once: 1 },
    })
    expect(asked([]).reason).toBeDefined()
  })

  it('holds up with one answer that all gave', () => {
    const found = asked(
      Array.from({ length: 3 }, (_, place) => [`t${place}:0`, unit({ r1: 'a', r2: 'a' })] as const),
    )
    expect(found.units.every(({ likely, doubt }) => likely === 'a' && doubt >= 0)).toBe(true)
    expect(found.raters.every(({ skill }) => skill > 0.5 && skill <= 1)).toBe(true)
  })

  it('tells in Portuguese how it was made', () => {
    const say = storedSayIn('pt')
    for (const found of [
      asked(planted({ r1: 0.9, r2: 0.9 }, 12).units),
      asked(planted({ r1: 0.9, r2: 0.9 }, 100).units),
    ]) {
      const { estimator, why, majority } = found.method
      for (const sentence of [estimator, why, majority]) expect(say(sentence)).not.toBe(sentence)
    }
  })
})

describeEachDialect('The consensus of a campaign', (open) => {
  const jsonl = (lines: readonly unknown[]) => lines.map((line) => JSON.stringify(line)).join('\n')

  it('is reckoned in a job of its own when somebody looks, and changes no other figure', async () => {
    const test = await open()
    const { db } = test
    const project = await makeProject(db)
    const prompts = Array.from({ length: 12 }, (_, place) => ({
      id: `p${place}`,
      prompt: `Question ${place}?`,
      responses: ['x', 'y'].map((model) => ({ model, content: `${model} ${place}` })),
    }))
    const verdicts = prompts.flatMap(({ id }, place) =>
      ['ada', 'bea', 'cleo'].map((rater) => ({
        prompt_id: id,
        model_a: 'x',
        model_b: 'y',
        winner: rater === 'cleo' && place % 3 === 0 ? 'b' : 'a',
        rater,
        campaign: 'crowd',
      })),
    )
    await importFiles(test, project.id, { 'a.jsonl': jsonl([...prompts, ...verdicts]) })
    const { id: campaignId } = await db.read
      .selectFrom('campaign')
      .select('id')
      .executeTakeFirstOrThrow()
    const scope = { projectId: project.id, campaignId }
    /** Does the jobs that wait; gives their kinds. */
    async function work(): Promise<string[]> {
      const done: string[] = []
      for (;;) {
        const job = await inTransaction(db, (trx) =>
          claimJob(trx, { holder: 'test', now: Date.now() }),
        )
        if (!job) return done
        done.push(job.kind)
        await runJob(job, {
          db,
          dataDir: '.',
          handlers: { measure: runMeasure, [consensusKind]: runMeasureConsensus },
          holder: 'test',
          signal: new AbortController().signal,
          onError: (error) => {
            throw error
          },
        })
      }
    }
    const look = () => consensusOf(db, { ...scope, now: Date.now() })

    expect(await look()).toEqual({ result: null, isWaiting: true })
    await inTransaction(db, (trx) => askForMeasurement(trx, { ...scope, now: Date.now() }))
    expect(await work()).toEqual(['measure'])
    const figures = await latestWithPairs(db.read, project.id, campaignId)
    expect(await look()).toEqual({ result: null, isWaiting: true })
    await look()
    expect(await work()).toEqual([consensusKind])

    const { result, isWaiting } = await look()
    expect(isWaiting).toBe(false)
    expect(await work()).toEqual([])
    expect(result?.method).toMatchObject({ units: 12, prompts: 12, raters: 3, judgments: 36 })
    expect(result?.answers.find(({ answer }) => answer === 'a')?.majority).toBe(12)
    expect(await latestWithPairs(db.read, project.id, campaignId)).toEqual(figures)
    const [shown] = await shownUnits(db.read, project.id, {
      units: result?.units ?? [],
      ofPairs: true,
    })
    expect(shown?.preview).toMatch(/^Question \d+\?$/)
    expect(shown?.modelIds).toHaveLength(2)
    const file = await readFigures(db.read, {
      ...scope,
      name: 'consensus',
      options: defaultOptions,
    })
    expect(file?.table).toMatch(/^task_id,part,prompt_id,majority,likely,differs,doubt,votes_a,/)

    const more = { ...verdicts[0], rater: 'dan' }
    await importFiles(test, project.id, { 'b.jsonl': jsonl([more]) })
    await inTransaction(db, (trx) => askForMeasurement(trx, { ...scope, now: Date.now() }))
    await work()
    expect((await look()).isWaiting).toBe(true)
    await work()
    expect((await look()).result?.method.judgments).toBe(37)
  })
})
