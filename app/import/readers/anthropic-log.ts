/** In: rows that hold a request to Anthropic's API and its message. Out: prompts with responses. */

import type { Reader } from '../reader.ts'
import { answererOf, readLogRow } from '../shapes/log-row.ts'

/** As `openaiLog`, for responses of Anthropic's Messages API, whole or streamed. */
export const anthropicLog: Reader = {
  format: 'anthropic-log',
  title: 'Anthropic request and response log',
  certainty: 0.95,
  mark: (row) =>
    answererOf(row) === 'anthropic' ? 'holds a request with its message of Anthropic' : null,
  read: readLogRow,
}
