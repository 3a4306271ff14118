import { useEffect, useState } from 'react'
import { moment } from './figures.ts'
import { useLanguage } from './language.tsx'
import { locales } from './languages.ts'

/**
 * A moment as the person's own clock writes it, in the language of the page and, where the browser
 * speaks it, as its country does; in UTC until the browser has taken over.
 */
export function LocalTime({ time, style = 'moment' }: { time: number; style?: 'moment' | 'day' }) {
  const [text, setText] = useState<string | null>(null)
  const language = useLanguage()
  useEffect(() => {
    const timeStyle = style === 'day' ? undefined : ('short' as const)
    const locale = navigator.language.startsWith(language) ? navigator.language : locales[language]
    setText(new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle }).format(time))
  }, [time, style, language])
  const plain = moment(time)
  return (
    <time dateTime={new Date(time).toISOString()} className="whitespace-nowrap">
      {text ?? (style === 'day' ? plain.slice(0, 10) : `${plain} UTC`)}
    </time>
  )
}
