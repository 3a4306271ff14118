/** TRL unpaired preferences: a completion that was called desirable or not. */

import { type Reader, refused } from '../reader.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { readDesirable } from '../shapes/desirable-answer.ts'
import { hasAll, markOf, nameOf, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { completionOf } from '../shapes/turns.ts'

const columns = ['prompt', 'completion', 'label']

export const trlUnpaired: Reader = {
  format: 'trl-unpaired',
  title: 'TRL unpaired preferences',
  certainty: 0.9,
  mark: (row) => (hasAll(row, columns) ? markOf(columns) : null),
  read: (row, context) => {
    const found = completionOf(row.prompt, row.completion)
    if ('reason' in found) return refused(found.field, found.reason)
    const id = nameOf(row.prompt_id)
    return readDesirable(
      {
        prompt: {
          ...(id === undefined ? {} : { id }),
          messages: found.prompt,
          tags: tagsOf(row, customaryTags),
          metadata: scalarsOf(row, customaryMetadata),
        },
        answer: found.completion,
        label: row.label,
        labelField: 'label',
        rater: 'TRL unpaired preferences annotators',
      },
      context,
    )
  },
}
