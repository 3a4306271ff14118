/** Raters at work while something else goes on: how long a submit takes them meanwhile. */
import { setPriority } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { quantile } from '#app/stats/quantile.ts'
import type { Db } from '#db/open.ts'
import { importFiles, makeProject, openCampaign, promptLines } from '#tests/support/project.ts'
import { type RaterLine, sendToDesk, submissionOf } from '#tests/support/raters.ts'
import { makeMember, signIn, type TestServer } from '#tests/support/server.ts'

const raters = 20
const restMs = 20_000
/** Faster than people judge: each rater saves about once a second. */
const thinkMs = 700

/** Raters sit at machines of their own: what they do must not wait for the cores that are measured. */
function comeFirst(): boolean {
  try {
    setPriority(-10)
    return true
  } catch {
    return false
  }
}

/** Measures submits at rest and during some work, and prints their 99th percentiles. */
export async function rateMeanwhile(
  { server, db, say }: { server: TestServer; db: Db; say: (words: string) => void },
  { title, work }: { title: string; work: () => Promise<number> },
): Promise<void> {
  const project = await makeProject(db, 'Rating')
  const test = { db, folder: server.dataDir, url: '', schema: undefined, remove: async () => {} }
  await importFiles(test, project.id, { 'a.jsonl': promptLines(2_000, ['a', 'b']) })
  const campaign = await openCampaign(db, project.id, { overlap: 3 })
  const criterion = await db.read
    .selectFrom('criterion')
    .select('id')
    .where('campaign_id', '=', campaign)
    .executeTakeFirstOrThrow()
  const lines: RaterLine[] = []
  for (let rater = 0; rater < raters; rater++) {
    const email = `r${rater}@example.org`
    await makeMember(db, { projectId: project.id, email, roles: ['annotator'] })
    const cookie = await signIn(server.url, email)
    lines.push({ urls: [server.url], cookie, place: `/p/${project.slug}/rate/${campaign}/answers` })
  }
  const stop = new AbortController()
  let times: number[] = []
  const working = lines.map((line) =>
    rate(line, { criterionId: criterion.id, stop: stop.signal, note: (ms) => times.push(ms) }),
  )
  const clients = comeFirst()
    ? 'their clients before all else on the processor'
    : 'on the same cores'
  await sleep(restMs)
  say(`Raters: ${raters}, each saving about once a second, ${clients}`)
  say(`  at rest: ${described(times)}`)
  times = []
  const took = await work()
  say(`  while ${title} (${(took / 1000).toFixed(1)} s): ${described(times)} (p99 under 60 ms)`)
  stop.abort()
  await Promise.all(working)
}

const described = (times: readonly number[]): string => {
  const sorted = [...times].sort((one, other) => one - other)
  const at = (share: number) => quantile(sorted, share).toFixed(1)
  return `${times.length} submits, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms`
}

async function rate(
  line: RaterLine,
  {
    criterionId,
    stop,
    note,
  }: { criterionId: string; stop: AbortSignal; note: (ms: number) => void },
): Promise<void> {
  for (let step = 0; !stop.aborted; step++) {
    const { tasks } = await sendToDesk(line, { intent: 'claim', have: [] })
    const assignmentId = tasks[0]?.assignmentId
    if (assignmentId === undefined) return
    await sleep(thinkMs / 2 + Math.random() * thinkMs)
    const submission = submissionOf(assignmentId, criterionId, step)
    const started = performance.now()
    await sendToDesk(line, { intent: 'submit', have: [], submission })
    note(performance.now() - started)
  }
}
