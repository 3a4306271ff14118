/** A pair that nobody won, for a file beside the rows: what preference trainers must not read. */
import type { UndecidedPair } from './made-row.ts'
import { plainMessages } from './targets/messages.ts'
import type { PrintedRow } from './targets/target.ts'

export const printUndecided = ({ origin, prompt, a, b, verdict }: UndecidedPair): PrintedRow => ({
  id: origin.id,
  prompt_id: origin.promptId,
  campaign: origin.campaign,
  prompt: plainMessages(prompt),
  response_a: plainMessages(a.messages),
  response_b: plainMessages(b.messages),
  model_a: a.model,
  model_b: b.model,
  verdict,
  n_raters: origin.raters,
  agreement: origin.agreement,
})
