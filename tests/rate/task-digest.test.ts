import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Criterion } from '#app/assign/campaign.ts'
import { listCriteria } from '#app/assign/campaigns.server.ts'
import type { ShownAnswer } from '#app/rate/judgment.ts'
import { roomSayIn } from '#app/rate/room-words.ts'
import { digestsOf } from '#app/rate/task-digest.server.ts'
import { openingOf, tallyOf } from '#app/rate/task-digest.ts'
import { describeEachDialect } from '../support/database.ts'
import { blindLines, judgeAll, taskOf } from '../support/judging.ts'
import { importFiles, makePerson, makeProject, openCampaign } from '../support/project.ts'

const criterion: Criterion = {
  id: 'c',
  name: 'c',
  title: 'Which response is better?',
  isRequired: true,
  definition: { kind: 'preference', points: 3 },
}
const verdict = (winner: 'first' | 'second' | 'both_bad'): ShownAnswer => ({
  kind: 'preference',
  criterionId: 'c',
  winner,
})

it('counts what raters said in their words, the most frequent first', () => {
  const answers = [verdict('second'), verdict('first'), verdict('first'), verdict('both_bad')]
  expect(tallyOf(answers, [criterion], roomSayIn('en'))).toEqual([
    { words: 'A is better', count: 2 },
    { words: 'B is better', count: 1 },
    { words: 'Both bad', count: 1 },
  ])
})

it('reads the first words of messages that break off anywhere', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.nat(200), (content, cut) => {
      const stored = JSON.stringify([{ content, role: 'assistant' }]).slice(0, cut)
      expect(content.replaceAll(/\s+/g, ' ').trim()).toContain(openingOf(stored))
    }),
  )
  expect(openingOf('[{"content":"caf\\u00e9 \\"au lait\\"","role":"assistant"}]')).toBe(
    'café "au lait"',
  )
  expect(openingOf('[{"content":"a \\ud8')).toBe('a')
  expect(openingOf('[{"content":"a\\\\u12')).toBe('a\\u12')
  expect(openingOf('[{"content":null,"role":"assistant"}]')).toBe('')
})

describeEachDialect('A task in a list', (open) => {
  it('says how its responses begin and who said what, in the order of the person who looks', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    await importFiles(test, projectId, { 'a.jsonl': blindLines(['Why?']) })
    const campaignId = await openCampaign(db, projectId, { overlap: 2 })
    const work = { db, projectId, campaignId }
    const raters = []
    for (const winner of ['a', 'b'] as const) {
      const rater = await makePerson(db, { projectId, roles: ['annotator'] })
      raters.push(rater)
      await judgeAll(work, rater, () => ({ winner }))
    }
    const taskId = await taskOf(work, 'Why?')
    const criteria = await listCriteria(db.read, projectId, campaignId)
    const look = { projectId, criteria, taskIds: [taskId], raterId: '' }
    const openings = new Set<string>()
    for (const { personId } of raters) {
      const { [taskId]: digest } = await digestsOf(db.read, { ...look, personId })
      expect(
        digest?.answers.map((answer) => answer.kind === 'preference' && answer.winner).sort(),
      ).toEqual(['first', 'second'])
      expect(digest?.decision).toBeNull()
      for (const opening of digest?.openings ?? []) openings.add(opening)
    }
    expect(openings.size).toBe(2)
    expect([...openings].join()).not.toMatch(/zephyr|mistral/)
  })
})
