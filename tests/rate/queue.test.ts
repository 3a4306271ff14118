import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyQueue, idsInHand, type Queue, type QueueEvent, reduceQueue } from '#app/rate/queue.ts'
import type { ShownPhase, TaskView } from '#app/rate/task-view.ts'

const task = (id: string, phase: ShownPhase = 'working', text = id): TaskView => ({
  assignmentId: id,
  heldUntil: 1_000,
  phase,
  prompt: [{ role: 'user', content: `asked ${text}` }],
  responses: [
    { messages: [{ role: 'assistant', content: `one ${text}` }] },
    { messages: [{ role: 'assistant', content: `two ${text}` }] },
  ],
})
const answered = { answers: [], comment: 'because', reasons: [] }
const answer = (assignmentId: string, baseRevision = 0): QueueEvent => ({
  kind: 'answered',
  assignmentId,
  baseRevision,
  answered,
})
const received = (...tasks: TaskView[]): QueueEvent => ({
  kind: 'received',
  tasks,
  state: 'working',
})
const whole = (begunId: string | null, ...tasks: TaskView[]): QueueEvent => ({
  kind: 'received',
  tasks,
  state: 'working',
  isWhole: true,
  begunId,
})
const queueAfter = (...events: QueueEvent[]): Queue => events.reduce(reduceQueue, emptyQueue([], 0))
const onTable = (queue: Queue) => queue.current?.task.assignmentId

