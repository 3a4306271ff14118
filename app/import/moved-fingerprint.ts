/**
 * In: the fingerprint of a response that moves to another model. Out: one that tells it apart from
 * a response of that model which says the same, and the way back.
 */
const separator = '~'

/**
 * A fingerprint that is free. The mark stays readable at its end, so that it can be taken off.
 * @example markedFingerprint('ab', 'm1', new Set(['ab'])) // 'ab~m1'
 */
export function markedFingerprint(
  fingerprint: string,
  mark: string,
  taken: ReadonlySet<string>,
): string {
  let free = fingerprint
  for (let attempt = 1; taken.has(free); attempt++) {
    free = `${fingerprint}${separator}${mark}${attempt === 1 ? '' : `.${attempt}`}`
  }
  return free
}

/** The fingerprint without a mark, where that is the last it was given. */
export function unmarkedFingerprint(fingerprint: string, mark: string): string {
  const at = fingerprint.lastIndexOf(separator)
  const last = at < 0 ? '' : fingerprint.slice(at + 1)
  return last === mark || last.startsWith(`${mark}.`) ? fingerprint.slice(0, at) : fingerprint
}

/** The fingerprint as the log gave it. */
export const loggedFingerprint = (fingerprint: string): string =>
  fingerprint.split(separator, 1)[0] ?? fingerprint
