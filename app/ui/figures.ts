/** Numbers as people read them. Rounding belongs here and nowhere earlier. */

export const percent = (share: number | null, digits = 1): string =>
  share === null ? '–' : `${(100 * share).toFixed(digits)} %`

export const interval = (low: number | null, high: number | null, digits = 1): string =>
  low === null || high === null
    ? '–'
    : `${(100 * low).toFixed(digits)}–${(100 * high).toFixed(digits)}`

/** A change with its sign, a real minus. @example signed(-0.329, 1, 100) // '−32.9' */
export const signed = (value: number, digits = 1, scale = 1): string => {
  const text = Math.abs(value * scale).toFixed(digits)
  if (Number(text) === 0) return text
  return `${value < 0 ? '−' : '+'}${text}`
}

export const decimal = (value: number | null, digits = 2): string =>
  value === null ? '–' : value.toFixed(digits)

export const whole = (value: number): string => value.toLocaleString('en')

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
export const moment = (time: number): string =>
  new Date(time).toISOString().slice(0, 16).replace('T', ' ')

/** How long ago, roughly. */
export function ago(time: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - time) / 1000))
  if (seconds < 60) return `${seconds} s ago`
  if (seconds < 3600) return `${Math.round(seconds / 60)} min ago`
  if (seconds < 86_400) return `${Math.round(seconds / 3600)} h ago`
  return moment(time)
}
