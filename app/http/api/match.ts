/** In: an address and a method. Out: the operation that is asked for, or what there is instead. */
import type { Operation } from './operation.ts'

export type Match =
  | { kind: 'found'; operation: Operation; params: Record<string, string> }
  /** The address is there, for these methods. */
  | { kind: 'method'; allowed: string[] }
  | { kind: 'nothing' }

/** Finds the operation of an address within the API, as `/projects/support/jobs/1`. */
export function matchOperation(
  operations: readonly Operation[],
  { method, path }: { method: string; path: string },
): Match {
  const here = operations.flatMap((operation) => {
    const params = paramsOf(operation.path, path)
    return params ? [{ operation, params }] : []
  })
  const wanted = method === 'HEAD' ? 'GET' : method
  const found = here.find(({ operation }) => operation.method === wanted)
  if (found) return { kind: 'found', ...found }
  const allowed = [...new Set(here.map(({ operation }) => operation.method))].sort()
  return allowed.length > 0 ? { kind: 'method', allowed } : { kind: 'nothing' }
}

function paramsOf(pattern: string, path: string): Record<string, string> | undefined {
  const wanted = pattern.split('/')
  const given = path.split('/')
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [place, part] of wanted.entries()) {
    const value = decoded(given[place] ?? '')
    if (value === undefined) return undefined
    if (!part.startsWith(':')) {
      if (part !== value) return undefined
    } else if (value === '') return undefined
    else params[part.slice(1)] = value
  }
  return params
}

/** Undefined for a part with broken percent signs: no address of ours has one. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
