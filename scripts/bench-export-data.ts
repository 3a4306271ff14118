/** A million judgments in a database, by the shortest way there is. */
import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { drawNormal, seededRandom } from '#app/stats/seeded-random.ts'

export interface JudgedData {
  projectId: string
  campaignId: string
  criterionId: string
  prompts: number
  judgments: number
  /** Models, of which each prompt has two by chance; alpha and beta where absent. */
  models?: readonly string[]
}

const words =
  'the model answers what the person asked and says why it is so with a number or an example where one helps'.split(
    ' ',
  )
const raters = 50

const id = (kind: string, place: number) =>
  `${String(place).padStart(12, '0')}${kind}`.padEnd(22, '0')
const hexOf = (text: string) => createHash('sha256').update(text).digest('hex')

/** Two of the models; of two those, and nothing is drawn. */
function pairOf(models: readonly string[], random: () => number): readonly string[] {
  if (models.length === 2) return models
  const first = Math.floor(random() * models.length)
  const second = (first + 1 + Math.floor(random() * (models.length - 1))) % models.length
  return [models[first] ?? '', models[second] ?? '']
}

/** Prompts with two responses each, a task for each prompt, and raters who mostly agree. */
export function fillWithJudgments(
  file: string,
  {
    projectId,
    campaignId,
    criterionId,
    prompts,
    judgments,
    models = ['alpha', 'beta'],
  }: JudgedData,
): void {
  const database = new Database(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = OFF')
  database.pragma('foreign_keys = OFF')
  const random = seededRandom(7)
  const inserter = (table: string) => {
    const columns = database
      .prepare(`select name, type, "notnull" as needed from pragma_table_info('${table}')`)
      .all() as { name: string; type: string; needed: number }[]
    const names = columns.map(({ name }) => name)
    const statement = database.prepare(
      `insert into ${table} (${names.join(', ')}) values (${names.map((name) => `@${name}`).join(', ')})`,
    )
    const nothing = Object.fromEntries(
      columns.map(({ name, type, needed }) => [name, needed ? (type === 'text' ? '' : 0) : null]),
    )
    return (row: Record<string, unknown>) =>
      statement.run({ ...nothing, project_id: projectId, ...row })
  }
  const sentence = (length: number) =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ')
  const insertModel = inserter('model')
  for (const name of models) {
    insertModel({
      id: name,
      name,
      version: '',
      prompt_version: '',
      parameters: '{}',
      label: name,
      color: 0,
    })
  }
  const insertRater = inserter('rater')
  for (let rater = 0; rater < raters; rater++) {
    insertRater({
      id: id('rater', rater),
      kind: 'imported',
      pseudonym: `rater-${rater}`,
      name: `rater-${rater}`,
    })
  }
  const insert = {
    prompt: inserter('prompt'),
    response: inserter('response'),
    task: inserter('task'),
    taskResponse: inserter('task_response'),
    judgment: inserter('judgment'),
    score: inserter('judgment_score'),
  }
  let judged = 0
  database.exec('begin')
  for (let place = 0; place < prompts; place++) {
    const promptId = id('prompt', place)
    const taskId = id('task', place)
    const messages = JSON.stringify([{ role: 'user', content: `${sentence(40)} ${place}?` }])
    insert.prompt({
      id: promptId,
      fingerprint: hexOf(promptId),
      messages,
      preview: '',
      metadata: '{}',
      is_text_missing: 0,
      characters: messages.length,
      prepared_at: 0,
    })
    insert.task({
      id: taskId,
      campaign_id: campaignId,
      prompt_id: promptId,
      fingerprint: hexOf(taskId),
      purpose: 'work',
      needed: 3,
      priority: 0,
    })
    for (const [position, model] of pairOf(models, random).entries()) {
      const responseId = id(model, place)
      insert.response({
        id: responseId,
        prompt_id: promptId,
        model_id: model,
        fingerprint: hexOf(responseId),
        sample: 0,
        messages: JSON.stringify([{ role: 'assistant', content: sentence(120) }]),
        metadata: '{}',
        is_text_missing: 0,
        characters: 0,
      })
      insert.taskResponse({ task_id: taskId, position, response_id: responseId })
    }
    const lead = drawNormal(random)
    const due = Math.round(((place + 1) * judgments) / prompts)
    for (let vote = 0; judged < due; vote++, judged++) {
      const judgmentId = id('judge', judged)
      const winner = random() < 0.08 ? 'tie' : lead + drawNormal(random) > 0 ? 'a' : 'b'
      insert.judgment({
        id: judgmentId,
        campaign_id: campaignId,
        task_id: taskId,
        rater_id: id('rater', (place + vote * 7) % raters),
        source: 'human',
        revision: 1,
        answer_hash: '',
        is_extra: 0,
        shown_order: random() < 0.5 ? '[0,1]' : '[1,0]',
        comment: '',
        reasons: '[]',
        judged_at: 0,
      })
      insert.score({
        judgment_id: judgmentId,
        criterion_id: criterionId,
        position: -1,
        answer: JSON.stringify({ kind: 'preference', winner }),
        winner,
      })
    }
    if (place % 5_000 === 0) database.exec('commit; begin')
  }
  database.exec('commit')
  database.exec('analyze')
  // Loaded in so few great transactions, a log of gigabytes would stay, in which no real database is read.
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

/** Notes the first judgments as changed, as their revision would. */
export function noteChanges(
  file: string,
  { projectId, campaignId, count }: { projectId: string; campaignId: string; count: number },
): void {
  const database = new Database(file)
  database
    .prepare(
      `insert into judgment_change (project_id, id, campaign_id, judgment_id, kind, created_at)
       select project_id, id, campaign_id, id, 'revised', created_at from judgment
       where project_id = ? and campaign_id = ? order by id limit ?`,
    )
    .run(projectId, campaignId, count)
  database.close()
}
