/** In: the settings that a response repeats. Out: those that somebody chose. */
import { memberOf } from './loose-value.ts'

const neutral: Record<string, unknown> = {
  temperature: 1,
  top_p: 1,
  frequency_penalty: 0,
  presence_penalty: 0,
}

/**
 * A response body without the settings that stand at their defaults: OpenAI repeats every setting,
 * chosen or not, and the same model would look like another beside a log of requests.
 *
 * @example withoutDefaults({ temperature: 1, top_p: 0.5 }) // { top_p: 0.5 }
 */
export function withoutDefaults(body: Record<string, unknown>): Record<string, unknown> {
  const { text, ...rest } = body
  const chosen = Object.entries(rest).filter(
    ([name, value]) => !(name in neutral && neutral[name] === value),
  )
  const isPlain = memberOf(text, 'verbosity') === 'medium'
  return { ...Object.fromEntries(chosen), ...(isPlain || text === undefined ? {} : { text }) }
}
