/** In: an answer with a thumb up or down. Out: its records, with the rubric that the thumb fills. */

import type { Message } from '../message.ts'
import type { ReadContext, Reading } from '../reader.ts'
import { flagOf } from './cells.ts'
import { fromItem, type LabelledItem } from './labelled-item.ts'

export interface LabelledAnswer {
  prompt: LabelledItem['prompt']
  answer: Message[]
  /** As the row holds it; anything but yes or no is a problem, and the texts are kept. */
  label: unknown
  labelField: string
  rater: string
}

/** The records of an answer that was called desirable or not. */
export function readDesirable(
  { prompt, answer, label, labelField, rater }: LabelledAnswer,
  context: Pick<ReadContext, 'hash'>,
): Reading {
  const isDesirable = flagOf(label)
  const records = fromItem(
    {
      prompt,
      responses: [{ key: 'answer', messages: answer }],
      verdicts:
        isDesirable === undefined
          ? []
          : [
              {
                kind: 'rubric',
                rater,
                response: 'answer',
                criterion: 'desirable',
                answer: { choice: isDesirable ? 'yes' : 'no' },
              },
            ],
    },
    context,
  )
  const reason = 'must be true or false; the texts were kept without a judgment'
  return { records, problems: isDesirable === undefined ? [{ field: labelField, reason }] : [] }
}
