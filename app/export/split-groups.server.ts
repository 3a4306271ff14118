/** In: judged prompts and a policy's splits. Out: the split of each prompt, with all that belongs to it. */
import { hashKey, hashPlace } from '#app/base/hash.server.ts'
import type { JudgedPrompt } from './judged-task.ts'
import { KeyTable } from './key-table.ts'
import { normalText } from './normal-text.ts'
import { dealStratified, type Group, type Split, type Splits, splitAt } from './splits.ts'

/** What of a prompt decides its split. */
export type PlacedPrompt = Pick<JudgedPrompt, 'messages' | 'cluster' | 'metadata' | 'tags'>

export type SplitOf = (prompt: PlacedPrompt) => Split

/**
 * Prompts that say the same, that are near-duplicates, or that share a value of the field that keeps
 * prompts together stand in one split, however they are linked.
 */
export async function planSplits(
  prompts: () => AsyncIterable<PlacedPrompt>,
  splits: Splits,
): Promise<SplitOf> {
  if (splits.validation === 0 && splits.test === 0) return () => 'train'
  const links = new Links()
  for await (const prompt of prompts()) {
    const bonds = bondsOf(prompt, splits)
    // One bond alone joins nothing: it is its own set until another prompt has it beside others.
    if (bonds.length > 1) links.join(bonds)
  }
  const keyOf = (prompt: PlacedPrompt) => links.nameOf(bondsOf(prompt, splits)[0] ?? '')
  const placeOf = (key: string) => hashPlace(`${splits.seed}\n${key}`)
  if (splits.deal === 'hash') return (prompt) => splitAt(placeOf(keyOf(prompt)), splits)
  const groups = new Map<string, Group>()
  for await (const prompt of prompts()) {
    const key = keyOf(prompt)
    const before = groups.get(key)
    groups.set(key, {
      key,
      place: placeOf(key),
      stratum: before?.stratum ?? prompt.tags[0] ?? '',
      prompts: (before?.prompts ?? 0) + 1,
    })
  }
  const dealt = dealStratified([...groups.values()], splits)
  return (prompt) => dealt.get(keyOf(prompt)) ?? 'train'
}

/** What a prompt is bound by: its text first, then its near-duplicates and its conversation. */
function bondsOf(prompt: PlacedPrompt, { together }: Splits): string[] {
  const value = together === '' ? undefined : prompt.metadata[together]
  return [
    `text ${normalText(prompt.messages)}`,
    ...(prompt.cluster === null ? [] : [`cluster ${prompt.cluster}`]),
    ...(typeof value === 'string' || typeof value === 'number' ? [`together ${value}`] : []),
  ]
}

const keyOfBond = (bond: string): number => hashKey(bond) || 1

/** Bonds that are joined, by hash; a union-find whose sets are named by their smallest hash. */
class Links {
  #places = new KeyTable()
  #parents: number[] = []
  #keys: number[] = []

  join(bonds: readonly string[]): void {
    const [first = 0, ...others] = bonds.map((bond) => this.#rootOf(this.#placeOf(bond)))
    let root = first
    for (const other of others) root = this.#unite(root, this.#rootOf(other))
  }

  nameOf(bond: string): string {
    const key = keyOfBond(bond)
    const place = this.#places.get(key)
    return String(place === undefined ? key : this.#keys[this.#rootOf(place)])
  }

  #placeOf(bond: string): number {
    const key = keyOfBond(bond)
    const known = this.#places.get(key)
    if (known !== undefined) return known
    const place = this.#parents.length
    this.#places.set(key, place)
    this.#parents.push(place)
    this.#keys.push(key)
    return place
  }

  #rootOf(place: number): number {
    let root = place
    while (this.#parents[root] !== root) root = this.#parents[root] ?? root
    let at = place
    while (this.#parents[at] !== root) {
      const next = this.#parents[at] ?? root
      this.#parents[at] = root
      at = next
    }
    return root
  }

  #unite(one: number, other: number): number {
    if (one === other) return one
    const [root, leaf] =
      (this.#keys[one] ?? 0) < (this.#keys[other] ?? 0) ? [one, other] : [other, one]
    this.#parents[leaf] = root
    return root
  }
}
