/** In: what a browser asks for. Out: one of our languages, and its numbers, sizes and plural forms. */

export const languages = ['en', 'pt'] as const
export type Language = (typeof languages)[number]

/** What `lang` attributes and number formats call each language. */
export const locales: Record<Language, string> = { en: 'en', pt: 'pt-BR' }
export const languageNames: Record<Language, string> = { en: 'English', pt: 'Português' }

const cookieName = 'rubrica_language'

const knownLanguage = (tag: string | null | undefined): Language | undefined =>
  languages.find((language) => language === tag?.trim().toLowerCase().split('-')[0])

/** The language of a page: as its address says, else as chosen before, else as the browser prefers. */
export function languageOf(request: Pick<Request, 'url' | 'headers'>): Language {
  return (
    chosenLanguage(request) ??
    knownLanguage(cookieValue(request.headers.get('Cookie'))) ??
    preferredLanguage(request.headers.get('Accept-Language')) ??
    'en'
  )
}

/** The language that the address itself asks for, to be kept. */
export const chosenLanguage = ({ url }: Pick<Request, 'url'>): Language | undefined =>
  knownLanguage(new URL(url).searchParams.get('lang'))

/** The header that keeps a choice for a year. */
export const languageCookie = (language: Language, isSecure: boolean): string =>
  `${cookieName}=${language}; Path=/; Max-Age=31536000; SameSite=Lax${isSecure ? '; Secure' : ''}`

function cookieValue(header: string | null): string | undefined {
  const parts = (header ?? '').split(';').map((part) => part.trim())
  return parts.find((part) => part.startsWith(`${cookieName}=`))?.slice(cookieName.length + 1)
}

/** The first of ours in an Accept-Language header, by its weights. */
function preferredLanguage(header: string | null): Language | undefined {
  const wishes = (header ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { language: knownLanguage(tag), weight: weight === undefined ? 1 : Number(weight) }
  })
  return wishes
    .filter((wish) => wish.language !== undefined && wish.weight > 0)
    .sort((one, other) => other.weight - one.weight)[0]?.language
}

/** A phrase with places such as `{count}`, or its forms by the plural that a count needs. */
export type Phrase = string | PluralForms
export interface PluralForms {
  one: string
  many?: string
  other: string
}

export type Values = Readonly<Record<string, string | number>>

/** A phrase with its values filled in; numbers are written as the language writes them. */
export function fillPhrase(language: Language, phrase: Phrase, values: Values = {}): string {
  const text = typeof phrase === 'string' ? phrase : formOf(language, phrase, values.count)
  return text.replaceAll(/\{(\w+)\}/g, (place, name: string) => {
    const value = values[name]
    if (value === undefined) return place
    return typeof value === 'number' ? figuresOf(language).whole(value) : value
  })
}

function formOf(language: Language, forms: PluralForms, count: string | number | undefined) {
  const rule = new Intl.PluralRules(locales[language]).select(Number(count))
  return (rule === 'one' || rule === 'many' ? forms[rule] : undefined) ?? forms.other
}

/** What says the phrases of word lists that have the same keys, one list for each language. */
export const sayingFrom =
  <Key extends string>(lists: Record<Language, Readonly<Record<Key, Phrase>>>) =>
  (language: Language) =>
  (key: Key, values?: Values): string =>
    fillPhrase(language, lists[language][key], values)

const sizes = ['B', 'kB', 'MB', 'GB', 'TB']

const decimalMarks: Record<Language, string> = { en: '.', pt: ',' }

const wholeFormats = new Map<Language, Intl.NumberFormat>()

/** Made once: making one takes longer than writing a hundred numbers with it. */
function wholeFormat(language: Language): Intl.NumberFormat {
  const made = wholeFormats.get(language) ?? new Intl.NumberFormat(locales[language])
  wholeFormats.set(language, made)
  return made
}

/** Numbers as a language writes them. Rounding belongs here and nowhere earlier. */
export function figuresOf(language: Language) {
  const locale = locales[language]
  const whole = (value: number) => wholeFormat(language).format(value)
  const marked = (text: string) => text.replace('.', decimalMarks[language])
  const fixed = (value: number, digits: number) => marked(value.toFixed(digits))
  return {
    whole,
    /** With all the digits that it has. */
    exact: (value: number): string => marked(String(value)),
    /** With so many digits after the decimal mark; a dash where there is no number. */
    decimal: (value: number | null, digits = 2): string =>
      value === null ? '–' : fixed(value, digits),
    /** A share as so many of a hundred. */
    share: (share: number | null, digits = 1): string =>
      share === null ? '–' : `${fixed(100 * share, digits)} %`,
    /** A share as so many of a hundred, without the sign. */
    hundredths: (share: number, digits = 1): string => fixed(100 * share, digits),
    /** From one share to another, without the sign of percent. */
    interval: (low: number | null, high: number | null, digits = 1): string =>
      low === null || high === null
        ? '–'
        : `${fixed(100 * low, digits)}–${fixed(100 * high, digits)}`,
    /** A change with its sign, a real minus. @example signed(-0.329, 1, 100) // '−32.9' */
    signed: (value: number, digits = 1, scale = 1): string => {
      const size = Math.abs(value * scale)
      if (Number(size.toFixed(digits)) === 0) return fixed(size, digits)
      return `${value < 0 ? '−' : '+'}${fixed(size, digits)}`
    },
    /** The probability of a test; a dash where there is none. */
    probability: (p: number | null): string => {
      if (p === null) return '–'
      return p < 0.001 ? `< ${fixed(0.001, 3)}` : fixed(p, 3)
    },
    percent: (share: number) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share),
    bytes: (size: number): string => {
      const step = size < 1 ? 0 : Math.min(4, Math.floor(Math.log(size) / Math.log(1024)))
      const value = size / 1024 ** step
      const maximumFractionDigits = step > 0 && value < 10 ? 1 : 0
      return `${new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value)} ${sizes[step]}`
    },
    /** A date and a clock, in UTC. */
    moment: (time: number): string =>
      new Intl.DateTimeFormat(locale, {
        year: 'numeric',
        month: 'short',
        day: 'numeric',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
        timeZone: 'UTC',
      }).format(time),
  }
}

export type Figures = ReturnType<typeof figuresOf>

/** A day, in UTC. @example dayOf(0, 'en') // '1970-01-01' */
export const dayOf = (time: number, language: Language): string =>
  language === 'en'
    ? new Date(time).toISOString().slice(0, 10)
    : new Intl.DateTimeFormat(locales[language], { dateStyle: 'medium', timeZone: 'UTC' }).format(
        time,
      )