describe('The queue', () => {
  it('puts the next task on the table when one is answered, and counts it once', () => {
    const queue = queueAfter(received(task('a'), task('b')), answer('a'), answer('a'))
    expect(onTable(queue)).toBe('b')
    expect(queue.judgedCount).toBe(1)
    expect(queue.judged.map((one) => one.task.assignmentId)).toEqual(['a'])
  })

  it('never takes a second Enter for an answer to the next task', () => {
    const queue = queueAfter(received(task('a'), task('b'), task('c')), answer('a'), answer('a'))
    expect(idsInHand(queue)).toEqual(['b', 'c'])
  })

  it('never brings back what was answered or skipped, however late a reply comes', () => {
    const queue = queueAfter(
      received(task('a'), task('b')),
      { kind: 'skipped', assignmentId: 'a' },
      answer('b'),
      received(task('a'), task('b'), task('c')),
      { kind: 'ended', assignmentIds: ['d'] },
      received(task('d')),
    )
    expect(idsInHand(queue)).toEqual(['c'])
  })

  it('opens the last judgments one after the other, and a revision replaces without counting', () => {
    const opened = queueAfter(received(task('a'), task('b'), task('c')), answer('a'), answer('b'), {
      kind: 'undone',
    })
    expect(opened.current).toMatchObject({ baseRevision: 1, answered })
    expect(onTable(opened)).toBe('b')
    const further = reduceQueue(opened, { kind: 'undone' })
    expect(onTable(further)).toBe('a')
    const revised = reduceQueue(further, answer('a', 1))
    expect(onTable(revised)).toBe('c')
    expect(revised.judgedCount).toBe(2)
    expect(revised.judged[0]).toMatchObject({ revision: 2 })
    expect(onTable(reduceQueue(further, { kind: 'left' }))).toBe('c')
  })

  it('takes the revision that the server counted for the next change', () => {
    const queue = queueAfter(
      received(task('a')),
      answer('a'),
      { kind: 'told', assignmentId: 'a', revision: 4 },
      { kind: 'undone' },
    )
    expect(queue.current?.baseRevision).toBe(4)
  })

  it('waits for the explanation of a training task before the next comes', () => {
    const sent = queueAfter(received(task('a', 'training'), task('b')), answer('a'))
    expect(onTable(sent)).toBe('a')
    expect(sent.lesson).toEqual({ assignmentId: 'a', feedback: null })
    const feedback = { assignmentId: 'a', isRight: true, expected: [], explanation: 'So it is.' }
    const told = reduceQueue(sent, { kind: 'told', assignmentId: 'a', revision: 1, feedback })
    expect(told.lesson?.feedback).toEqual(feedback)
    expect(onTable(told)).toBe('a')
    expect(onTable(reduceQueue(told, { kind: 'understood' }))).toBe('b')
  })

  it('does not wait for an explanation that does not come', () => {
    const sent = queueAfter(received(task('a', 'training'), task('b')), answer('a'))
    const told = reduceQueue(sent, { kind: 'told', assignmentId: 'a', revision: 1 })
    expect([told.lesson, onTable(told)]).toEqual([null, 'b'])
    const refused = reduceQueue(sent, {
      kind: 'refused',
      assignmentId: 'a',
      baseRevision: 0,
      comesBack: false,
    })
    expect([refused.lesson, onTable(refused), refused.judgedCount]).toEqual([null, 'b', 0])
  })

  it('takes a refused answer out of what can be undone, and lets one that can be mended come again', () => {
    const sent = queueAfter(received(task('a'), task('b')), answer('a'))
    const refused = { kind: 'refused', assignmentId: 'a', baseRevision: 0 } as const
    const gone = reduceQueue(sent, { ...refused, comesBack: false })
    expect([gone.judged, gone.judgedCount]).toEqual([[], 0])
    expect(idsInHand(reduceQueue(gone, received(task('a'))))).toEqual(['b'])
    const back = reduceQueue(sent, { ...refused, comesBack: true })
    expect(idsInHand(reduceQueue(back, received(task('a'))))).toEqual(['b', 'a'])
  })

  it('lets go of what is no longer held, but never of what was begun', () => {
    const queue = queueAfter(received(task('a'), task('b'), task('c')))
    const untouched = reduceQueue(queue, whole(null, task('c')))
    expect([onTable(untouched), untouched.waiting]).toEqual(['c', []])
    const begun = reduceQueue(queue, whole('a', task('c'), task('d')))
    expect(onTable(begun)).toBe('a')
    expect(begun.lapsedId).toBe('a')
    expect(idsInHand(begun)).toEqual(['a', 'c', 'd'])
    expect(reduceQueue(begun, whole('a', task('a'), task('c'))).lapsedId).toBe(null)
  })

  it('does not show the task on the table a second time when its hold ended and it came anew', () => {
    const lapsed = queueAfter(received(task('a')), { kind: 'lapsed', assignmentId: 'a' })
    const again = reduceQueue(lapsed, received(task('a2', 'working', 'a'), task('b')))
    expect(idsInHand(again)).toEqual(['a', 'b'])
  })

  it('stays small over 500 tasks', () => {
    let queue = emptyQueue([], 0)
    for (let place = 0; place < 500; place++) {
      queue = reduceQueue(queue, received(task(`t${place}`), task(`t${place + 1}`)))
      queue = reduceQueue(queue, answer(`t${place}`))
    }
    expect(queue.judgedCount).toBe(500)
    expect(queue.judged.length).toBeLessThanOrEqual(20)
    expect(queue.finished.length).toBeLessThanOrEqual(100)
    expect(queue.waiting.length).toBeLessThanOrEqual(1)
  })

  it('never has a task twice in hand, whatever happens in whatever order', () => {
    const ids = fc.constantFrom('a', 'b', 'c', 'd')
    const views = fc.uniqueArray(ids).map((some) => some.map((id) => task(id)))
    const event: fc.Arbitrary<QueueEvent> = fc.oneof(
      views.map((tasks) => received(...tasks)),
      fc.tuple(fc.option(ids), views).map(([begun, tasks]) => whole(begun, ...tasks)),
      fc.tuple(ids, fc.nat(2)).map(([id, base]) => answer(id, base)),
      ids.map((assignmentId) => ({ kind: 'skipped', assignmentId }) as const),
      ids.map((assignmentId) => ({ kind: 'lapsed', assignmentId }) as const),
      fc.tuple(ids, fc.boolean()).map(([id, comesBack]) => ({
        kind: 'refused' as const,
        assignmentId: id,
        baseRevision: 0,
        comesBack,
      })),
      fc.constantFrom<QueueEvent>({ kind: 'undone' }, { kind: 'left' }, { kind: 'cleared' }),
    )
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let queue = emptyQueue([], 0)
        for (const one of events) {
          queue = reduceQueue(queue, one)
          const hand = idsInHand(queue)
          expect(new Set(hand).size).toBe(hand.length)
          expect(queue.judgedCount).toBeGreaterThanOrEqual(0)
          const done = queue.judged.map((entry) => entry.task.assignmentId)
          expect(new Set(done).size).toBe(done.length)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})
