/** The parts that a dataset is dealt into, and how. */
import { z } from 'zod'

export const splitNames = ['train', 'validation', 'test'] as const
export type Split = (typeof splitNames)[number]

export const splitsSchema = z
  .object({
    validation: z.number().min(0).max(0.9).default(0),
    test: z.number().min(0).max(0.9).default(0),
    /** Another word deals the prompts anew. */
    seed: z.string().max(100).default(''),
    /** By hash a prompt keeps its split in later versions; stratified, each tag has its exact share. */
    deal: z.enum(['hash', 'stratified']).default('hash'),
    /** A field of the prompts' metadata whose equal values stay together, such as a conversation. */
    together: z.string().max(200).default('conversation_id'),
  })
  .refine(({ validation, test }) => validation + test < 1, 'leave some rows to train on')
export type Splits = z.infer<typeof splitsSchema>

/** The split of a place in [0, 1): the first share is the test split, the next the validation split. */
export function splitAt(place: number, { validation, test }: Splits): Split {
  if (place < test) return 'test'
  return place < test + validation ? 'validation' : 'train'
}

export interface Group {
  key: string
  /** Where the hash of its key puts it, from 0 to 1. */
  place: number
  /** Groups are dealt evenly within each. */
  stratum: string
  prompts: number
}

/**
 * Deals groups so that each stratum has its share of prompts in every split, as near as whole groups
 * allow. A group may change its split when others come or go.
 */
export function dealStratified(groups: readonly Group[], splits: Splits): Map<string, Split> {
  const strata = Map.groupBy(groups, ({ stratum }) => stratum)
  const dealt = new Map<string, Split>()
  for (const own of strata.values()) {
    const total = own.reduce((sum, { prompts }) => sum + prompts, 0)
    let before = 0
    for (const { key, prompts } of own.toSorted(byPlace)) {
      dealt.set(key, splitAt((before + prompts / 2) / total, splits))
      before += prompts
    }
  }
  return dealt
}

const byPlace = (one: Group, other: Group) =>
  one.place - other.place || (one.key < other.key ? -1 : 1)
