/** A script does with the API what a team does in the browser; the document knows every answer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { operations } from '#app/http/api/operations.server.ts'
import { saveRedaction } from '#app/projects/project-settings.server.ts'
import { inTransaction } from '#db/open.ts'
import { readAll } from '#tests/support/api.ts'
import {
  type ApiProject,
  judgeEverything,
  openApiProject,
  untilDone,
} from '#tests/support/api-project.ts'
import { dialects } from '#tests/support/database.ts'
import { promptLines } from '#tests/support/project.ts'
import { makeMember } from '#tests/support/server.ts'

const here = '/projects/support'
const preference = {
  title: 'Which response is better?',
  definition: { kind: 'preference', points: 5 },
}

describe.each(dialects)('A script on %s', (dialect) => {
  let opened: ApiProject
  let campaignId = ''
  let datasetId = ''
  let modelIds: Record<string, string> = {}

  beforeAll(async () => {
    opened = await openApiProject(dialect)
  })
  afterAll(() => opened.remove())

  /** Everything that an engineer read, the list of members left out. */
  const told: string[] = []
  const ask: ApiProject['api']['ask'] = async (path, asking) => {
    const answer = await opened.api.ask(here + path, asking)
    if (!path.startsWith('/members')) told.push(answer.text)
    return answer
  }

  it('uploads a file, follows its job, and reads what was refused', async () => {
    const lines = `${promptLines(12, ['a', 'b'])}{"odd": true}\n{"prompt": "Where is ana@acme.io?", "responses": [{"model": "a", "content": "ana@acme.io is here."}], "tags": ["mail"]}\n`
    const { status, body } = await ask('/imports?name=logs.jsonl', { body: lines })
    expect(status).toBe(202)
    await untilDone(opened, body.job)
    const listed = await ask('/imports')
    expect(listed.body.items).toMatchObject([{ id: body.import, source: 'default' }])
    const found = await ask(`/imports/${body.import}`)
    expect(found.body).toMatchObject({
      status: 'done',
      files: [{ name: 'logs.jsonl' }],
      counts: { created: { prompts: 13, responses: 25 }, refused: 1 },
      refusals: [{ count: 1 }],
    })
    const refusals = await ask(`/imports/${body.import}/refusals`)
    expect(refusals.body.items).toMatchObject([{ file: 'logs.jsonl', line: 13 }])
  })

  it('sends records, with recorded judgments', async () => {
    const verdict = {
      prompt_id: 'p1',
      model_a: 'a',
      model_b: 'b',
      winner: 'a',
      rater: 'r',
      campaign: 'Recorded',
    }
    const { body } = await ask('/records', { body: JSON.stringify(verdict) })
    expect(body).toMatchObject({ created: { judgments: 1 }, refused: 0 })
  })

  it('reads the project, its members and its models', async () => {
    const project = await ask('')
    expect(project.body).toMatchObject({ slug: 'support', counts: { prompts: 13, models: 2 } })
    const models = await readAll<{ id: string; label: string }>(opened.api, `${here}/models`, 1)
    expect(models.map(({ label }) => label).sort()).toEqual(['a', 'b'])
    modelIds = Object.fromEntries(models.map(({ id, label }) => [label, id]))
    const member = { projectId: opened.project.id, email: 'kim@example.org' }
    await makeMember(opened.db, { ...member, roles: ['annotator', 'lead'] })
    const seen = await ask('/members')
    expect(seen.body.items).toMatchObject([
      { name: 'kim', email: null, roles: ['annotator', 'lead'] },
    ])
    const managed = await ask('/members', { token: opened.tokens.lead })
    expect(managed.body.items).toMatchObject([{ email: 'kim@example.org' }])
  })

  it('finds prompts by what they are, and reads one with its responses', async () => {
    const idsOf = async (query: string) => {
      const { body } = await ask(`/prompts?${query}`)
      return (body.items as { id: string }[]).map(({ id }) => id)
    }
    expect(await idsOf('tag=even')).toHaveLength(6)
    expect(await idsOf('source=elsewhere')).toEqual([])
    expect(await idsOf(`model=${modelIds.b}`)).toHaveLength(12)
    expect(await idsOf('q=number%2011')).toHaveLength(1)
    const [id] = await idsOf('q=%22number%203%22')
    const { body } = await ask(`/prompts/${id}`)
    expect(body).toMatchObject({
      messages: [{ role: 'user', content: 'Question number 3?' }],
      external_ids: [{ source: 'default', id: 'p3' }],
      responses: [
        { model: { id: modelIds.a, label: 'a' }, messages: [{ content: 'a answers question 3.' }] },
        { model: { id: modelIds.b, label: 'b' } },
      ],
    })
  })

  it('makes a campaign, opens it, and sees its tasks', async () => {
    const draft = await ask('/campaigns', {
      body: {
        name: 'Drafted',
        kind: 'pairwise',
        overlap: 2,
        criteria: [preference],
        settings: {
          model_ids: [modelIds.a, modelIds.b],
          tags: ['even'],
          deadline_at: '2090-01-01T12:00:00+01:00',
          pairing: {
            kind: 'two_dates',
            model_id: modelIds.a,
            before: { from: '2026-01-01T00:00:00Z', until: '2026-02-01T00:00:00Z' },
            after: { from: '2026-02-01T00:00:00Z', until: '2026-03-01T00:00:00Z' },
          },
        },
      },
    })
    expect(draft.status).toBe(201)
    expect(draft.body).toMatchObject({ name: 'Drafted', status: 'draft', opened_at: null })
    const one = await ask(`/campaigns/${draft.body.id}`)
    expect(one.body).toMatchObject({
      criteria: [{ name: 'preference', is_required: true }],
      settings: {
        tags: ['even'],
        deadline_at: '2090-01-01T11:00:00.000Z',
        gold_rate: 0,
        pairing: { model_id: modelIds.a, before: { from: '2026-01-01T00:00:00.000Z' } },
      },
      progress: { tasks: 0 },
    })
    const made = await ask('/campaigns?open=true', {
      body: { name: 'Round 1', kind: 'pairwise', overlap: 2, criteria: [preference] },
    })
    expect(made.body).toMatchObject({ status: 'open' })
    campaignId = String(made.body.id)
    const campaigns = await readAll<{ name: string }>(opened.api, `${here}/campaigns`, 2)
    expect(campaigns.map(({ name }) => name)).toEqual(['Recorded', 'Drafted', 'Round 1'])
    await expect
      .poll(async () => ((await ask(`/campaigns/${campaignId}/tasks`)).body.items as []).length, {
        timeout: 20_000,
      })
      .toBe(12)
    const tasks = await ask(`/campaigns/${campaignId}/tasks?limit=1`)
    expect(tasks.body.items).toMatchObject([
      {
        purpose: 'work',
        needed: 2,
        responses: [{ position: 0 }, { position: 1 }],
        slots: { open: 2, held: 0, done: 0 },
        judgments: 0,
      },
    ])
  })

  it('pauses, opens and closes it, and hears when that cannot be', async () => {
    const move = (verb: string) => ask(`/campaigns/${campaignId}/${verb}`, { method: 'POST' })
    expect((await move('pause')).body).toMatchObject({ status: 'paused' })
    expect(await move('pause')).toMatchObject({
      status: 409,
      body: { detail: 'A campaign that is paused cannot become paused.' },
    })
    expect((await move('close')).body).toMatchObject({ status: 'closed' })
    expect((await move('open')).body).toMatchObject({ status: 'open', closed_at: null })
    const twice = { name: 'Round 1', kind: 'pairwise', overlap: 1, criteria: [preference] }
    expect((await ask('/campaigns', { body: twice })).status).toBe(409)
  })

  it('reads judgments by pseudonym, with their earlier revisions', async () => {
    await judgeEverything(opened, campaignId)
    const judgments = await readAll<{ id: string; rater: string; revision: number }>(
      opened.api,
      `${here}/campaigns/${campaignId}/judgments`,
      5,
    )
    expect(judgments).toHaveLength(24)
    expect(judgments.find(({ revision }) => revision === 1)).toMatchObject({
      campaign_id: campaignId,
      source: 'human',
      shown_order: expect.any(Array),
      comment: 'I wrote to ana@acme.io.',
      withdrawn_at: null,
      scores: [{ criterion: 'preference', position: -1, answer: { kind: 'preference' } }],
    })
    const raters = new Set(judgments.map(({ rater }) => rater))
    expect([...raters].every((name) => /^rater-\d+$/.test(name))).toBe(true)
    const changed = judgments.find(({ revision }) => revision === 2)
    const { body } = await ask(`/judgments/${changed?.id}`)
    expect(body).toMatchObject({
      comment: 'On second thoughts.',
      scores: [{ answer: { winner: 'tie' } }],
      earlier: [{ revision: 1, scores: [{ criterion: 'preference', answer: { winner: 'a' } }] }],
    })
    const all = await readAll<{ campaign_id: string }>(opened.api, `${here}/judgments`, 500)
    expect(all).toHaveLength(25)
    const tasks = await ask(`/campaigns/${campaignId}/tasks?limit=1`)
    expect(tasks.body.items).toMatchObject([{ slots: { open: 0, done: 2 }, judgments: 2 }])
  })

  it('has the campaign measured and reads standings, agreement and the gate', async () => {
    const asked = await ask(`/campaigns/${campaignId}/measure`, { method: 'POST' })
    expect(asked).toMatchObject({ status: 202, body: { kind: 'measure' } })
    await untilDone(opened, asked.body.id)
    const standings = await ask(`/campaigns/${campaignId}/standings`)
    expect(standings.body).toMatchObject({
      newer_judgments: 0,
      standings: { models: [{ judgments: 24 }, { judgments: 24 }], method: { prompts: 12 } },
    })
    const agreement = await ask(`/campaigns/${campaignId}/agreement`)
    expect(agreement.body).toMatchObject({
      agreement: { criteria: [{ criterion: 'preference', units: 12, raters: 2 }] },
    })
    const atEqualStyle = `/campaigns/${campaignId}/standings?control=style`
    expect((await ask(atEqualStyle)).body).toMatchObject({ standings: null, measured_at: null })
    const view = await ask(`/campaigns/${campaignId}/measure?control=style`, { method: 'POST' })
    expect(view).toMatchObject({ status: 202, body: { kind: 'measure-view' } })
    await untilDone(opened, view.body.id)
    expect((await ask(atEqualStyle)).body.standings).toMatchObject({
      styles: [{ style: 'length' }, { style: 'headers' }, { style: 'lists' }, { style: 'bold' }],
    })
    expect(standings.body.standings).not.toHaveProperty('styles')
    expect((await ask(`/campaigns/${campaignId}/standings?control=hats`)).status).toBe(400)
    const gate = await ask('/gate?candidate=a&baseline=b&sources=human,adjudicator&anytime=true')
    expect(gate.body).toMatchObject({ prompts: 12, sources: ['human', 'adjudicator'] })
  })

  it('makes a dataset, changes it, and hears what does not fit', async () => {
    const pairs = { name: 'Pairs', campaigns: [campaignId], target: 'trl-preference' }
    const made = await ask('/datasets', { body: { ...pairs, policy: { minimum_raters: 2 } } })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      campaigns: [campaignId],
      container: null,
      policy: { minimum_raters: 2, splits: { test: 0, deal: 'hash' } },
      schedule: null,
      due_at: null,
    })
    datasetId = String(made.body.id)
    const weekly = { ...pairs, name: 'Weekly', schedule: 'weekly', container: 'parquet' }
    const other = await ask('/datasets', { body: weekly })
    expect(other.body).toMatchObject({ schedule: 'weekly', due_at: expect.any(String) })
    const renamed = { ...pairs, name: 'All pairs', description: 'For DPO.', container: 'jsonl' }
    const changed = await ask(`/datasets/${datasetId}`, { body: renamed })
    expect(changed.body).toMatchObject({ id: datasetId, policy: { minimum_raters: 1 } })
    const read = await ask(`/datasets/${datasetId}`)
    expect(read.body).toEqual(changed.body)
    const listed = await readAll<{ name: string }>(opened.api, `${here}/datasets`, 1)
    expect(listed.map(({ name }) => name)).toEqual(['All pairs', 'Weekly'])
    for (const [change, field] of [
      [{ campaigns: [campaignId, 'none'] }, 'campaigns'],
      [{ container: 'json' }, 'container'],
      [{ policy: { minimum_rater: 2 } }, 'policy.minimum_rater'],
      [{ policy: { splits: { tests: 0.1 } } }, 'policy.splits.tests'],
      [{ target: 'pdf' }, 'target'],
      [{ colour: 'red' }, 'colour'],
    ] as const) {
      for (const path of ['/datasets', `/datasets/${datasetId}`]) {
        const { status, body } = await ask(path, { body: { ...renamed, name: 'N', ...change } })
        expect([status, body.errors], field).toMatchObject([400, [{ field }]])
      }
    }
    expect((await ask('/datasets', { body: renamed })).status).toBe(409)
    const taken = { body: { ...renamed, name: 'Weekly' } }
    expect((await ask(`/datasets/${datasetId}`, taken)).status).toBe(409)
    expect((await ask(`/datasets/${datasetId}`)).body).toEqual(changed.body)
  })

  it('has it frozen, follows the job, and reads manifest and rows', async () => {
    const path = `/datasets/${datasetId}/snapshots`
    const asked = await ask(`${path}?description=For%20January.`, { method: 'POST' })
    expect(asked).toMatchObject({ status: 202, body: { number: 1 } })
    const here1 = `${path}/${asked.body.snapshot}`
    await untilDone(opened, asked.body.job)
    const { body } = await ask(here1)
    expect(body).toMatchObject({
      status: 'ready',
      rows: 11,
      description: 'For January.',
      manifest: {
        target: 'trl-preference',
        policy: { minimum_raters: 1 },
        campaigns: [{ name: 'Round 1', is_simulated: false }],
        judgments_by_source: { human: 24 },
        dropped: { split: 1 },
        files: [{ path: 'preference/train.jsonl', rows: 11 }],
        sha256: body.sha256,
      },
    })
    const rows = await readAll<{ id: string; raters: string[] }>(
      opened.api,
      `${here}${here1}/rows`,
      4,
    )
    const ids = rows.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort())
    expect(rows).toHaveLength(11)
    expect(rows[0]).toMatchObject({
      config: 'preference',
      split: 'train',
      tasks: [expect.any(String)],
    })
  })

  it('compares two snapshots, and says of each what it is', async () => {
    const path = `/datasets/${datasetId}/snapshots`
    const recipe = { name: 'All pairs', campaigns: [campaignId], target: 'trl-preference' }
    const policy = { splits: { test: 0.5 } }
    await ask(`/datasets/${datasetId}`, { body: { ...recipe, policy } })
    const second = await ask(path, { method: 'POST' })
    await untilDone(opened, second.body.job)
    const listed = await readAll<{ id: string; number: number }>(opened.api, here + path, 1)
    expect(listed.map(({ number }) => number)).toEqual([1, 2])
    const [one, two] = listed.map(({ id }) => id)
    const difference = await ask(`${path}/${one}/diff/${two}`)
    const { counts, same, first } = difference.body as {
      counts: { split: number }
      same: number
      first: unknown[]
    }
    expect(counts).toMatchObject({ added: 0, removed: 0, content: 0 })
    expect(counts.split).toBeGreaterThan(0)
    expect([same + counts.split, first.length]).toEqual([11, counts.split])
    expect(first[0]).toMatchObject({
      changes: ['split'],
      before: { split: 'train' },
      after: { split: 'test' },
    })
    const link = await ask(`${path}/${one}/link?path=preference/train.jsonl&minutes=5`)
    const inFiveMinutes = Date.now() + 5 * 60_000
    const ends = Date.parse(String(link.body.expires_at))
    expect(Math.abs(ends - inFiveMinutes)).toBeLessThan(60_000)
    const followed = await fetch(String(link.body.url))
    expect((await followed.text()).trim().split('\n')).toHaveLength(11)
    const refused = await ask(`${path}/${one}/link?minutes=10081`)
    expect(refused.body.errors).toMatchObject([{ field: 'minutes' }])
    expect((await ask(`${path}/${one}/link?path=nowhere`)).status).toBe(404)
    const tell = (verb: string, body?: object) =>
      ask(`${path}/${one}/${verb}`, { method: 'POST', ...(body ? { body } : {}) })
    const described = await tell('describe', { description: 'The first.' })
    expect(described.body).toMatchObject({ description: 'The first.', deprecated_at: null })
    const deprecated = await tell('deprecate', { reason: 'Superseded.' })
    expect(deprecated.body).toMatchObject({
      deprecated_reason: 'Superseded.',
      deprecated_at: expect.any(String),
    })
    expect((await tell('restore')).body).toMatchObject({
      description: 'The first.',
      deprecated_reason: null,
      deprecated_at: null,
    })
    expect((await tell('deprecate', { reason: ' ' })).status).toBe(400)
    const said = await opened.db.read
      .selectFrom('audit')
      .select(['action', 'actor'])
      .where('subject', '=', String(one))
      .orderBy('id')
      .execute()
    expect(said.map(({ action }) => action)).toEqual([
      'snapshot asked for',
      'snapshot link made',
      'snapshot described',
      'snapshot deprecated',
      'snapshot no longer deprecated',
    ])
    expect(said.every(({ actor }) => actor.startsWith('token '))).toBe(true)
  })

  it('finds a snapshot only in its own dataset, and reads it only once it is ready', async () => {
    const [, other] = await readAll<{ id: string }>(opened.api, `${here}/datasets`, 9)
    const [one] = await readAll<{ id: string }>(
      opened.api,
      `${here}/datasets/${datasetId}/snapshots`,
      9,
    )
    expect((await ask(`/datasets/${other?.id}/snapshots/${one?.id}`)).status).toBe(404)
    const waiting = `/datasets/${datasetId}/snapshots/${one?.id}`
    await opened.db.write
      .updateTable('snapshot')
      .set({ status: 'queued' })
      .where('id', '=', String(one?.id))
      .execute()
    expect((await ask(`${waiting}/rows`)).status).toBe(409)
    expect((await ask(`${waiting}/diff/${one?.id}`)).status).toBe(409)
    expect((await ask(`/datasets/${datasetId}/snapshots?after=eHg`)).status).toBe(400)
  })

  it('never sees what the project removes from texts', async () => {
    const redaction = { kinds: ['email'] }
    await inTransaction(opened.db, (trx) => saveRedaction(trx, opened.project.id, redaction))
    const { body, text } = await ask('/prompts?tag=mail')
    expect(text).not.toContain('ana@acme.io')
    const [prompt] = body.items as { id: string }[]
    const one = await ask(`/prompts/${prompt?.id}`)
    expect(one.text).not.toContain('ana@acme.io')
    expect(one.text).toContain('[e-mail removed] is here.')
    const judgments = await ask(`/campaigns/${campaignId}/judgments`)
    expect(judgments.text).toContain('I wrote to [e-mail removed].')
    expect(judgments.text).not.toContain('ana@acme.io')
    for (const { id } of judgments.body.items as { id: string }[]) {
      expect((await ask(`/judgments/${id}`)).text).not.toContain('ana@acme.io')
    }
  })

  it('is told nowhere who its raters are, nor anything of tokens and passwords', async () => {
    const people = await opened.db.read.selectFrom('person').selectAll().execute()
    const raters = await opened.db.read.selectFrom('rater').selectAll().execute()
    const tokens = await opened.db.read.selectFrom('api_token').selectAll().execute()
    const secrets = [
      ...people.flatMap(({ id, email, name }) => [id, email, name]),
      ...people.flatMap(({ password_hash }) => password_hash ?? []),
      ...raters.map(({ id }) => id),
      ...tokens.flatMap(({ id, token_hash }) => [id, token_hash]),
    ].filter((secret) => secret.length > 4)
    expect(secrets.length).toBeGreaterThan(20)
    expect(told.length).toBeGreaterThan(40)
    const all = told.join('\n')
    expect(secrets.filter((secret) => all.includes(secret))).toEqual([])
  })

  it('has done everything that there is', () => {
    const missed = operations.filter(({ id }) => !opened.api.exercised.has(id))
    expect(missed.map(({ id }) => id)).toEqual([])
  })
})
