/** In: calls as W&B Weave exports them. Out: prompts with responses, and the feedback on them. */

import { type Reader, type Reading, type Row, refused } from '../reader.ts'
import { withFeedback } from '../shapes/call-feedback.ts'
import { answererIn, isRequest } from '../shapes/log-row.ts'
import {
  listOf,
  memberOf,
  numberOf,
  parseNested,
  recordOf,
  stringOf,
} from '../shapes/loose-value.ts'
import { providerCall } from '../shapes/provider-call.ts'
import { callMetadata } from '../shapes/provider-request.ts'
import { momentOf } from '../shapes/row-values.ts'
import { weaveFeedback } from '../shapes/weave-feedback.ts'

const isReference = (value: unknown): boolean =>
  typeof value === 'string' && value.startsWith('weave:///')

/** What a traced function was called with. */
function inputsOf(row: Row): Row {
  const inputs = recordOf(parseNested(row.inputs)) ?? {}
  const named = recordOf(inputs.kwargs)
  return named && !isRequest(inputs) ? named : inputs
}

/** Whether a call was one of a model; functions around it repeat what it says. */
function isModelCall(row: Row): boolean {
  const inputs = inputsOf(row)
  if (isReference(inputs.messages)) return true
  if (!isRequest(inputs)) return false
  const output = parseNested(row.output)
  const answerer = answererIn(output)
  const isKnown = answerer !== undefined && answerer !== 'unknown'
  return isKnown || isReference(output) || (hasFailed(row) && Array.isArray(inputs.messages))
}

const hasFailed = (row: Row): boolean => stringOf(row.exception) !== undefined

const traceKey = (row: Row) => `weave-model-call ${stringOf(row.trace_id) ?? ''}`

/** Calls of W&B Weave: `op_name` with `inputs` and `output`. */
export const weave: Reader = {
  format: 'weave',
  title: 'W&B Weave',
  certainty: 0.99,
  mark: (row) =>
    'op_name' in row && 'inputs' in row && ('started_at' in row || 'trace_id' in row)
      ? 'has "op_name", "inputs" and when it started'
      : null,
  gather: (row) => (isModelCall(row) ? [[traceKey(row), 'yes']] : []),
  read: (row, context) => {
    if (!isModelCall(row)) {
      if (context.find(traceKey(row)) !== undefined) return { records: [], problems: [] }
      const reason = `"${operationOf(row)}" is no call of a model, and neither is another of its trace`
      return refused('op_name', reason)
    }
    const id = stringOf(row.id)
    if (id === undefined) return refused('id', 'is missing')
    if (stringOf(row.deleted_at) !== undefined) return refused('deleted_at', 'the call was deleted')
    if (hasFailed(row)) return refused('exception', `the call failed: ${stringOf(row.exception)}`)
    return readCall(row, id)
  },
}

/** The name in a reference such as `weave:///team/project/op/openai.chat:v1`. */
const operationOf = (row: Row): string =>
  stringOf(row.op_name)?.match(/\/op\/([^:]+)/)?.[1] ?? stringOf(row.op_name) ?? 'the call'

function readCall(row: Row, id: string): Reading {
  const inputs = inputsOf(row)
  const unresolved = unresolvedIn(inputs, row.output)
  if (unresolved !== undefined) {
    const reason =
      'is only a reference (weave:///…); export the calls with their references resolved'
    return refused(unresolved, reason)
  }
  const reading = providerCall(inputs, row.output, {
    requestField: 'inputs',
    responseField: 'output',
  })
  if (!reading.ok) return { records: [], problems: [reading.problem] }
  const { call } = reading
  const summary = recordOf(parseNested(row.summary)) ?? {}
  const started = momentOf(row.started_at)
  const ended = momentOf(row.ended_at)
  const measured = numberOf(memberOf(summary, 'weave', 'latency_ms'))
  const spent = started === undefined || ended === undefined ? undefined : ended - started
  const { feedback, problems } = weaveFeedback(memberOf(summary, 'weave', 'feedback'))
  const found = withFeedback(
    {
      ...call,
      id,
      answeredAt: call.answeredAt ?? ended,
      latencyMs: measured ?? spent,
      cost: costOf(memberOf(summary, 'weave', 'costs')),
      metadata: { op: operationOf(row), ...callMetadata(row.attributes), ...call.metadata },
    },
    feedback,
    'summary.weave.feedback',
  )
  return { records: found.records, problems: [...found.problems, ...problems] }
}

/** The first field that only names what it stands for. */
function unresolvedIn(inputs: Row, output: unknown): string | undefined {
  if (isReference(output)) return 'output'
  if (isReference(inputs.messages)) return 'inputs.messages'
  const place = listOf(inputs.messages).findIndex(
    (message) => isReference(message) || isReference(recordOf(message)?.content),
  )
  return place < 0 ? undefined : `inputs.messages.${place}`
}

const costNames = ['prompt_tokens_total_cost', 'completion_tokens_total_cost']

/** What a call cost over all models it used, undefined where no price is known. */
function costOf(costs: unknown): number | undefined {
  const prices = Object.values(recordOf(costs) ?? {}).flatMap((cost) =>
    costNames.flatMap((name) => numberOf(recordOf(cost)?.[name]) ?? []),
  )
  return prices.length === 0 ? undefined : prices.reduce((sum, price) => sum + price, 0)
}
