/** In: what a log calls the one who speaks. Out: our role. */
import { storable } from '#app/base/text.ts'

const roles: ReadonlyMap<string, string> = new Map([
  ['system', 'system'],
  ['developer', 'developer'],
  ['user', 'user'],
  ['human', 'user'],
  ['prompter', 'user'],
  ['assistant', 'assistant'],
  ['ai', 'assistant'],
  ['model', 'assistant'],
  ['gpt', 'assistant'],
  ['bot', 'assistant'],
  ['chatbot', 'assistant'],
  ['function_call', 'assistant'],
  ['tool', 'tool'],
  ['function', 'tool'],
  ['observation', 'tool'],
])

/** A role's name without what LangChain's classes add to it. */
const bareName = (name: string): string => name.toLowerCase().replace(/message(chunk)?$/, '')

/**
 * The role that goes by a name, as we call it; other names stay as they are.
 *
 * @example roleOf('HumanMessage') // 'user'
 */
export const roleOf = (name: string): string => roles.get(bareName(name)) ?? storable(name)

/** Whether a name is one of a role we know. */
export const isRoleName = (name: string): boolean => roles.has(bareName(name))
