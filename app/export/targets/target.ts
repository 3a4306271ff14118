/** What a target is: which rows it takes, what it demands of them, and how it writes one. */
import type { CanonicalRow, Recipe } from '../canonical-row.ts'

export type PrintedRow = Record<string, unknown>

export const containers = ['jsonl', 'jsonl.gz', 'json', 'parquet', 'csv'] as const
export type Container = (typeof containers)[number]

/** Of readers that take a file of lines or columns; CSV is for spreadsheets alone. */
export const linesOrColumns = ['jsonl', 'jsonl.gz', 'parquet', 'csv'] as const satisfies Container[]
export const linesAlone = ['jsonl'] as const satisfies Container[]

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
  /** Whether a prompt is of use only with a reference to hold answers against. */
  reference: boolean
}

export const anyConversation: Demands = {
  toolCalls: true,
  messagesOfCompletion: 'several',
  severalTurns: true,
  systemMessage: true,
  alternating: false,
  endsWithUser: false,
  emptyMessages: true,
  reference: false,
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
  /** What it may be written as; the first where nobody chose. */
  containers: readonly Container[]
  demands: Demands
  limits?: Limits
  print: (row: Extract<CanonicalRow, { recipe: Name }>) => PrintedRow
}

/** Keeps a target's recipe in its type, so that it prints rows of that kind alone. */
export const target = <Name extends Recipe>(made: Target<Name>): Target<Name> => made
