/** TRL prompt and completion, also the older fine-tuning files of the same columns. */

import { type Reader, refused } from '../reader.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { fromItem } from '../shapes/labelled-item.ts'
import { withTools } from '../shapes/offered-tools.ts'
import { hasAll, markOf, nameOf, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { completionOf } from '../shapes/turns.ts'

const columns = ['prompt', 'completion']
/** With one of these the row says more than a prompt and its completion. */
const others = ['label', 'chosen', 'rejected', 'messages', 'choices', 'request', 'response']

export const trlPromptCompletion: Reader = {
  format: 'trl-prompt-completion',
  title: 'TRL prompts with completions',
  certainty: 0.7,
  mark: (row) =>
    hasAll(row, columns) && others.every((name) => row[name] === undefined)
      ? markOf(columns)
      : null,
  read: (row, context) => {
    const found = completionOf(row.prompt, row.completion)
    if ('reason' in found) return refused(found.field, found.reason)
    const [id, model] = [nameOf(row.prompt_id), nameOf(row.model)]
    const records = fromItem(
      {
        prompt: {
          ...(id === undefined ? {} : { id }),
          messages: found.prompt,
          tags: tagsOf(row, customaryTags),
          metadata: scalarsOf(row, customaryMetadata),
        },
        responses: [
          {
            key: 'completion',
            messages: found.completion,
            ...(model === undefined ? {} : { model }),
          },
        ],
        verdicts: [],
      },
      context,
    )
    return { records: withTools(records, row.tools), problems: [] }
  },
}
