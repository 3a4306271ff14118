/** TRL prompts without answers. */

import { type Reader, refused } from '../reader.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { nameOf, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { isMessageList, toPrompt } from '../shapes/turns.ts'

/** A column of such a name holds what somebody answered, so the row is not a prompt alone. */
const answerColumn =
  /^(chosen|rejected|choices|label|winner|rank|ranking|criterion|skipped|responses?|answers?|completions?|outputs?|generations?|model|messages|summar(y|ies))([_\- ]?([0-9]|[a-d]|[a-z]+))?$/i

export const trlPromptOnly: Reader = {
  format: 'trl-prompt-only',
  title: 'TRL prompts',
  certainty: 0.5,
  mark: (row) => {
    const isPrompt = typeof row.prompt === 'string' || isMessageList(row.prompt)
    if (!isPrompt || Object.keys(row).some((name) => answerColumn.test(name))) return null
    return 'has "prompt" and no answer to it'
  },
  read: (row, context) => {
    const messages = toPrompt(row.prompt)
    if (!messages) return refused('prompt', 'is neither a text nor messages')
    const id = nameOf(row.prompt_id)
    const prompt = {
      ...(id === undefined ? {} : { id }),
      messages,
      tags: tagsOf(row, customaryTags),
      metadata: scalarsOf(row, [...customaryMetadata, 'data_source', 'ability']),
    }
    return { records: fromItem({ prompt, responses: [], verdicts: [] }, context), problems: [] }
  },
}
