import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, useActionData, useLoaderData, useLocation } from '@remix-run/react'
import { listMembers } from '#app/access/members.server.ts'
import { CampaignBuilder } from '#app/assign/campaign-builder.tsx'
import type { CampaignFields } from '#app/assign/campaign-fields.ts'
import { emptyFields, fieldsFrom, fieldsOf } from '#app/assign/campaign-fields.ts'
import { readCampaign } from '#app/assign/campaign-form.ts'
import { changeStatus } from '#app/assign/campaign-life.server.ts'
import { beginningsIn, findTemplate, withTemplate } from '#app/assign/campaign-templates.ts'
import { campaignSayIn } from '#app/assign/campaign-words.ts'
import { campaignToClone } from '#app/assign/clone-campaign.server.ts'
import { draftToEdit } from '#app/assign/edit-draft.server.ts'
import { changeDraft, makeCampaign } from '#app/assign/keep-campaign.server.ts'
import { readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { notFound } from '#app/http/problems.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { FindingsNotice } from '#app/import/prompt-findings-notice.tsx'
import { projectCounts } from '#app/import/prompts.server.ts'
import { listModels } from '#app/projects/models.server.ts'
import { findRedaction } from '#app/projects/project-settings.server.ts'
import { countGroups } from '#app/projects/rater-profile.ts'
import { listRaterProfiles } from '#app/projects/raters.server.ts'
import { TaskPreview } from '#app/rate/task-preview.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { languageOf } from '#app/ui/languages.ts'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => campaignSayIn(language)('newCampaign'))

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'assign')
  const { slowReads, db, now } = args.context
  const { read } = db
  const search = new URL(args.request.url).searchParams
  const fromId = search.get('from')
  const cloned = fromId
    ? await campaignToClone(read, { projectId: project.id, campaignId: fromId, now: now() })
    : undefined
  const editedId = search.get('draft')
  const edited = editedId
    ? await draftToEdit(read, { projectId: project.id, campaignId: editedId })
    : undefined
  if ((fromId && !cloned) || (editedId && !edited)) throw notFound('campaign')
  const { tags, findings, unprepared } = await slowReads.promptFacets(project.id)
  const language = languageOf(args.request)
  const template = findTemplate(search.get('template'), language)
  const blank = emptyFields([beginningsIn(language).firstCriterion.pairwise])
  const members = await listMembers(read, project.id)
  return spoken(args, {
    slug: project.slug,
    clonedFrom: cloned?.from ?? null,
    edited: edited?.name ?? null,
    template: template?.id ?? null,
    initial: edited
      ? fieldsOf(edited)
      : cloned
        ? fieldsOf(cloned.campaign)
        : template
          ? withTemplate(blank, template)
          : blank,
    models: (await listModels(read, project.id)).map(({ id, label, color }) => ({
      id,
      label,
      color,
    })),
    tags,
    prompts: (await projectCounts(read, project.id)).prompts,
    findings,
    unprepared,
    removed: (await findRedaction(read, project.id)).kinds,
    annotators: members
      .filter((member) => member.roles.includes('annotator'))
      .map(({ id, name }) => ({ id, name })),
    groups: countGroups(await listRaterProfiles(read, project.id)),
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'assign')
  const { db, now } = args.context
  const sent = await readFields(args.request)
  const fields = fieldsFrom(sent)
  const refused = (errors: Record<string, string>) => data({ errors, fields }, { status: 400 })
  const read = readCampaign(fields, now())
  if (!read.ok) return refused(read.errors)
  const { campaign } = read
  const search = new URL(args.request.url).searchParams
  const draft = search.get('draft')
  const scope = { projectId: project.id, actor: person.id, now: now() }
  const saved = await inTransaction(db, async (trx) => {
    const kept = draft
      ? await changeDraft(trx, { ...scope, campaignId: draft, campaign })
      : await makeCampaign(trx, { ...scope, campaign, from: search.get('from') })
    if (!kept.ok) return kept
    const { campaignId } = kept
    if (sent.intent === 'open') await changeStatus(trx, { ...scope, campaignId, to: 'open' })
    return kept
  })
  if (!saved.ok) return refused(saved.errors)
  return redirect(`/p/${project.slug}/assign/${saved.campaignId}`)
}

const previewOf = ({ kind, criteria, reasons, ...fields }: CampaignFields) => (
  <TaskPreview
    kind={kind}
    criteria={criteria.map(({ key, ...criterion }) => ({ ...criterion, id: key, name: key }))}
    settings={{
      bothBad: fields.bothBad,
      cantJudge: fields.cantJudge,
      comment: fields.comment,
      reasons: reasons.split('\n').filter((reason) => reason.trim() !== ''),
    }}
  />
)

export default function NewCampaignPage() {
  const { say } = useSaying(campaignSayIn)
  const { slug, prompts, clonedFrom, edited, initial, findings, unprepared, removed, ...choices } =
    useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const { search } = useLocation()
  const keptAs = `campaign:${slug}${search}`
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/assign`} className="link">
            {say('assign')}
          </Link>
        }
        title={edited ? say('editNamed', { name: edited }) : say('newCampaign')}
      >
        {edited ? say('draftHint') : null}
        {clonedFrom ? say('filledFrom', { name: clonedFrom }) : null}
      </PageHead>
      {prompts === 0 ? <Notice tone="warning">{say('noPrompts')}</Notice> : null}
      <FindingsNotice slug={slug} findings={findings} unprepared={unprepared} removed={removed} />
      {problem ? (
        <Notice tone="danger">
          {say('notSaved', { count: Object.keys(problem.errors).length })}
        </Notice>
      ) : null}
      <CampaignBuilder
        {...choices}
        key={clonedFrom ?? edited ?? ''}
        isEdit={edited !== null}
        initial={problem?.fields ?? initial}
        errors={problem?.errors ?? noErrors}
        keptAs={keptAs}
        estimateHref={`/p/${slug}/assign/estimate`}
        preview={previewOf}
      />
    </>
  )
}

const noErrors = {}
