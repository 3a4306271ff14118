/** OpenAssistant's trees: a question with all the conversations that went on from it. */

import { type Reader, refused } from '../reader.ts'
import { listOf, recordOf } from '../shapes/loose-value.ts'
import { unfinishedTree } from '../shapes/oasst-message.ts'
import { readReplies } from '../shapes/oasst-replies.ts'

export const oasstTree: Reader = {
  format: 'oasst-tree',
  title: 'OASST trees',
  certainty: 0.99,
  mark: ({ message_tree_id, prompt }) => {
    const root = recordOf(prompt)
    const isTree = message_tree_id !== undefined && root !== undefined
    return isTree && (Array.isArray(root.replies) || root.message_id !== undefined)
      ? 'has "message_tree_id" and a "prompt" with "replies"'
      : null
  },
  read: (row, context) => {
    const reason = unfinishedTree(row.tree_state)
    if (reason !== undefined) return refused('tree_state', reason)
    const prompt = recordOf(row.prompt)
    if (!prompt) return refused('prompt', 'is no message with replies')
    if (prompt.role === 'assistant') return refused('prompt.role', 'a tree begins with a prompter')
    const root = {
      message_tree_id: row.message_tree_id,
      ...prompt,
      replies: listOf(prompt.replies),
    }
    return readReplies(root, 'prompt', [], context)
  },
}
