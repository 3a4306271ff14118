/** In which order raters get the tasks. */
import { expect, it } from 'vitest'
import { runMakeTasks } from '#app/assign/make-tasks.server.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import {
  answer,
  type Bureau,
  claim,
  factsOf,
  hire,
  openAnother,
  openBureau,
  question,
  runNow,
  say,
} from '#tests/support/desk.ts'
import { importFiles } from '#tests/support/project.ts'

const printed = (lines: readonly object[]) => lines.map((line) => JSON.stringify(line)).join('\n')

/** The prompts of the tasks that a rater gets one after another; what is left in hand goes back. */
async function order(bureau: Bureau, most = 100): Promise<string[]> {
  const rater = await hire(bureau)
  const previews: string[] = []
  let reply = await claim(bureau, rater)
  while (reply.tasks[0] && previews.length < most) {
    const [task] = reply.tasks
    previews.push((await factsOf(bureau, task.assignmentId)).preview)
    reply = await answer(bureau, rater, task, 'a')
  }
  const assignmentIds = reply.tasks.map((task) => task.assignmentId)
  await say(bureau, rater, { intent: 'release', assignmentIds })
  return previews
}

describeEachDialect('The order of work', (open) => {
  it('is every task once before any comes a second time, where it is balanced', async () => {
    const bureau = await openBureau(await open(), { prompts: 8, overlap: 3 })
    const half = await order(bureau, 4)
    const rest = await order(bureau, 4)
    expect(new Set([...half, ...rest]).size).toBe(8)
    expect(await order(bureau)).toHaveLength(8)
  })

  it('follows the tags that a lead put first, to the last rater of each, where it is by priority', async () => {
    const lines = printed(
      Array.from({ length: 6 }, (_, place) => ({
        prompt: question(place),
        tags: [['rare'], ['common'], ['urgent', 'common']][place % 3] ?? [],
        responses: ['a', 'b'].map((model) => ({ model, content: `${model} on ${place}` })),
      })),
    )
    const settings = { order: 'priority', priorityTags: ['urgent', 'common'] }
    const bureau = await openBureau(await open(), { lines, overlap: 2, settings })
    const wanted = [2, 5, 1, 4, 0, 3].map(question)
    expect(await order(bureau)).toEqual(wanted)
    expect(await order(bureau)).toEqual(wanted)
    // Prompts that come later take their place among those of their rank.
    const late = [
      {
        prompt: 'A question that came late?',
        tags: ['urgent'],
        responses: [{ model: 'a', content: 'a on what came late' }],
      },
    ]
    late[0]?.responses.push({ model: 'b', content: 'b on what came late' })
    const { projectId } = bureau
    const other = await openAnother(bureau.test, { projectId, name: 'Other', overlap: 1, settings })
    await importFiles(bureau.test, projectId, { 'b.jsonl': printed(late) })
    await runNow(other, runMakeTasks)
    expect(await order(other)).toEqual(
      [2, 5].map(question).concat('A question that came late?', [1, 4, 0, 3].map(question)),
    )
  })

  it('takes tasks on which raters disagree first, where that is wanted', async () => {
    const settings = { order: 'disagreement' }
    const bureau = await openBureau(await open(), { prompts: 8, overlap: 3, settings })
    const disputed = [question(6), question(3)]
    for (const winner of ['a', 'b'] as const) {
      const rater = await hire(bureau)
      for (let reply = await claim(bureau, rater); reply.tasks[0]; ) {
        const { preview } = await factsOf(bureau, reply.tasks[0].assignmentId)
        const said = disputed.includes(preview) ? winner : 'a'
        reply = await answer(bureau, rater, reply.tasks[0], said)
      }
    }
    const last = await order(bureau)
    expect(last).toHaveLength(8)
    expect(last.slice(0, 2).sort()).toEqual([...disputed].sort())
  })
})
