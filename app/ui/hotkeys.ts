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

/**
 * Runs an action for a key pressed anywhere on the page. Never while a person types in a field, with a
 * modifier held, or while a dialog is open.
 */
export function useHotkeys(keys: KeyMap, isActive = true): void {
  const latest = useRef(keys)
  latest.current = keys
  useEffect(() => {
    if (!isActive) return
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      if (isTyping(event.target) || event.isComposing) return
      if (document.querySelector('[role="dialog"]')) return
      const isOnControl =
        event.target instanceof HTMLElement && event.target.matches('a, button, summary')
      if (isOnControl && (event.key === 'Enter' || event.key === ' ')) return
      const action = latest.current[keyName(event.key)]
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [isActive])
}
