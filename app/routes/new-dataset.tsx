import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Link, type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { DatasetBuilder } from '#app/export/dataset-builder.tsx'
import { datasetChoices } from '#app/export/dataset-choices.server.ts'
import { datasetOfFields, fieldsOfDataset } from '#app/export/dataset-form.ts'
import { datasetProblemIn, datasetSayIn } from '#app/export/dataset-words.ts'
import { insertDataset } from '#app/export/datasets.server.ts'
import { policySchema } from '#app/export/policy.ts'
import { newDatasetSchema } from '#app/export/recipe.ts'
import { askForSnapshot } from '#app/export/snapshots.server.ts'
import { checkForm, readFields } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { spoken } from '#app/http/spoken.server.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titledIn } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = titledIn((language) => datasetSayIn(language)('newDataset'))

/** What the rules keep is asked for with every change of the form; the choices stay as they are. */
export const shouldRevalidate: ShouldRevalidateFunction = ({
  formAction,
  defaultShouldRevalidate,
}) => (formAction?.endsWith('/preview') ? false : defaultShouldRevalidate)

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const choices = await datasetChoices(args.context.db.read, project.id)
  const wanted = new URL(args.request.url).searchParams.get('campaign')
  const chosen = choices.campaigns.filter(({ id }) => wanted === null || id === wanted)
  return spoken(args, {
    slug: project.slug,
    choices,
    fields: fieldsOfDataset({
      name: '',
      description: '',
      schedule: null,
      campaignIds: chosen.map(({ id }) => id),
      target: 'trl-preference',
      container: null,
      policy: policySchema.parse({}),
    }),
  })
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'export')
  const { db, now } = args.context
  const fields = await readFields(args.request)
  const form = checkForm(newDatasetSchema, datasetOfFields(fields), fields)
  if (!form.ok) return data(form, { status: 400 })
  const { campaigns } = await datasetChoices(db.read, project.id)
  if (!form.data.campaignIds.every((id) => campaigns.some((campaign) => campaign.id === id))) {
    const errors = { campaignIds: 'choose campaigns of this project' }
    return data({ ok: false as const, errors, values: fields }, { status: 400 })
  }
  const datasetId = await inTransaction(db, async (trx) => {
    const made = { projectId: project.id, createdBy: person.id, now: now() }
    const id = await insertDataset(trx, { ...made, dataset: form.data })
    if (id === undefined) return undefined
    await askForSnapshot(trx, { ...made, datasetId: id })
    const entry = { projectId: project.id, actor: person.id, subject: id, now: now() }
    await insertAudit(trx, { ...entry, action: 'dataset made', detail: { name: form.data.name } })
    return id
  })
  if (datasetId === undefined) {
    const errors = { name: 'the project has a dataset of this name' }
    return data({ ok: false as const, errors, values: fields }, { status: 400 })
  }
  return redirect(`/p/${project.slug}/export/${datasetId}`)
}

export default function NewDataset() {
  const { say, language } = useSaying(datasetSayIn)
  const { slug, choices, fields } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const errors: Record<string, string> = problem?.errors ?? {}
  return (
    <>
      <PageHead
        eyebrow={
          <Link to={`/p/${slug}/export`} className="link">
            {say('datasets')}
          </Link>
        }
        title={say('newDataset')}
      >
        {say('newIntro')}
      </PageHead>
      {problem ? (
        <Notice tone="danger">
          {say('nothingMade', {
            problems: Object.values(errors).map(datasetProblemIn(language)).join('; '),
          })}
        </Notice>
      ) : null}
      <DatasetBuilder
        fields={problem?.values ?? fields}
        errors={errors}
        choices={choices}
        previewHref={`/p/${slug}/export/preview`}
        actions={
          <button type="submit" className="btn btn-primary justify-self-start">
            {say('createSnapshot')}
          </button>
        }
      />
    </>
  )
}
