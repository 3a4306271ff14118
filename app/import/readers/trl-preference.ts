/**
 * TRL preference pairs: texts or messages, with a prompt of their own or one that both sides begin
 * with. Also the near relatives that name the prompt otherwise or repeat it in the answers.
 */

import { fromAssistant, type Message } from '../message.ts'
import { type Reader, type Row, refused } from '../reader.ts'
import { customaryMetadata, customaryTags } from '../shapes/cells.ts'
import { recordOf } from '../shapes/loose-value.ts'
import {
  type PairDetails,
  type PairResult,
  pairOfAnswers,
  pairOfConversations,
  readPair,
} from '../shapes/preference-pair.ts'
import { nameOf, scalarsOf, tagsOf } from '../shapes/row-values.ts'
import { partSharedStart, withoutRepeatedText } from '../shapes/shared-text.ts'
import { toAnswer, toEncodedMessages, toPrompt, withSystem } from '../shapes/turns.ts'

const promptColumns = ['prompt', 'question', 'input'] as const

export const trlPreference: Reader = {
  format: 'trl-preference',
  title: 'TRL preference pairs',
  certainty: 0.9,
  mark: (row) => {
    if (!isSide(row.chosen) || !isSide(row.rejected) || isOfAnother(row)) return null
    const names = ['chosen', 'rejected', ...(row.prompt === undefined ? [] : ['prompt'])]
    const kind = typeof row.chosen === 'string' ? 'texts' : 'messages'
    return `has ${names.map((name) => `"${name}"`).join(' and ')} as ${kind}`
  },
  read: (row, context) => {
    for (const side of ['chosen', 'rejected'] as const) {
      if (!isSide(row[side])) return refused(side, reasonFor(row[side]))
    }
    return readPair(pairIn(row), detailsOf(row), context)
  },
}

const isSide = (value: unknown): boolean =>
  typeof value === 'string' ||
  (Array.isArray(value) && value.length > 0) ||
  typeof recordOf(value)?.content === 'string'

const reasonFor = (value: unknown): string =>
  value === undefined || value === null ? 'is missing' : 'is neither a text nor messages'

/** Rows that other readers know better, though they have the same columns. */
function isOfAnother(row: Row): boolean {
  const isMarked = [row.chosen, row.rejected].every(
    (side) => typeof side === 'string' && side.includes('\n\nHuman:'),
  )
  const others = ['conversations', 'instruction', 'chosen_messages', 'winner', 'label']
  return isMarked || others.some((name) => row[name] !== undefined)
}

function pairIn(row: Row): PairResult {
  const asTexts = textsOf(row)
  const prompt = promptIn(row)
  if (asTexts && prompt === undefined) return pairOfTexts(asTexts.chosen, asTexts.rejected)
  if (asTexts && typeof prompt === 'string') {
    const parted = withoutRepeatedText({ prompt, ...asTexts }) ?? asTexts
    return answersTo(toPrompt(prompt), row, parted.chosen, parted.rejected)
  }
  if (prompt !== undefined) return answersTo(toPrompt(prompt), row, row.chosen, row.rejected)
  const [chosen, rejected] = [toAnswer(row.chosen), toAnswer(row.rejected)]
  if (!chosen) return { field: 'chosen', reason: 'is no list of messages' }
  if (!rejected) return { field: 'rejected', reason: 'is no list of messages' }
  return pairOfConversations({ chosen, rejected })
}

function pairOfTexts(chosen: string, rejected: string): PairResult {
  const parted = partSharedStart(chosen, rejected)
  if ('reason' in parted) return { field: 'rejected', reason: parted.reason }
  const prompt = toPrompt(parted.prompt) ?? []
  return {
    prompt,
    chosen: fromAssistant(parted.chosen),
    rejected: fromAssistant(parted.rejected),
  }
}

function answersTo(
  prompt: Message[] | undefined,
  row: Row,
  chosenSide: unknown,
  rejectedSide: unknown,
): PairResult {
  const [chosen, rejected] = [toAnswer(chosenSide), toAnswer(rejectedSide)]
  if (!prompt) return { field: 'prompt', reason: 'is neither a text nor messages' }
  if (!chosen) return { field: 'chosen', reason: 'is no list of messages' }
  if (!rejected) return { field: 'rejected', reason: 'is no list of messages' }
  return pairOfAnswers(withSystem(row.system, prompt), { chosen, rejected })
}

/** Both sides as plain texts, unless a table holds their messages as JSON. */
function textsOf({ chosen, rejected }: Row): { chosen: string; rejected: string } | undefined {
  if (typeof chosen !== 'string' || typeof rejected !== 'string') return undefined
  return toEncodedMessages(chosen) || toEncodedMessages(rejected) ? undefined : { chosen, rejected }
}

/** The prompt's column; `messages` only where they do not already hold an answer. */
function promptIn(row: Row): unknown {
  for (const name of promptColumns) {
    if (row[name] !== undefined && row[name] !== null && row[name] !== '') return row[name]
  }
  const messages = toPrompt(row.messages)
  return messages?.at(-1)?.role === 'user' ? messages : undefined
}

const detailsOf = (row: Row): PairDetails => {
  const id = nameOf(row.prompt_id)
  return {
    rater: 'TRL preference pairs annotators',
    prompt: {
      ...(id === undefined ? {} : { id }),
      tags: tagsOf(row, customaryTags),
      metadata: scalarsOf(row, [...customaryMetadata, 'margin']),
    },
    chosen: sideDetails(row, 'chosen'),
    rejected: sideDetails(row, 'rejected'),
  }
}

function sideDetails(row: Row, side: 'chosen' | 'rejected') {
  const model = nameOf(row[`${side}_model`]) ?? nameOf(row[`model_${side}`])
  const scores = Object.values(
    scalarsOf(row, [`score_${side}`, `${side}_score`, `${side}_rating`, `rating_${side}`]),
  )
  return {
    ...(model === undefined ? {} : { model }),
    metadata: scores.length === 0 ? {} : { score: scores[0] },
  }
}
