/** In: what keeps prompts together, and shares. Out: which split each belongs to, now and in later versions. */
import { z } from 'zod'

export const splitNames = ['train', 'validation', 'test'] as const
export type Split = (typeof splitNames)[number]

export const splitsSchema = z
  .object({
    validation: z.number().min(0).max(0.9).default(0),
    test: z.number().min(0).max(0.9).default(0),
    /** Another word deals the prompts anew. */
    seed: z.string().max(100).default(''),
  })
  .refine(({ validation, test }) => validation + test < 1, 'leave some rows to train on')
export type Splits = z.infer<typeof splitsSchema>

/**
 * The split of a group of prompts: its key and the seed are hashed to a place between 0 and 1, and the
 * split is the one whose share that place falls into. So a group stays where it is when others come or
 * go, on every machine, and near-duplicates that share a key never stand on both sides.
 *
 * @param key the cluster of near-duplicates, or the conversation, that the prompt belongs to
 */
export function splitOf(key: string, { validation, test, seed }: Splits): Split {
  const place = placeOf(`${seed}\n${key}`)
  if (place < test) return 'test'
  return place < test + validation ? 'validation' : 'train'
}

/**
 * A text's place in [0, 1), spread evenly: 64-bit FNV-1a of its UTF-8, stirred by the finaliser of
 * SplitMix64. It must never change, or prompts would change their splits.
 *
 * Sources: G. Fowler, L. C. Noll, K.-P. Vo and D. Eastlake, “The FNV non-cryptographic hash algorithm”;
 * G. L. Steele, D. Lea and C. H. Flood, OOPSLA (2014) 453–472, for the finaliser.
 *
 * @example placeOf('') // 0.9576…
 */
export function placeOf(text: string): number {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  hash = BigInt.asUintN(64, (hash ^ (hash >> 30n)) * 0xbf58476d1ce4e5b9n)
  hash = BigInt.asUintN(64, (hash ^ (hash >> 27n)) * 0x94d049bb133111ebn)
  hash ^= hash >> 31n
  return Number(hash >> 11n) / 2 ** 53
}
