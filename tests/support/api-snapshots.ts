/** Snapshots that are made through the API: judgments, a dataset of them, and its job awaited. */
import { type ApiProject, untilDone } from './api-project.ts'

const here = '/projects/support'

/** Sends prompts that two models answered and one rater judged, and gives their campaign. */
export async function sendJudged({ api, db }: ApiProject, prompts: number): Promise<string> {
  const lines = Array.from({ length: prompts }, (_, place) => [
    {
      id: `p${place}`,
      prompt: `Question ${place}?`,
      responses: ['x', 'y'].map((model) => ({ model, content: `${model} says ${place}.` })),
    },
    {
      prompt_id: `p${place}`,
      model_a: 'x',
      model_b: 'y',
      winner: place % 3 === 0 ? 'b' : 'a',
      rater: 'w',
      campaign: 'crowd',
    },
  ])
  const body = lines.flat().map((line) => JSON.stringify(line))
  const { status, text } = await api.ask(`${here}/records`, { body: body.join('\n') })
  if (status !== 200) throw new Error(`Not sent: ${text}`)
  const campaign = await db.read
    .selectFrom('campaign')
    .select('id')
    .where('name', '=', 'crowd')
    .executeTakeFirstOrThrow()
  return campaign.id
}

export interface MadeSnapshot {
  dataset: string
  snapshot: string
  /** Where the API has it, below the project. */
  path: string
}

/** Makes a dataset. */
export async function makeDataset({ api }: ApiProject, body: object): Promise<string> {
  const made = await api.ask(`${here}/datasets`, { body })
  if (made.status !== 201) throw new Error(`Not made: ${made.text}`)
  return String(made.body.id)
}

/** Has a dataset frozen and waits until it is. */
export async function freezeDataset(opened: ApiProject, dataset: string): Promise<MadeSnapshot> {
  const path = `${here}/datasets/${dataset}/snapshots`
  const { body } = await opened.api.ask(path, { method: 'POST' })
  await untilDone(opened, body.job)
  const snapshot = String(body.snapshot)
  return { dataset, snapshot, path: `${path}/${snapshot}` }
}
