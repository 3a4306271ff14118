/** Characters that cannot be seen, or that change how others are seen, and what they are called. */

const names = new Map<number, string>([
  [0x00, 'null'],
  [0x07, 'bell'],
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0b, 'line tabulation'],
  [0x0c, 'form feed'],
  [0x0d, 'carriage return'],
  [0x1b, 'escape'],
  [0x20, 'space'],
  [0x7f, 'delete'],
  [0x85, 'next line'],
  [0xa0, 'no-break space'],
  [0xad, 'soft hyphen'],
  [0x034f, 'combining grapheme joiner'],
  [0x061c, 'Arabic letter mark'],
  [0x115f, 'Hangul choseong filler'],
  [0x1160, 'Hangul jungseong filler'],
  [0x180e, 'Mongolian vowel separator'],
  [0x2007, 'figure space'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x2028, 'line separator'],
  [0x2029, 'paragraph separator'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'pop directional formatting'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x202f, 'narrow no-break space'],
  [0x2060, 'word joiner'],
  [0x2061, 'function application'],
  [0x2062, 'invisible times'],
  [0x2063, 'invisible separator'],
  [0x2064, 'invisible plus'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'pop directional isolate'],
  [0x2800, 'braille blank'],
  [0x3000, 'ideographic space'],
  [0x3164, 'Hangul filler'],
  [0xfeff, 'zero width no-break space (byte order mark)'],
  [0xffa0, 'halfwidth Hangul filler'],
  [0xfffc, 'object replacement character'],
])

const ranges: readonly (readonly [number, number, string])[] = [
  [0x00, 0x1f, 'control character'],
  [0x80, 0x9f, 'control character'],
  [0x2000, 0x200a, 'space of a special width'],
  [0x206a, 0x206f, 'deprecated format character'],
  [0xfe00, 0xfe0f, 'variation selector'],
  [0xfff9, 0xfffb, 'interlinear annotation'],
  [0xe0000, 0xe007f, 'tag character'],
  [0xe0100, 0xe01ef, 'variation selector'],
]

/**
 * What a hidden character is called, with its code point.
 * @example hiddenName('\u202e') // 'U+202E right-to-left override'
 */
export function hiddenName(character: string): string {
  const point = character.codePointAt(0) ?? 0
  const name =
    names.get(point) ?? ranges.find(([from, to]) => point >= from && point <= to)?.[2] ?? ''
  return `${codePoint(character)} ${name}`.trimEnd()
}

/** @example codePoint('\u202e') // 'U+202E' */
export const codePoint = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`

const unseen =
  '\\0-\\x08\\x0b-\\x1f\\x7f-\\xa0\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180e\\u2000-\\u200f\\u2028-\\u202f\\u205f-\\u206f\\u2800\\u3000\\u3164\\ufe00-\\ufe0f\\ufeff\\uffa0\\ufff9-\\ufffc\\u{e0000}-\\u{e01ef}'
const hidden = new RegExp(`([${unseen}])\\1*`, 'gu')
const hiddenAndSpaces = new RegExp(`([${unseen}\\t])\\1*|(?<! ) +(?=\\n|$)`, 'gu')

export interface RawPart {
  text: string
  /** Whether it is a run of one character that cannot be seen. */
  isHidden: boolean
}

/**
 * A text in parts, what cannot be seen apart; tabs and spaces at line ends when asked for. Line ends
 * of two characters count as one.
 */
export function rawParts(text: string, { withSpaces }: { withSpaces: boolean }): RawPart[] {
  const parts: RawPart[] = []
  let from = 0
  const plain = text.replaceAll('\r\n', '\n')
  for (const match of plain.matchAll(withSpaces ? hiddenAndSpaces : hidden)) {
    if (match.index > from) parts.push({ text: plain.slice(from, match.index), isHidden: false })
    parts.push({ text: match[0], isHidden: true })
    from = match.index + match[0].length
  }
  if (from < plain.length) parts.push({ text: plain.slice(from), isHidden: false })
  return parts
}

/** Whether there are tabs, or spaces at the end of a line. */
export const hasLooseSpaces = (text: string): boolean => /\t| (?=\n|$)/.test(text)

/**
 * Deceiving ones: controls, directions, widths of zero, tags. Joiners belong to many scripts and to
 * emoji; they deceive beside plain Latin text.
 */
const deceiving = new RegExp(
  '[\\0-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f\\u061c\\u180e\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff\\u{e0000}-\\u{e007f}]' +
    '|[\\u200c\\u200d](?=[\\x20-\\x7e])|[\\x20-\\x7e][\\u200c\\u200d]',
  'u',
)

/** Whether a text holds characters that a reader should know of although nobody sees them. */
export const hasHiddenCharacters = (text: string): boolean => deceiving.test(text)
