import { expect, it } from 'vitest'
import { keepLiveRows } from '#app/import/live-records.server.ts'
import { rubrica } from '#app/import/readers/rubrica.ts'
import { recordJudgments } from '#app/rate/record-judgments.server.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { makeProject } from '#tests/support/project.ts'

const sentTo = (projectId: string) => ({
  projectId,
  source: 's',
  reader: rubrica,
  actor: 't',
  now: Date.UTC(2026, 0, 1),
})

describeEachDialect('Records that two senders bring at once', (open) => {
  it('are kept once and counted once, however often a transaction is run again', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const rows = Array.from({ length: 60 }, (_, place) => ({
      id: `p${place}`,
      prompt: `Question ${place}?`,
      responses: [{ id: `r${place}`, model: 'm', content: `Answer ${place}.` }],
    }))
    const live = sentTo(project.id)
    const told = await Promise.all(
      Array.from({ length: 4 }, () => keepLiveRows(test.db, recordJudgments, { ...live, rows })),
    )
    const sum = (pick: (counts: (typeof told)[number]['counts']) => number) =>
      told.reduce((total, { counts }) => total + pick(counts), 0)
    expect(sum((counts) => counts.created.prompts)).toBe(60)
    expect(sum((counts) => counts.created.responses)).toBe(60)
    expect(sum((counts) => counts.unchanged)).toBe(3 * 60)
    expect(sum((counts) => counts.refused)).toBe(0)
    const { n } = await test.db.read
      .selectFrom('response')
      .select((eb) => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    expect(n).toBe(60)
  })

  it('with their judgments too', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const live = sentTo(project.id)
    const prompts = Array.from({ length: 20 }, (_, place) => ({
      id: `p${place}`,
      prompt: `Question ${place}?`,
      responses: ['a', 'b'].map((model) => ({ model, content: `${model} on ${place}.` })),
    }))
    await keepLiveRows(test.db, recordJudgments, { ...live, rows: prompts })
    const verdicts = prompts.map(({ id }) => ({
      prompt_id: id,
      model_a: 'a',
      model_b: 'b',
      winner: 'a',
      rater: 'r',
    }))
    const rows = prompts.flatMap((prompt, place) => [prompt, verdicts[place] ?? {}])
    const told = await Promise.all(
      Array.from({ length: 4 }, () => keepLiveRows(test.db, recordJudgments, { ...live, rows })),
    )
    const counts = told.map((one) => one.counts)
    expect(counts.reduce((total, one) => total + one.created.judgments, 0)).toBe(20)
    expect(counts.reduce((total, one) => total + one.unchanged, 0)).toBe(4 * 20 + 3 * 20)
    expect(counts.reduce((total, one) => total + one.refused, 0)).toBe(0)
  })

  it('are counted once when the database ends the transaction half way and it is run again', async () => {
    const test = await open()
    const project = await makeProject(test.db)
    const rows = [
      {
        id: 'p',
        prompt: 'Question?',
        responses: ['a', 'b'].map((model) => ({ model, content: `${model} answers.` })),
      },
      { prompt_id: 'p', model_a: 'a', model_b: 'b', winner: 'a', rater: 'r' },
    ]
    let attempts = 0
    const meetingAnother: typeof recordJudgments = async (...recording) => {
      const kept = await recordJudgments(...recording)
      attempts += 1
      if (attempts === 1) throw Object.assign(new Error('two met'), { code: '40001' })
      return kept
    }
    const told = await keepLiveRows(test.db, meetingAnother, { ...sentTo(project.id), rows })
    expect(attempts).toBe(2)
    expect(told.counts.created).toEqual({ prompts: 1, responses: 2, judgments: 1, skips: 0 })
    expect(told.counts).toMatchObject({ merged: 0, unchanged: 0, refused: 0 })
  })
})
