/** In: the requests of an OpenAI batch. Out: prompts, which the batch's answers will join. */
import { z } from 'zod'
import { problemOf } from '../import-record.ts'
import { type Reader, refused } from '../reader.ts'
import { readBatchPrompt } from '../shapes/batch-prompt.ts'
import { noteOfRequest } from '../shapes/batch-request.ts'

const requestSchema = z.looseObject({
  custom_id: z.string().min(1),
  url: z.string().optional(),
  body: z.record(z.string(), z.unknown()),
})

/** Requests that no text answers. */
const otherEndpoint = /embeddings|moderations|images|audio|videos/

/** The input file of OpenAI's Batch API: `custom_id`, `method`, `url` and `body`. */
export const openaiBatchInput: Reader = {
  format: 'openai-batch-input',
  title: 'OpenAI batch requests',
  certainty: 0.99,
  mark: (row) =>
    ['custom_id', 'method', 'url', 'body'].every((name) => name in row)
      ? 'has "custom_id", "method", "url" and "body"'
      : null,
  gather: (row) => {
    const request = requestSchema.safeParse(row)
    return request.success ? [noteOfRequest(request.data.custom_id, request.data.body)] : []
  },
  read: (row) => {
    const request = requestSchema.safeParse(row)
    if (!request.success) return { records: [], problems: [problemOf(request.error)] }
    const { custom_id, url = '', body } = request.data
    if (otherEndpoint.test(url)) return refused('url', `"${url}" is not answered with text`)
    return readBatchPrompt(custom_id, body, 'body')
  },
}
