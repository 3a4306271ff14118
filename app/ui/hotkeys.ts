import { useEffect, useRef } from 'react'

export type KeyMap = Readonly<Record<string, () => void>>

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement ||
    (target instanceof HTMLInputElement && !['radio', 'checkbox', 'button'].includes(target.type)))

/** The name of a pressed key, in lower case. @example keyName('ArrowLeft') // 'arrowleft' */
export const keyName = (key: string): string => key.toLowerCase()

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'shiftKey'>

/**
 * The names that a press goes by, the likeliest first. A letter with Shift is a key of its own, and a
 * number key is one on keyboards that write numbers with Shift only. A number key with Shift is a key of
 * its own on every keyboard: after the sign that it writes, and before the number.
 * @example namesOf({ key: 'C', code: 'KeyC', shiftKey: true }) // ['shift+c']
 */
export function namesOf({ key, code, shiftKey }: Press): string[] {
  const name = keyName(key)
  if (shiftKey && /^\p{L}$/u.test(key)) return [`shift+${name}`]
  const digit = /^Digit(\d)$/.exec(code)?.[1]
  if (digit === undefined) return [name]
  if (digit === name) return shiftKey ? [`shift+${digit}`, name] : [name]
  return [name, shiftKey ? `shift+${digit}` : digit]
}

/** Keys that may be held down to go on. */
const mayRepeat = /^(arrow|page)/

/** Controls that answer: the space bar chooses, Enter goes on. */
const choices = '[role="radio"], [role="checkbox"], [data-answers]'

/** Enter and the space bar belong to the control in focus; where one chooses, Enter means nothing. */
function isOfControl({ target, key }: KeyboardEvent): boolean {
  if (!(target instanceof HTMLElement) || (key !== 'Enter' && key !== ' ')) return false
  if (key === 'Enter' && target.matches(choices)) return false
  return target.matches('a, button, summary, input, [role="tab"]')
}

/** AltGr writes signs such as [ on many keyboards; it looks like Ctrl and Alt together. */
const isModified = (event: KeyboardEvent): boolean =>
  event.metaKey || ((event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph'))

/**
 * Runs an action for a key pressed anywhere on the page. Never while a person types in a field or
 * composes a character, with a modifier held, again while the key stays down (arrows excepted), or
 * while a dialog is open.
 */
export function useHotkeys(keys: KeyMap, isActive = true): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!isActive) return
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isModified(event)) return
      if (isTyping(event.target) || event.isComposing || event.key === 'Process') return
      if (document.querySelector('[role="dialog"]') || isOfControl(event)) return
      const name = namesOf(event).find((one) => Object.hasOwn(latest.current, one))
      const action = name === undefined ? undefined : latest.current[name]
      if (name === undefined || !action) return
      event.preventDefault()
      if (!event.repeat || mayRepeat.test(name)) action()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [isActive])
}
