import { useEffect, useState } from 'react'
import { moment } from './figures.ts'

/** A moment as the person's own clock and language write it; in UTC until the browser has taken over. */
export function LocalTime({ time, style = 'moment' }: { time: number; style?: 'moment' | 'day' }) {
  const [text, setText] = useState<string | null>(null)
  useEffect(() => {
    const timeStyle = style === 'day' ? undefined : ('short' as const)
    setText(new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle }).format(time))
  }, [time, style])
  const plain = moment(time)
  return (
    <time dateTime={new Date(time).toISOString()} className="whitespace-nowrap">
      {text ?? (style === 'day' ? plain.slice(0, 10) : `${plain} UTC`)}
    </time>
  )
}
