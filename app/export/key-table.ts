type Values = Int32Array | Uint8Array

/**
 * Whole numbers by key, ten bytes or so each, so that millions fit where a Map of theirs would not.
 * Keys are whole numbers from 1 to 2^53 − 1; hashes of texts serve.
 */
export class KeyTable {
  readonly #valuesOf: (length: number) => Values
  #keys = new Float64Array(1024)
  #values: Values
  #size = 0

  /** @param largest of the values: small ones take a byte each, others four */
  constructor(largest = 2 ** 31 - 1) {
    this.#valuesOf = (length) => (largest < 256 ? new Uint8Array(length) : new Int32Array(length))
    this.#values = this.#valuesOf(1024)
  }

  /** The value kept under a key. */
  get(key: number): number | undefined {
    const place = this.#placeOf(key)
    return this.#keys[place] === key ? this.#values[place] : undefined
  }

  has(key: number): boolean {
    return this.#keys[this.#placeOf(key)] === key
  }

  set(key: number, value: number): void {
    if (this.#size * 3 > this.#keys.length * 2) this.#grow()
    const place = this.#placeOf(key)
    if (this.#keys[place] !== key) this.#size += 1
    this.#keys[place] = key
    this.#values[place] = value
  }

  #placeOf(key: number): number {
    const length = this.#keys.length
    let place = key % length
    while (this.#keys[place] !== 0 && this.#keys[place] !== key) place = (place + 1) % length
    return place
  }

  #grow(): void {
    const [keys, values] = [this.#keys, this.#values]
    this.#keys = new Float64Array(keys.length * 2)
    this.#values = this.#valuesOf(keys.length * 2)
    for (const [from, key] of keys.entries()) {
      if (key === 0) continue
      const place = this.#placeOf(key)
      this.#keys[place] = key
      this.#values[place] = values[from] ?? 0
    }
  }
}
