import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { useState } from 'react'
import { insertAudit } from '#app/access/audit.server.ts'
import { listMembers } from '#app/access/members.server.ts'
import { newCampaignSchema } from '#app/assign/campaign.ts'
import { changeStatus, insertCampaign } from '#app/assign/campaigns.server.ts'
import { RubricEditor } from '#app/assign/rubric-editor.tsx'
import { checkForm, readFields, withoutSecrets } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { FindingsNotice } from '#app/import/prompt-findings-notice.tsx'
import { listTags, projectCounts } from '#app/import/prompts.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { ChipChoices, SelectField, TextArea, TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { Swatch } from '#app/ui/swatch.tsx'
import { titled } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = () => titled('New campaign')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'assign')
  const { slowReads } = args.context
  const { read } = args.context.db
  const { findings, unprepared } = await slowReads.promptFacets(project.id)
  const members = await listMembers(read, project.id)
  return {
    slug: project.slug,
    models: await listModels(read, project.id),
    tags: await listTags(read, project.id),
    prompts: (await projectCounts(read, project.id)).prompts,
    findings,
    unprepared,
    removed: (await findRedaction(read, project.id)).kinds,
    annotators: members
      .filter((member) => member.roles.includes('annotator'))
      .map(({ id, name }) => ({ id, name })),
  }
}

const lines = (text: string | undefined) => (text ?? '').split('\n').filter((line) => line !== '')

function toCampaign(fields: Record<string, string>) {
  const raters = lines(fields.raters)
  return {
    name: fields.name,
    kind: fields.kind,
    overlap: fields.overlap,
    guidelines: fields.guidelines,
    points: fields.points,
    criteria: fields.kind === 'rubric' ? parsedCriteria(fields.criteria) : [],
    settings: {
      modelIds: lines(fields.models),
      tags: lines(fields.tags),
      pairsAPrompt: fields.pairs ? Number(fields.pairs) : null,
      raterIds: raters.length > 0 ? raters : null,
      bothBad: fields.bothBad === 'on',
      cantJudge: fields.cantJudge === 'on',
      comment: fields.comment === 'on',
      reasons: (fields.reasons ?? '')
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    },
  }
}

function parsedCriteria(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '[]')
  } catch {
    return []
  }
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const fields = await readFields(args.request)
  const form = checkForm(newCampaignSchema, toCampaign(fields), fields)
  if (!form.ok) return data(form, { status: 400 })
  const campaignId = await inTransaction(db, async (trx) => {
    const made = { projectId: project.id, campaign: form.data, createdBy: person.id, now: now() }
    const id = await insertCampaign(trx, { ...made, isSimulated: false })
    if (id === undefined) return undefined
    if (fields.intent === 'open') {
      await changeStatus(trx, { projectId: project.id, campaignId: id, to: 'open', now: now() })
    }
    const audit = { projectId: project.id, actor: person.id, subject: id, now: now() }
    await insertAudit(trx, { ...audit, action: 'campaign made', detail: { name: form.data.name } })
    return id
  })
  if (campaignId === undefined) {
    const errors = { name: 'the project has a campaign of this name' }
    return data({ ok: false as const, errors, values: withoutSecrets(fields) }, { status: 400 })
  }
  return redirect(`/p/${project.slug}/assign/${campaignId}`)
}

