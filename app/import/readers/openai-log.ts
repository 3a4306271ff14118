/** In: rows that hold a request to a model and its response. Out: prompts with their responses. */

import type { Reader } from '../reader.ts'
import { answererOf, readLogRow } from '../shapes/log-row.ts'

/**
 * Logs of model calls that somebody wrote themselves: `request` and `response` (or `req`, `input`,
 * `kwargs` and `resp`, `output`, `completion`), or `messages` beside `choices` or `response`.
 */
export const openaiLog: Reader = {
  format: 'openai-log',
  title: 'Request and response log',
  certainty: 0.9,
  mark: (row) => {
    const answerer = answererOf(row)
    if (answerer === undefined || answerer === 'anthropic') return null
    if (answerer === 'gemini') return 'holds a request with its response of Gemini'
    return answerer === 'openai'
      ? 'holds a request with its response of OpenAI, or of an API like it'
      : 'holds a request with messages and its response'
  },
  read: readLogRow,
}
