/** In: JSON as it was logged. Out: the same, spread over lines; not a sign of it is read or changed. */

/** Longer JSON stays as it is. */
const mostSpread = 200_000
/** Deeper values are not moved further to the right. */
const mostIndent = 16

/**
 * JSON of an object or a list on indented lines. Strings and numbers keep every character. Any other
 * text comes back as it is.
 *
 * @example readableJson('{"a":[1,2]}') // '{\n  "a": [\n    1,\n    2\n  ]\n}'
 */
export function readableJson(text: string): string {
  if (text.length > mostSpread || !isJson(text)) return text
  const parts: string[] = []
  let depth = 0
  const line = () => parts.push(`\n${'  '.repeat(Math.min(depth, mostIndent))}`)
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[{[]\s*[}\]]|[{}[\]:,]|[^\s{}[\]:,"]+/g)) {
    if (token === '}' || token === ']') {
      depth -= 1
      line()
    }
    parts.push(/^[{[]\s+[}\]]$/.test(token) ? token.replaceAll(/\s/g, '') : token)
    if (token === '{' || token === '[') depth += 1
    if (token === ':') parts.push(' ')
    if (token === '{' || token === '[' || token === ',') line()
  }
  return parts.join('')
}

function isJson(text: string): boolean {
  if (!/^\s*[[{]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
