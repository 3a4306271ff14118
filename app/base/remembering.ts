/**
 * The same function, which remembers what it found for the objects it was asked about last: a task is
 * asked about several times in a row, and never again. So many are remembered that a walk keeps few
 * alive; weak maps of millions cost the garbage collector more than they save.
 *
 * @param find must give the same for the same object, and never undefined
 */
export function remembering<Key extends object, Value extends {}>(
  find: (key: Key) => Value,
  most = 64,
): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return (key) => {
    const before = known.get(key)
    if (before !== undefined) return before
    const found = find(key)
    if (known.size >= most) known.clear()
    known.set(key, found)
    return found
  }
}
