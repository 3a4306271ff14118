/** `from` scored against `to` at least once (a tie scores for both). */
export interface Edge {
  from: number
  to: number
}

/**
 * The strongly connected components of a directed graph, each ascending, the largest first and equal
 * ones by their first member. Ratings exist exactly within a component: between two of them somebody
 * never scored, so the likelihood has no maximum.
 *
 * Source: R. Tarjan, SIAM Journal on Computing 1 (1972) 146–160; L. R. Ford, American Mathematical
 * Monthly 64 (1957) 28–33 for the condition.
 *
 * @param size nodes are 0 … size−1
 * @example strongComponents(3, [{ from: 0, to: 1 }, { from: 1, to: 0 }]) // [[0, 1], [2]]
 */
export function strongComponents(size: number, edges: readonly Edge[]): number[][] {
  const after: number[][] = Array.from({ length: size }, () => [])
  for (const { from, to } of edges) after[from]?.push(to)
  const found = new Int32Array(size).fill(-1)
  const lowest = new Int32Array(size)
  const isOpen = new Uint8Array(size)
  const open: number[] = []
  const components: number[][] = []
  let counter = 0

  const enter = (node: number) => {
    found[node] = counter
    lowest[node] = counter
    counter += 1
    open.push(node)
    isOpen[node] = 1
  }
  const close = (node: number) => {
    const component: number[] = []
    for (;;) {
      const member = open.pop()
      if (member === undefined) break
      isOpen[member] = 0
      component.push(member)
      if (member === node) break
    }
    components.push(component.sort((one, other) => one - other))
  }

  for (let start = 0; start < size; start++) {
    if (found[start] !== -1) continue
    const path: { node: number; next: number }[] = [{ node: start, next: 0 }]
    enter(start)
    for (let frame = path.at(-1); frame; frame = path.at(-1)) {
      const { node } = frame
      const target = after[node]?.[frame.next]
      frame.next += 1
      if (target === undefined) {
        path.pop()
        const parent = path.at(-1)
        if (parent) lowest[parent.node] = Math.min(lowest[parent.node] ?? 0, lowest[node] ?? 0)
        if (lowest[node] === found[node]) close(node)
      } else if (found[target] === -1) {
        enter(target)
        path.push({ node: target, next: 0 })
      } else if (isOpen[target] === 1) {
        lowest[node] = Math.min(lowest[node] ?? 0, found[target] ?? 0)
      }
    }
  }
  return components.sort(
    (one, other) => other.length - one.length || (one[0] ?? 0) - (other[0] ?? 0),
  )
}
