/** In: what a rater answered. Out: the same without the personal data that a project removes. */
import type { FindingKind } from '#app/import/prepare/finding-kinds.ts'
import { redact } from '#app/import/prepare/redact.ts'
import type { Answer } from './judgment.ts'

/**
 * An answer without what is removed. A span says where it stands: in a text that changed it would
 * stand elsewhere, and is left out.
 *
 * @param changed positions of the responses whose texts something was removed from
 */
export function redactedAnswer(
  answer: Answer,
  kinds: ReadonlySet<FindingKind>,
  changed: ReadonlySet<number>,
): Answer {
  if (kinds.size === 0) return answer
  if (answer.kind === 'text' || answer.kind === 'ideal') {
    return { ...answer, text: redact(answer.text, kinds).text }
  }
  if (answer.kind !== 'spans') return answer
  return { ...answer, spans: answer.spans.filter(({ position }) => !changed.has(position)) }
}
