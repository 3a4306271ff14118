import { type ActionFunctionArgs, data, type LoaderFunctionArgs, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { insertAudit } from '#app/access/audit.server.ts'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { insertDataset, listDatasets } from '#app/export/datasets.server.ts'
import { newDatasetSchema } from '#app/export/recipe.ts'
import { askForSnapshot } from '#app/export/snapshots.server.ts'
import { checkForm, readFields, withoutSecrets } from '#app/http/forms.server.ts'
import { requireRole } from '#app/http/guards.server.ts'
import { SelectField, TextField } from '#app/ui/field.tsx'
import { EmptyState } from '#app/ui/notice.tsx'
import { PageHead } from '#app/ui/page.tsx'
import { titled } from '#app/ui/title.ts'
import { inTransaction } from '#db/open.ts'

export const meta = () => titled('Export')

export async function loader(args: LoaderFunctionArgs) {
  const { project } = await requireRole(args, 'export')
  const { read } = args.context.db
  const campaigns = await listCampaigns(read, project.id)
  return {
    slug: project.slug,
    datasets: await listDatasets(read, project.id),
    campaigns: campaigns.map(({ id, name, kind }) => ({ id, name, kind })),
    chosen: new URL(args.request.url).searchParams.get('campaign') ?? '',
  }
}

export async function action(args: ActionFunctionArgs) {
  const { project, person } = await requireRole(args, 'export')
  const { db, now } = args.context
  const fields = await readFields(args.request)
  const policy = { minimumRaters: Number(fields.minimumRaters) || 1 }
  const form = checkForm(
    newDatasetSchema,
    { ...fields, campaignIds: [fields.campaignId ?? ''], policy },
    fields,
  )
  if (!form.ok) return data(form, { status: 400 })
  const known = await listCampaigns(db.read, project.id)
  if (!form.data.campaignIds.every((id) => known.some((campaign) => campaign.id === id))) {
    const errors = { campaignId: 'choose a campaign' }
    return data({ ok: false as const, errors, values: withoutSecrets(fields) }, { status: 400 })
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
    return data({ ok: false as const, errors, values: withoutSecrets(fields) }, { status: 400 })
  }
  return redirect(`/p/${project.slug}/export/${datasetId}`)
}

const targetOptions = [
  { value: 'trl-preference', label: 'Preference pairs: TRL conversational (DPO, reward)' },
  { value: 'trl-sft', label: 'Best responses: TRL messages (SFT)' },
  { value: 'raw', label: 'Raw judgments: Rubrica JSONL, without loss' },
]

export default function Datasets() {
  const { slug, datasets, campaigns, chosen } = useLoaderData<typeof loader>()
  const problem = useActionData<typeof action>()
  const values: Record<string, string> = problem?.values ?? {}
  const errors: Record<string, string> = problem?.errors ?? {}
  return (
    <>
      <PageHead title="Datasets">
        A dataset is a recipe; each snapshot of it is frozen under a hash of its rows.
      </PageHead>
      {campaigns.length === 0 ? (
        <EmptyState
          title="Nothing to export yet"
          action={
            <Link to={`/p/${slug}/assign/new`} className="btn btn-primary">
              New campaign
            </Link>
          }
        >
          Datasets are made from the judgments of a campaign.
        </EmptyState>
      ) : (
        <div className="grid items-start gap-4.5 lg:grid-cols-[380px_minmax(0,1fr)]">
          <Form method="post" className="card grid gap-4" noValidate>
            <h2>New dataset</h2>
            <TextField label="Name" name="name" defaultValue={values.name} error={errors.name} />
            <SelectField
              label="Campaign"
              name="campaignId"
              defaultValue={values.campaignId ?? chosen}
              error={errors.campaignId}
              options={campaigns.map(({ id, name, kind }) => ({
                value: id,
                label: `${name} (${kind})`,
              }))}
            />
            <SelectField
              label="Target"
              name="target"
              defaultValue={values.target ?? 'trl-preference'}
              error={errors.target}
              options={targetOptions}
            />
            <TextField
              label="Raters at least"
              name="minimumRaters"
              type="number"
              min={1}
              defaultValue={values.minimumRaters ?? '1'}
              hint="The verdict of a pair is what more than half of its raters said. Ties and both bad give no row."
              error={errors['policy.minimumRaters']}
            />
            <button type="submit" className="btn btn-primary justify-self-start">
              Create snapshot
            </button>
          </Form>
          <section className="card">
            <h2 className="mb-2">Datasets so far</h2>
            {datasets.length === 0 ? (
              <p className="text-ink-2">None yet.</p>
            ) : (
              <table className="data-table">
                <thead>
                  <tr>
                    <th scope="col">Dataset</th>
                    <th scope="col">Target</th>
                    <th scope="col" className="num">
                      Snapshots
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {datasets.map((dataset) => (
                    <tr key={dataset.id}>
                      <td>
                        <Link
                          to={`/p/${slug}/export/${dataset.id}`}
                          className="font-semibold hover:underline"
                        >
                          {dataset.name}
                        </Link>
                      </td>
                      <td>{dataset.target}</td>
                      <td className="num">{dataset.snapshots}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
        </div>
      )}
    </>
  )
}
