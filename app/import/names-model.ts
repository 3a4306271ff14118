/** Whether a text gives its model away by name; very short names would match by chance. */
export function namesModel(text: string, name: string): boolean {
  if (name.length < 4) return false
  const at = text.toLowerCase().indexOf(name.toLowerCase())
  if (at < 0) return false
  const isWord = (character: string | undefined) => character !== undefined && /\w/.test(character)
  return !isWord(text[at - 1]) && !isWord(text[at + name.length])
}
