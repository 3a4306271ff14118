import { beforeAll, expect, it } from 'vitest'
import {
  campaignSettingsSchema,
  type NewCriterion,
  newCampaignSchema,
  overallPreference,
} from '#app/assign/campaign.ts'
import { findCampaignExtent } from '#app/assign/campaign-estimate.server.ts'
import { planOf } from '#app/assign/campaign-estimate.ts'
import { changeStatus } from '#app/assign/campaign-life.server.ts'
import {
  findCampaignState,
  listCampaignsWithProgress,
} from '#app/assign/campaign-overview.server.ts'
import { findCampaign, insertCampaign } from '#app/assign/campaigns.server.ts'
import { changeCampaign } from '#app/assign/change-campaign.server.ts'
import { campaignToClone } from '#app/assign/clone-campaign.server.ts'
import { draftToEdit, replaceDraft } from '#app/assign/edit-draft.server.ts'
import { listGuidelines } from '#app/assign/guidelines.server.ts'
import { newId } from '#app/base/ids.ts'
import { must } from '#app/base/must.ts'
import { readProfile } from '#app/projects/rater-profile.ts'
import { changeRaterProfile, listRaterProfiles } from '#app/projects/raters.server.ts'
import { inTransaction } from '#db/open.ts'
import { describeEachDialect, type TestDatabase } from '#tests/support/database.ts'
import {
  importFiles,
  makePerson,
  makeProject,
  openCampaign,
  promptLines,
} from '#tests/support/project.ts'

