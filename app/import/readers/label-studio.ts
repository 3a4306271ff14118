/** Label Studio exports: tasks with what annotators and models said of them, or chats held there. */

import type { Message } from '../message.ts'
import { type ReadContext, type Reader, type Reading, type Row, refused } from '../reader.ts'
import { toMessages } from '../shapes/conversation.ts'
import { type Annotator, type Result, resultOf, verdictOf } from '../shapes/label-studio-result.ts'
import { fromItem, type Verdict } from '../shapes/labelled-item.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { momentOf, nameOf, scalarsOf } from '../shapes/row-values.ts'
import { type TaskFields, taskFieldsOf } from '../shapes/task-fields.ts'
import { splitAtLastAnswer, toPrompt } from '../shapes/turns.ts'

export const labelStudio: Reader = {
  format: 'label-studio',
  title: 'Label Studio',
  certainty: 0.99,
  mark: (row) => {
    const hasTask = recordOf(row.data) !== undefined
    if (hasTask && Array.isArray(row.annotations)) return 'has "data" and "annotations"'
    return hasTask && Array.isArray(row.predictions) ? 'has "data" and "predictions"' : null
  },
  read: (row, context) => {
    const data = recordOf(row.data)
    if (!data) return refused('data', 'is missing: a task has its texts there')
    const annotations = annotationsOf(row)
    const chats = annotations.filter(({ results }) => results.some(isChat))
    if (chats.length > 0) return readChats(row, data, chats, context)
    const task = taskFieldsOf(data)
    if ('reason' in task) return refused('data', task.reason)
    return readTask(row, task, annotations, context)
  },
}

interface Annotation {
  /** Where it is in the task, for problems. */
  field: string
  annotator: Annotator
  results: Result[]
}

function annotationsOf(row: Row): Annotation[] {
  const given = listOf(row.annotations).map(recordOf)
  const predicted = listOf(row.predictions).map(recordOf)
  return [
    ...given.flatMap((fields, place) =>
      fields && fields.was_cancelled !== true
        ? [
            {
              field: `annotations.${place}`,
              annotator: annotatorOf(fields),
              results: resultsOf(fields),
            },
          ]
        : [],
    ),
    ...predicted.flatMap((fields, place) =>
      fields
        ? [
            {
              field: `predictions.${place}`,
              annotator: predictorOf(fields),
              results: resultsOf(fields),
            },
          ]
        : [],
    ),
  ]
}

const resultsOf = (fields: Row): Result[] =>
  listOf(fields.result).flatMap((raw) => resultOf(raw) ?? [])

/** Who completed it: by e-mail address where the export tells it, else by number. */
function annotatorOf(fields: Row): Annotator {
  const user = recordOf(fields.completed_by)
  const id = nameOf(user?.id ?? fields.completed_by)
  const rater = nameOf(user?.email) ?? `Label Studio user${id === undefined ? '' : ` ${id}`}`
  const judgedAt = momentOf(fields.updated_at) ?? momentOf(fields.created_at)
  return { rater, source: 'human', ...(judgedAt === undefined ? {} : { judgedAt }) }
}

function predictorOf(fields: Row): Annotator {
  const judgedAt = momentOf(fields.created_at)
  return {
    rater: nameOf(fields.model_version) ?? 'Label Studio prediction',
    source: 'judge',
    ...(judgedAt === undefined ? {} : { judgedAt }),
  }
}

const taskMetadata = (row: Row, more: Record<string, unknown>) => ({
  ...more,
  ...Object.fromEntries(
    Object.entries(scalarsOf(row, ['id', 'project'])).map(([name, value]) => [
      name === 'id' ? 'task' : name,
      value,
    ]),
  ),
})

function readTask(
  row: Row,
  task: TaskFields,
  annotations: readonly Annotation[],
  context: ReadContext,
): Reading {
  const { verdicts, problems } = judged(task, annotations)
  const records = fromItem(
    {
      prompt: { messages: task.prompt, metadata: taskMetadata(row, task.metadata) },
      responses: task.responses.map(({ name, messages, model }) => ({
        key: name,
        messages,
        ...(model === undefined ? {} : { model }),
      })),
      verdicts,
    },
    context,
  )
  return { records, problems }
}

function judged(task: TaskFields, annotations: readonly Annotation[]) {
  const verdicts: Verdict[] = []
  const problems: Reading['problems'] = []
  for (const { field, annotator, results } of annotations) {
    for (const result of results) {
      if (isChat(result)) continue
      const verdict = verdictOf(result, task, annotator)
      if ('reason' in verdict) problems.push({ field, reason: verdict.reason })
      else verdicts.push(verdict)
    }
  }
  return { verdicts, problems }
}

const isChat = ({ type }: Result): boolean => type === 'chatmessage'

/** Chats that annotators held in the task: each is a conversation of its own. */
function readChats(
  row: Row,
  data: Row,
  chats: readonly Annotation[],
  context: ReadContext,
): Reading {
  const opening = listOf(data.messages ?? data.chat ?? data.input_chat ?? data.dialogue)
  const readings = chats.map((chat): Reading => {
    const { field } = chat
    const messages = chatOf(opening, chat.results)
    if (!messages) return refused(field, 'holds a chat message that is no message')
    const { prompt, answer, rest } = splitAtLastAnswer(messages)
    if (prompt.length === 0) return refused(field, 'holds a chat that begins with an answer')
    const task: TaskFields = {
      promptName: 'prompt',
      prompt,
      responses: answer.length === 0 ? [] : [{ name: 'chat', mark: '', messages: answer }],
      metadata: scalarsOf(data, Object.keys(data)),
    }
    const reading = readTask(row, task, [chat], context)
    if (rest.length === 0) return reading
    const reason = 'holds a chat that goes on after its last answer; what follows was left out'
    return { ...reading, problems: [...reading.problems, { field, reason }] }
  })
  return {
    records: readings.flatMap(({ records }) => records),
    problems: readings.flatMap(({ problems }) => problems),
  }
}

function chatOf(opening: readonly unknown[], results: readonly Result[]): Message[] | undefined {
  const said = results.filter(isChat).map(({ value }) => value.chatmessage)
  const before = opening.length === 0 ? [] : toPrompt(opening)
  const messages = toMessages(said)
  return before && messages && [...before, ...messages]
}
