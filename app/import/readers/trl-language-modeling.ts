/** TRL language modeling: whole conversations, or texts whose turns are marked. */

import { type Reader, refused } from '../reader.ts'
import { readConversation } from '../shapes/answered-conversation.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { splitMarkedText } from '../shapes/marked-text.ts'
import { scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { callsWithObjects, isMessageList } from '../shapes/turns.ts'

const besideText = new Set<string>([...customaryMetadata, 'text', 'url', 'timestamp', 'meta'])

export const trlLanguageModeling: Reader = {
  format: 'trl-language-modeling',
  title: 'TRL conversations',
  certainty: 0.5,
  mark: (row) => {
    if (isMessageList(row.messages) && row.messages.some(callsWithObjects)) {
      return 'has "messages" whose tool calls have objects as arguments'
    }
    const isText =
      typeof row.text === 'string' && Object.keys(row).every((name) => besideText.has(name))
    return isText ? 'has "text" alone' : null
  },
  read: (row, context) => {
    const field = row.messages === undefined ? 'text' : 'messages'
    const messages =
      typeof row.text === 'string' && field === 'text'
        ? splitMarkedText(row.text)
        : toMessages(row.messages)
    if (!messages) return refused(field, reasons[field])
    return readConversation(
      {
        messages,
        field,
        tools: row.tools,
        details: {
          tags: tagsOf(row, customaryTags),
          metadata: scalarsOf(row, customaryMetadata),
        },
      },
      context,
    )
  },
}

const reasons = {
  text: 'is a text without turns: nobody can tell a prompt and an answer in it',
  messages: 'is no list of messages',
}
