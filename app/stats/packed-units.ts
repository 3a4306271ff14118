/** The values that units received, laid end to end, in the form that agreement is reckoned from. */

/** A number on a scale, or a category. */
export type Value = string | number

/** Units with their values one by one, as they are written down by hand. */
export type ListedUnits = readonly (readonly Value[])[]

export interface PackedUnits {
  /** The distinct values: numbers ascending, then texts. */
  domain: readonly Value[]
  /** The values of all units, unit by unit, as places of the domain. */
  places: Int32Array
  /** Where each unit begins among the places, and at the end how many there are. */
  starts: Int32Array
}

export interface PackedClusters extends PackedUnits {
  /** Where each cluster begins among the units, and at the end how many there are. */
  clusterStarts: Int32Array
}

/**
 * Units in packed form; units that are packed already come back as they are. Packing costs a pass over
 * the values and four bytes for each, and is worth it once for many figures.
 * Source: as compressed sparse rows, Y. Saad, Iterative Methods for Sparse Linear Systems, 2nd ed.
 * (2003), section 3.4.
 *
 * @example packUnits([['b', 'a'], ['b']]) // { domain: ['a', 'b'], places: [1, 0, 1], starts: [0, 2, 3] }
 */
export function packUnits(units: ListedUnits | PackedUnits): PackedUnits {
  if (isPacked(units)) return units
  const starts = new Int32Array(units.length + 1)
  for (const [unit, values] of units.entries()) {
    starts[unit + 1] = (starts[unit] ?? 0) + values.length
  }
  const places = new Int32Array(starts[units.length] ?? 0)
  const placeOf = new Map<Value, number>()
  let at = 0
  for (const values of units) {
    for (const value of values) {
      let place = placeOf.get(value)
      if (place === undefined) {
        place = placeOf.size
        placeOf.set(value, place)
      }
      places[at++] = place
    }
  }
  const seen = [...placeOf.keys()]
  const domain = seen.toSorted(inDomain)
  const ranks = new Map(domain.map((value, rank) => [value, rank]))
  const rankOf = Int32Array.from(seen, (value) => ranks.get(value) ?? 0)
  for (let place = 0; place < places.length; place++) {
    places[place] = rankOf[places[place] ?? 0] ?? 0
  }
  return { domain, places, starts }
}

/**
 * Clusters of units, such as the tasks of each prompt, in packed form; those that are packed already come
 * back as they are.
 *
 * @example packClusters([[['a'], ['b']], [['b']]]).clusterStarts // [0, 2, 3]
 */
export function packClusters(clusters: readonly ListedUnits[] | PackedClusters): PackedClusters {
  if ('places' in clusters) return clusters
  const clusterStarts = new Int32Array(clusters.length + 1)
  for (const [cluster, units] of clusters.entries()) {
    clusterStarts[cluster + 1] = (clusterStarts[cluster] ?? 0) + units.length
  }
  return { ...packUnits(clusters.flat()), clusterStarts }
}

const isPacked = (units: ListedUnits | PackedUnits): units is PackedUnits => 'places' in units

const inDomain = (one: Value, other: Value): number =>
  typeof one === 'number' && typeof other === 'number'
    ? one - other
    : String(one) < String(other)
      ? -1
      : 1
