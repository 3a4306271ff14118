/** In: markdown. Out: what the parser found in it, for `rich-text.tsx` to draw. */
import MarkdownIt, { type Env, type Token } from 'markdown-it'
import { mathsRules } from './maths-rules.ts'

/** Quotes and lists inside each other beyond this are not parsed: half of it in levels that are seen. */
const mostNesting = 60

const parser = new MarkdownIt({ html: false, linkify: true, maxNesting: mostNesting })
parser.use(mathsRules)
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false })

/** Addresses that a text may lead to. Others stay as they were written. */
parser.validateLink = (address: string): boolean => /^(?:https?:\/\/|mailto:)[^\s]/i.test(address)

/** Names of links that pieces of one text share. */
export type SharedLinks = Env

export function readLinks(definitions: string): SharedLinks {
  const shared: SharedLinks = { references: {} }
  if (definitions !== '') parser.parse(definitions, shared)
  return shared
}

/** The tokens of a piece, or undefined where it is nested too deeply to be parsed in full. */
export function readTokens(text: string, shared: SharedLinks): Token[] | undefined {
  const tokens = parser.parse(text, shared)
  return tokens.some((token) => token.level >= mostNesting - 2) ? undefined : tokens
}
