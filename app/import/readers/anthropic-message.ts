/** In: messages of Anthropic's API without what was asked. Out: words that say what is missing. */

import { type Reader, refused } from '../reader.ts'
import { isAnthropicMessage } from '../shapes/anthropic-response.ts'

/** Answers alone cannot be rated: the prompt has to come with them. */
export const anthropicMessage: Reader = {
  format: 'anthropic-message',
  title: 'Anthropic messages without requests',
  certainty: 0.99,
  mark: (row) => {
    const isBare = row.type === 'message' && row.messages === undefined
    return isBare && 'stop_reason' in row && isAnthropicMessage(row)
      ? 'has "type": "message", "role": "assistant" and "stop_reason", but no request'
      : null
  },
  read: () =>
    refused(
      'messages',
      'this is an answer without its request; give the request beside it, as {"request": …, "response": …}',
    ),
}
