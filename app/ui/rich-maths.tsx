import 'katex/dist/katex.min.css'
import katex from 'katex'
import { useEffect, useLayoutEffect, useRef } from 'react'

/** Definitions can grow without bound; formulas that have some must be short. */
const definesMacros = /\\(?:[gex]?def|let|futurelet|(?:re)?newcommand|providecommand)/
const mostWithMacros = 400

/** Elements inside each other, and in all: a browser that lays out more of them may die of it. */
const deepest = 200
const mostElements = 10_000

/** The formula as elements, apart from the page; undefined where it cannot be drawn, or should not be. */
function drawFormula(tex: string, isDisplay: boolean): HTMLElement | undefined {
  if (tex.length > mostWithMacros && definesMacros.test(tex)) return undefined
  const drawn = document.createElement('span')
  try {
    katex.render(tex, drawn, {
      displayMode: isDisplay,
      trust: false,
      strict: 'ignore',
      throwOnError: true,
      maxExpand: 100,
      maxSize: 20,
    })
  } catch {
    return undefined
  }
  return isModest(drawn) ? drawn : undefined
}

function isModest(root: HTMLElement): boolean {
  let elements = 0
  let depth = 0
  let at: Element = root
  for (;;) {
    elements += 1
    if (elements > mostElements || depth > deepest) return false
    if (at.firstElementChild) {
      at = at.firstElementChild
      depth += 1
      continue
    }
    while (!at.nextElementSibling) {
      if (at === root || !at.parentElement || at.parentElement === root) return true
      at = at.parentElement
      depth -= 1
    }
    at = at.nextElementSibling
  }
}

// On the server there is no layout to wait for.
const useBeforePaint = typeof document === 'undefined' ? useEffect : useLayoutEffect

/**
 * A formula, drawn by KaTeX into an element of its own: no markup passes through a string of HTML.
 * What it cannot read, and what is made to run on, stays as it was written.
 */
export function Maths({ tex, isDisplay }: { tex: string; isDisplay: boolean }) {
  const box = useRef<HTMLSpanElement>(null)
  useBeforePaint(() => {
    const drawn = drawFormula(tex, isDisplay)
    if (drawn) box.current?.replaceChildren(drawn)
    else box.current?.classList.add('maths-source')
  }, [tex, isDisplay])
  return (
    <span
      ref={box}
      key={`${isDisplay} ${tex}`}
      dir="ltr"
      className={isDisplay ? 'maths maths-display' : 'maths'}
      {...(isDisplay ? { tabIndex: 0, role: 'group' } : {})}
    >
      {tex}
    </span>
  )
}
