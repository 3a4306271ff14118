/** LLaMA-Factory's unpaired preferences: a conversation whose last answer got a thumb. */

import { type Reader, type Row, refused } from '../reader.ts'
import { customaryMetadata, customaryTags, flagOf } from '../shapes/cells.ts'
import { toMessages } from '../shapes/conversation.ts'
import { readDesirable } from '../shapes/desirable-answer.ts'
import { scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { isMessageList, splitAtLastAnswer, withSystem } from '../shapes/turns.ts'

export const llamaFactoryKto: Reader = {
  format: 'llama-factory-kto',
  title: 'LLaMA-Factory thumbs',
  certainty: 0.9,
  mark: (row) => {
    const [turns, label] = [turnsField(row), labelField(row)]
    const isLabelled = isMessageList(row[turns]) && flagOf(row[label]) !== undefined
    return isLabelled ? `has "${turns}" and a "${label}" of true or false` : null
  },
  read: (row, context) => {
    const [turns, label] = [turnsField(row), labelField(row)]
    const messages = toMessages(row[turns])
    if (!messages) return refused(turns, 'is no list of messages')
    const { prompt, answer, rest } = splitAtLastAnswer(messages)
    if (answer.length === 0 || rest.length > 0) {
      return refused(turns, 'does not end with an answer, so nobody knows what the label is about')
    }
    if (prompt.length === 0) return refused(turns, 'holds no prompt before the answer')
    return readDesirable(
      {
        prompt: {
          messages: withSystem(row.system, prompt),
          tags: tagsOf(row, customaryTags),
          metadata: scalarsOf(row, customaryMetadata),
        },
        answer,
        label: row[label],
        labelField: label,
        rater: 'LLaMA-Factory thumbs annotators',
      },
      context,
    )
  },
}

const turnsField = (row: Row) => (row.messages === undefined ? 'conversations' : 'messages')
const labelField = (row: Row) => (row.kto_tag === undefined ? 'label' : 'kto_tag')
