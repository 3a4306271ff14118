/** What a target is: which rows it takes, what it demands of them, and how it writes one. */
import type { CanonicalRow, Recipe } from '../canonical-row.ts'

export type PrintedRow = Record<string, unknown>

/** What a trainer can read; rows that ask for more are left out of it, and counted. */
export interface Demands {
  toolCalls: boolean
  /** How many messages a completion may have. */
  messagesOfCompletion: 'one assistant' | 'several'
  /** Whether a prompt may have turns besides one of the user and the system. */
  severalTurns: boolean
  systemMessage: boolean
  /** Whether user and assistant must take turns. */
  alternating: boolean
  /** Whether the prompt must end with the user, rather than with what a tool gave. */
  endsWithUser: boolean
  /** Whether a message may be without text. */
  emptyMessages: boolean
}

export const anyConversation: Demands = {
  toolCalls: true,
  messagesOfCompletion: 'several',
  severalTurns: true,
  systemMessage: true,
  alternating: false,
  endsWithUser: false,
  emptyMessages: true,
}

/** Limits of a provider on a whole file; absent where there is none. */
export interface Limits {
  fewestRows?: number
  mostRows?: number
  mostBytes?: number
  mostTokensOfRow?: number
}

export interface Target<Name extends Recipe = Recipe> {
  title: string
  recipe: Name
  container: 'jsonl' | 'json' | 'parquet'
  demands: Demands
  limits?: Limits
  print: (row: Extract<CanonicalRow, { recipe: Name }>) => PrintedRow
}

/** Keeps a target's recipe in its type, so that it prints rows of that kind alone. */
export const target = <Name extends Recipe>(made: Target<Name>): Target<Name> => made