export default function NewCampaignPage() {
  const { slug, models, tags, annotators, prompts, ...found } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const values: Record<string, string> = problem?.values ?? {}
  const errors: Record<string, string> = problem?.errors ?? {}
  const [kind, setKind] = useState(values.kind ?? 'pairwise')
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/assign`} className="link">
            Assign
          </Link>
        }
        title="New campaign"
      />
      {prompts === 0 ? (
        <Notice tone="warning">
          There are no prompts yet; a campaign made now would have no tasks.
        </Notice>
      ) : null}
      <FindingsNotice slug={slug} {...found} />
      {problem ? <Notice tone="danger">Something is missing; see below.</Notice> : null}
      <Form method="post" className="grid max-w-[860px] gap-5" noValidate>
        <section className="card grid gap-4">
          <h2>What is asked</h2>
          <TextField label="Name" name="name" defaultValue={values.name} error={errors.name} />
          <SelectField
            label="Kind"
            name="kind"
            value={kind}
            onChange={(event) => setKind(event.currentTarget.value)}
            options={[
              { value: 'pairwise', label: 'Pairwise: which of two responses is better' },
              { value: 'rubric', label: 'Rubric: score each response on criteria' },
            ]}
          />
          {kind === 'pairwise' ? (
            <>
              <SelectField
                label="Scale"
                name="points"
                defaultValue={values.points ?? '5'}
                options={[
                  { value: '2', label: 'two points: one or the other' },
                  { value: '3', label: 'three points: with a tie' },
                  { value: '5', label: 'five points: much better, better, about the same' },
                  { value: '7', label: 'seven points' },
                ]}
              />
              <div className="flex flex-wrap gap-x-6 gap-y-2 text-sm">
                <label className="flex items-center gap-2">
                  <input type="checkbox" name="bothBad" defaultChecked className="accent-act" />{' '}
                  Offer “both bad”
                </label>
                <label className="flex items-center gap-2">
                  <input type="checkbox" name="cantJudge" defaultChecked className="accent-act" />{' '}
                  Offer “can’t judge”
                </label>
              </div>
            </>
          ) : (
            <RubricEditor name="criteria" error={errors.criteria} />
          )}
          <label className="flex items-center gap-2 text-sm">
            <input type="checkbox" name="comment" defaultChecked className="accent-act" /> Offer a
            comment
          </label>
          <TextField
            label="Reasons to choose from"
            name="reasons"
            defaultValue={values.reasons}
            placeholder="More correct, More complete, Clearer"
            hint="Separated by commas; shown as chips."
          />
          <TextArea
            label="Guidelines"
            name="guidelines"
            rows={6}
            defaultValue={values.guidelines}
            hint="Markdown. Raters open them with G; each judgment notes the version it was given under."
          />
        </section>
        <section className="card grid gap-4">
          <h2>What meets what</h2>
          <ChipChoices
            legend="Models (all when none is chosen)"
            name="models"
            chosen={lines(values.models)}
            options={models.map((model) => ({
              value: model.id,
              label: (
                <span>
                  <Swatch place={model.color} />
                  {model.label}
                </span>
              ),
            }))}
          />
          {tags.length > 0 ? (
            <ChipChoices
              legend="Prompts with one of these tags (all when none is chosen)"
              name="tags"
              chosen={lines(values.tags)}
              options={tags.map(({ tag, prompts: count }) => ({
                value: tag,
                label: `${tag} ${count}`,
              }))}
            />
          ) : null}
          {kind === 'pairwise' ? (
            <TextField
              label="Pairs a prompt gives at most"
              name="pairs"
              type="number"
              min={1}
              defaultValue={values.pairs}
              hint="Empty for all pairs. With a limit, prompts take turns so that every pair of models meets equally often."
              error={errors['settings.pairsAPrompt']}
            />
          ) : null}
        </section>
        <section className="card grid gap-4">
          <h2>Who judges</h2>
          <TextField
            label="Overlap"
            name="overlap"
            type="number"
            min={1}
            defaultValue={values.overlap ?? '2'}
            hint="How many raters judge each task. Two or more let you measure agreement."
            error={errors.overlap}
          />
          {annotators.length > 0 ? (
            <ChipChoices
              legend="Raters (every annotator of the project when none is chosen)"
              name="raters"
              chosen={lines(values.raters)}
              options={annotators.map(({ id, name }) => ({ value: id, label: name }))}
            />
          ) : (
            <p className="text-sm text-ink-2">
              No annotators yet. Everybody with that role will be able to work here.
            </p>
          )}
        </section>
        <div className="flex flex-wrap gap-3">
          <button type="submit" name="intent" value="open" className="btn btn-primary">
            Make and open
          </button>
          <button type="submit" name="intent" value="draft" className="btn">
            Keep as a draft
          </button>
        </div>
      </Form>
    </>
  )
}
