/** Numbers, sizes and times as people read them. */
import { figuresOf, fillPhrase, type Language, type Phrase } from './languages.ts'

/** The same of the pages that speak English only. */
export const { share: percent, decimal, whole } = figuresOf('en')

export const bytes = (size: number): string => {
  if (size < 1024) return `${size} B`
  const units = ['kB', 'MB', 'GB', 'TB']
  let value = size / 1024
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  return `${value.toFixed(value < 10 ? 1 : 0)} ${units[unit]}`
}

/** A time as a date and a clock, in UTC until the browser knows better. */
export const moment = (time: number, language: Language = 'en'): string =>
  language === 'en'
    ? new Date(time).toISOString().slice(0, 16).replace('T', ' ')
    : figuresOf(language).moment(time)

const agoWords: Record<Language, Record<'seconds' | 'minutes' | 'hours', Phrase>> = {
  en: { seconds: '{count} s ago', minutes: '{count} min ago', hours: '{count} h ago' },
  pt: { seconds: 'há {count} s', minutes: 'há {count} min', hours: 'há {count} h' },
}

/** How long ago, roughly. */
export function ago(time: number, now: number, language: Language = 'en'): string {
  const words = agoWords[language]
  const seconds = Math.max(0, Math.round((now - time) / 1000))
  const say = (phrase: Phrase, unit: number) =>
    fillPhrase(language, phrase, { count: Math.round(seconds / unit) })
  if (seconds < 60) return say(words.seconds, 1)
  if (seconds < 3600) return say(words.minutes, 60)
  if (seconds < 86_400) return say(words.hours, 3600)
  return moment(time, language)
}
