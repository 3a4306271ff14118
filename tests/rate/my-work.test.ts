import { describe, expect, it } from 'vitest'
import { countUnread, insertMessages, listMessages, markRead } from '#app/notify/messages.server.ts'
import { listMyWork } from '#app/rate/my-work.server.ts'
import { canWork, minutesLeft, workState } from '#app/rate/my-work.ts'
import { workWordsEn } from '#app/rate/work-words-en.ts'
import { workWordsPt } from '#app/rate/work-words-pt.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect } from '#tests/support/database.ts'
import { blindLines, judgeAll } from '#tests/support/judging.ts'
import { importFiles, makePerson, makeProject, openCampaign } from '#tests/support/project.ts'

describe('How a campaign stands for a rater', () => {
  const usual = {
    status: 'open' as const,
    rater: { status: 'active' as const, phase: 'working' as const },
    judged: 3,
    left: 7,
    mostPerRater: null,
    begins: 'working' as const,
  }

  it('says what stops the rater, the most final first', () => {
    expect(workState(usual)).toBe('open')
    expect(workState({ ...usual, left: 0 })).toBe('empty')
    expect(workState({ ...usual, mostPerRater: 3 })).toBe('limit')
    expect(workState({ ...usual, status: 'paused' })).toBe('paused')
    expect(workState({ ...usual, rater: { status: 'paused', phase: 'working' } })).toBe('stopped')
    const failed = { status: 'active' as const, phase: 'failed' as const }
    expect(workState({ ...usual, rater: failed, status: 'paused' })).toBe('failed')
    expect(workState({ ...usual, rater: failed, status: 'closed' })).toBe('closed')
  })

  it('says that training or qualification comes first, before and after the first visit', () => {
    expect(workState({ ...usual, rater: null, begins: 'training' })).toBe('training')
    const qualifying = { status: 'active' as const, phase: 'qualifying' as const }
    expect(workState({ ...usual, rater: qualifying, begins: 'training' })).toBe('qualifying')
    expect(canWork('training')).toBe(true)
    expect(canWork('limit')).toBe(false)
  })

  it('guesses the time from the rater’s own pace, and not without one', () => {
    expect(minutesLeft({ left: 10, medianMs: 30_000 })).toBe(5)
    expect(minutesLeft({ left: 1, medianMs: 2_000 })).toBe(1)
    expect(minutesLeft({ left: 10, medianMs: null })).toBeNull()
    expect(minutesLeft({ left: 0, medianMs: 30_000 })).toBeNull()
  })
})

describe('The words of a rater’s pages', () => {
  it('are said in Portuguese too, with the same places for values', () => {
    const places = (phrase: unknown) => [...JSON.stringify(phrase).matchAll(/\{\w+\}/g)].map(String)
    for (const [key, phrase] of Object.entries(workWordsEn)) {
      const other = workWordsPt[key as keyof typeof workWordsEn]
      expect(new Set(places(other)), key).toEqual(new Set(places(phrase)))
    }
  })
})

describeEachDialect('My work', (open) => {
  it('lists what a rater can do, with progress and time, and folds what is over', async () => {
    const test = await open()
    const { db } = test
    const { id: projectId } = await makeProject(db)
    const prompts = Array.from({ length: 8 }, (_, at) => `Question ${at}?`)
    await importFiles(test, projectId, { 'a.jsonl': blindLines(prompts) })
    const rater = await makePerson(db, { projectId, roles: ['annotator'] })
    const running = await openCampaign(db, projectId, { name: 'Running', overlap: 1 })
    const over = await openCampaign(db, projectId, { name: 'Over', overlap: 1 })
    const unseen = await openCampaign(db, projectId, { name: 'Unseen and over', overlap: 1 })
    await openCampaign(db, projectId, { name: 'For others', settings: { raterIds: ['nobody'] } })
    let judged = 0
    await judgeAll({ db, projectId, campaignId: running }, rater, () =>
      judged++ < 6 ? { winner: 'a' } : undefined,
    )
    judged = 0
    await judgeAll({ db, projectId, campaignId: over }, rater, () =>
      judged++ < 1 ? { winner: 'a' } : undefined,
    )
    await db.write
      .updateTable('campaign')
      .set({ status: 'closed' })
      .where('id', 'in', [over, unseen])
      .execute()
    const work = await listMyWork(db.read, {
      projectId,
      personId: rater.personId,
      now: Date.now(),
    })
    expect(work.current).toMatchObject([
      { name: 'Running', state: 'open', judged: 6, left: 2, medianMs: 20_000 },
    ])
    expect(work.past).toMatchObject([{ name: 'Over', state: 'closed', judged: 1 }])
  })

  it('keeps messages apart by person, unread first, until they are read', async () => {
    const { db } = await open()
    const { id: projectId } = await makeProject(db)
    const one = await makePerson(db, { projectId, roles: ['annotator'] })
    const other = await makePerson(db, { projectId, roles: ['annotator'] })
    const reader = { projectId, personId: one.personId }
    await inTransaction(db, (trx) =>
      insertMessages(trx, {
        projectId,
        messages: [
          { personId: one.personId, kind: 'note', content: { text: 'first' } },
          { personId: one.personId, kind: 'note', content: { text: 'second' } },
          { personId: other.personId, kind: 'note', content: { text: 'theirs' } },
        ],
        now: 1,
      }),
    )
    const list = async () =>
      (await listMessages(db.read, { ...reader, kind: 'note', limit: 10 })).map(
        ({ content }) => (content as { text: string }).text,
      )
    expect(await list()).toEqual(['second', 'first'])
    const [newest] = await listMessages(db.read, { ...reader, kind: 'note', limit: 10 })
    await inTransaction(db, (trx) =>
      markRead(trx, { ...reader, personId: other.personId, id: newest?.id ?? '', now: 2 }),
    )
    expect(await countUnread(db.read, reader)).toBe(2)
    await inTransaction(db, (trx) => markRead(trx, { ...reader, id: newest?.id ?? '', now: 2 }))
    expect(await list()).toEqual(['first', 'second'])
    await inTransaction(db, (trx) => markRead(trx, { ...reader, now: 3 }))
    expect(await countUnread(db.read, reader)).toBe(0)
    expect(await countUnread(db.read, { projectId, personId: other.personId })).toBe(1)
  })
})