describeEachDialect('A campaign that is planned and looked after', (open) => {
  let test: TestDatabase
  let projectId = ''
  const now = Date.now()
  const models = ['atlas', 'nova', 'orion']

  beforeAll(async () => {
    test = await open()
    projectId = (await makeProject(test.db)).id
    await importFiles(test, projectId, { 'all.jsonl': promptLines(10, models) })
  })

  const extentOf = (
    kind: 'pairwise' | 'rubric' | 'ranking',
    settings: object = {},
    overlap = 2,
  ) => {
    const parsed = campaignSettingsSchema.parse(settings)
    return findCampaignExtent(test.db.read, { projectId, kind, settings: parsed }).then(
      (extent) => ({
        extent,
        plan: planOf(extent, { kind, criteria: [overallPreference()], overlap, settings: parsed }),
      }),
    )
  }
  const modelId = async (label: string) =>
    (
      await test.db.read
        .selectFrom('model')
        .select('id')
        .where('project_id', '=', projectId)
        .where('label', '=', label)
        .executeTakeFirstOrThrow()
    ).id

  it('is counted exactly as its tasks would be made', async () => {
    const all = await extentOf('pairwise')
    expect(all.extent).toMatchObject({
      prompts: 10,
      tasks: 30,
      models: 3,
      pairs: 3,
      isSampled: false,
    })
    expect(all.plan.judgments).toEqual({ least: 60, most: 60 })
    const campaignId = await openCampaign(test.db, projectId, { name: 'All pairs' })
    const { progress } = await findCampaignState(test.db.read, { projectId, campaignId, now })
    expect(progress).toMatchObject({ tasks: 30, wanted: 60 })

    expect((await extentOf('pairwise', { tags: ['even'] })).extent).toMatchObject({ tasks: 15 })
    expect((await extentOf('pairwise', { pairsAPrompt: 1 })).extent).toMatchObject({ tasks: 10 })
    const baseline = { pairing: { kind: 'baseline', modelId: await modelId('atlas') } }
    expect((await extentOf('pairwise', baseline)).extent).toMatchObject({ tasks: 20, pairs: 2 })
    const two = { modelIds: [await modelId('atlas'), await modelId('nova')] }
    expect((await extentOf('pairwise', two)).extent).toMatchObject({
      tasks: 10,
      models: 2,
      pairs: 1,
    })
    expect((await extentOf('rubric')).extent).toMatchObject({ tasks: 30, models: 3 })
    expect((await extentOf('ranking')).extent).toMatchObject({ tasks: 10 })
    expect((await extentOf('pairwise', { tags: ['none such'] })).extent).toMatchObject({
      prompts: 0,
      tasks: 0,
    })
  })

  it('is assumed to take longer the more is asked, as long as no times are known', async () => {
    const { extent } = await extentOf('pairwise')
    const settings = campaignSettingsSchema.parse({})
    const first = overallPreference()
    const secondsOf = (...others: NewCriterion['definition'][]) =>
      planOf(extent, {
        kind: 'pairwise',
        criteria: [first, ...others.map((definition) => ({ ...first, definition }))],
        overlap: 1,
        settings,
      }).secondsEach
    expect(secondsOf(first.definition)).toBeGreaterThan(secondsOf())
    expect(secondsOf({ kind: 'text' })).toBeGreaterThan(secondsOf(first.definition))
  })

  it('says what a budget leaves and what adaptive overlap may add', async () => {
    const bounded = await extentOf('pairwise', { budget: 25 })
    expect(bounded.plan).toMatchObject({
      judgments: { least: 25, most: 25 },
      isBudgetReached: true,
    })
    const adaptive = await extentOf('pairwise', { adaptiveOverlap: { most: 5, confidence: 0.9 } })
    expect(adaptive.plan.judgments).toEqual({ least: 60, most: 150 })
    // One pair: 20 judgments, two a prompt, so a design effect of 1.5.
    expect(adaptive.plan.precision?.ofPair).toBeCloseTo(1.96 * Math.sqrt((0.25 * 1.5) / 20), 3)
    const empty = await extentOf('pairwise', { tags: ['none such'] })
    expect(empty.plan.precision).toBeNull()
  })

  it('is listed with how far it is', async () => {
    const [listed] = await listCampaignsWithProgress(test.db.read, projectId)
    expect(listed).toMatchObject({ name: 'All pairs', judged: 0, wanted: 60, deadlineAt: null })
  })

  it('is cloned with everything it asks, under a free name', async () => {
    const campaignId = await openCampaign(test.db, projectId, {
      name: 'Original',
      kind: 'rubric',
      overlap: 3,
      guidelines: 'Read twice.',
      settings: { tags: ['odd'], reasons: ['Vague'], deadlineAt: now - 1 },
    })
    const found = must(await findCampaign(test.db.read, projectId, campaignId), 'the campaign')
    const asked = { projectId, campaignId, now }
    const clone = must(await campaignToClone(test.db.read, asked), 'the clone')
    expect(clone).toMatchObject({
      from: 'Original',
      campaign: {
        name: 'Original (copy)',
        kind: 'rubric',
        overlap: 3,
        guidelines: 'Read twice.',
        criteria: [{ title: 'Quality', isRequired: true }],
        settings: { ...found.settings, deadlineAt: null },
      },
    })
    await inTransaction(test.db, (trx) =>
      insertCampaign(trx, { projectId, campaign: clone.campaign, createdBy: 'test', now }),
    )
    expect((await campaignToClone(test.db.read, asked))?.campaign.name).toBe('Original (copy 2)')
    const elsewhere = { ...asked, projectId: (await makeProject(test.db, 'Other')).id }
    expect(await campaignToClone(test.db.read, elsewhere)).toBeUndefined()
  })

  it('takes questions whose titles look alike, or have no Latin letter', async () => {
    const yesNo = { kind: 'choice', options: ['Yes', 'No'] }
    const titles = ['Helpful?', 'Helpful!', 'Helpful 2', '有帮助吗', '正确吗']
    await expect(
      openCampaign(test.db, projectId, {
        name: 'Alike',
        kind: 'rubric',
        criteria: titles.map((title) => ({ title, definition: yesNo })),
      }),
    ).resolves.toBeTruthy()
  })

  const change = (campaignId: string, asked: Parameters<typeof changeCampaign>[1]['change']) =>
    inTransaction(test.db, (trx) =>
      changeCampaign(trx, { projectId, campaignId, change: asked, actor: 'lead', now }),
    )
  const auditOf = (subject: string) =>
    test.db.read
      .selectFrom('audit')
      .select(['action', 'detail'])
      .where('project_id', '=', projectId)
      .where('subject', '=', subject)
      .orderBy('id')
      .execute()

  it('gets new guidelines as a version, and never over somebody else’s', async () => {
    const campaignId = await openCampaign(test.db, projectId, {
      name: 'Guided',
      guidelines: 'One.',
    })
    const write = (text: string, baseVersion: number) =>
      change(campaignId, { kind: 'guidelines', text, baseVersion })
    expect(await write('Two.', 1)).toMatchObject({ ok: true })
    expect(await write('Two, by another.', 1)).toMatchObject({
      ok: false,
      reason: expect.stringContaining('Version 2 was saved meanwhile'),
    })
    expect(await write('Two.', 2)).toEqual({ ok: false, reason: 'Nothing was changed.' })
    const versions = await listGuidelines(test.db.read, projectId, campaignId)
    expect(versions.map(({ version, text }) => [version, text])).toEqual([
      [2, 'Two.'],
      [1, 'One.'],
    ])
    expect((await auditOf(campaignId)).map(({ action }) => action)).toEqual([
      'campaign guidelines changed',
    ])
  })

  it('notes in the audit log what was changed and why, and nothing where it was refused', async () => {
    const campaignId = await openCampaign(test.db, projectId, { name: 'Watched' })
    await change(campaignId, { kind: 'overlap', overlap: 3, reason: 'raters disagree' })
    await change(campaignId, { kind: 'limits', budget: 500, mostPerRater: 40, reason: 'money' })
    await change(campaignId, { kind: 'status', to: 'paused', reason: 'holiday' })
    expect(await change(campaignId, { kind: 'status', to: 'paused', reason: '' })).toMatchObject({
      ok: false,
    })
    const found = must(await findCampaign(test.db.read, projectId, campaignId), 'the campaign')
    expect(found).toMatchObject({ status: 'paused', overlap: 3 })
    expect(found.settings).toMatchObject({ budget: 500, mostPerRater: 40, deadlineAt: null })
    const audit = await auditOf(campaignId)
    expect(audit.map(({ action, detail }) => [action, JSON.parse(detail).reason])).toEqual([
      ['campaign overlap changed', 'raters disagree'],
      ['campaign limits changed', 'money'],
      ['campaign paused', 'holiday'],
    ])
  })

  it('knows the groups and languages of an annotator who never rated', async () => {
    const { personId } = await makePerson(test.db, { projectId, roles: ['annotator'] })
    const read = readProfile({ groups: 'experts,  night  shift, experts', languages: 'EN; pt' })
    expect(read).toEqual({
      ok: true,
      groups: ['experts', 'night shift'],
      languages: ['en', 'pt'],
    })
    if (!read.ok) return
    await inTransaction(test.db, (trx) =>
      changeRaterProfile(trx, { projectId, personId, now, ...read }),
    )
    const profiles = await listRaterProfiles(test.db.read, projectId)
    expect(profiles.find((profile) => profile.personId === personId)).toMatchObject({
      groups: ['experts', 'night shift'],
      languages: ['en', 'pt'],
    })
    expect(readProfile({ groups: '', languages: 'english' })).toMatchObject({
      ok: false,
      error: expect.stringContaining('“english” is no language code'),
    })
  })

  it('lets a draft be changed until it is opened, and its questions while no task asks them', async () => {
    const { db } = test
    const scope = { projectId, now }
    const campaign = (change: object) =>
      newCampaignSchema.parse({
        name: 'Drafted',
        kind: 'pairwise',
        overlap: 1,
        guidelines: 'Read both.',
        criteria: [overallPreference()],
        settings: {},
        ...change,
      })
    const draft = async (change: object) =>
      inTransaction(db, (trx) =>
        replaceDraft(trx, { ...scope, campaignId, campaign: campaign(change), actor: 'lead' }),
      )
    const made = { ...scope, createdBy: 'lead', campaign: campaign({}) }
    const campaignId = must(await inTransaction(db, (trx) => insertCampaign(trx, made)), 'a draft')
    const asked = () => draftToEdit(db.read, { projectId, campaignId })
    expect(await asked()).toEqual(campaign({}))

    const other = campaign({ name: 'Taken' })
    await inTransaction(db, (trx) => insertCampaign(trx, { ...made, campaign: other }))
    expect(await draft({ name: 'Taken' })).toMatchObject({ ok: false })
    expect(await asked()).toEqual(campaign({}))

    const scale = { kind: 'scale', points: [1, 2].map((value) => ({ value, label: `${value}` })) }
    const scored = {
      name: 'Scored',
      kind: 'rubric',
      overlap: 3,
      guidelines: 'Read it twice.',
      criteria: [{ title: 'How good?', definition: scale }],
    }
    expect(await draft(scored)).toEqual({ ok: true })
    expect(await asked()).toEqual(campaign(scored))
    expect(await listGuidelines(db.read, projectId, campaignId)).toHaveLength(2)

    const prompt = await db.read.selectFrom('prompt').select('id').executeTakeFirstOrThrow()
    const gold = {
      project_id: projectId,
      id: newId(),
      campaign_id: campaignId,
      prompt_id: prompt.id,
      fingerprint: 'gold',
      purpose: 'gold' as const,
      repeat_of: null,
      needed: 0,
      priority: 0,
      selection_probability: null,
      decided: null,
      expected: '[]',
      doubt: null,
      withdrawn_at: null,
      withdrawn_reason: null,
      created_at: now,
    }
    await db.write.insertInto('task').values(gold).execute()
    const title = { ...scored, criteria: [{ title: 'How true?', definition: scale }] }
    expect(await draft(title)).toMatchObject({
      ok: false,
      errors: { 'criteria.0.title': expect.stringContaining('made for') },
    })
    expect(await draft({ ...scored, overlap: 2 })).toEqual({ ok: true })
    expect(await asked()).toEqual(campaign({ ...scored, overlap: 2 }))

    await inTransaction(db, (trx) => changeStatus(trx, { ...scope, campaignId, to: 'open' }))
    expect(await asked()).toBeUndefined()
    expect(await draft(scored)).toMatchObject({
      ok: false,
      errors: { name: expect.stringContaining('opened meanwhile') },
    })
  })
})
