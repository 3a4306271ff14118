/** Two long responses, each with a scroll area of its own, that may be scrolled together. */
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { type Anchor, placeBeside, sharedBlocks } from './scroll-together.ts'

/** Where two stand side by side. */
const isWide = '(min-width: 1000px)'
/** A response is long when it is this many times as high as the room for it. */
const longFrom = 1.25
const longUntil = 1.1
/** What of the room's height is no text: the heading, and a margin above and below. */
const aroundText = 96
const leastHeight = 240
/** Blocks of a text that are compared with those of the other. */
const mostBlocks = 400
const anchorsKeptMs = 400

interface PairScroll {
  root: RefObject<HTMLDivElement>
  /** The height of each scroll area in pixels; undefined where the page scrolls as a whole. */
  height: number | undefined
}

export function usePairScroll(
  isSynced: boolean,
  shown: 0 | 1,
  onShow: (side: 0 | 1) => void,
): PairScroll {
  const root = useRef<HTMLDivElement>(null)
  const height = useAreaHeight(root)
  useScrollOn(root, height !== undefined, shown, onShow)
  useTogether(root, isSynced && height !== undefined)
  return { root, height }
}

const areasIn = (root: HTMLElement | null): HTMLElement[] => [
  ...(root?.querySelectorAll<HTMLElement>('[data-scroll-area]') ?? []),
]

/** The element that scrolls around another one. */
function scrollerOf(element: HTMLElement): HTMLElement | null {
  let around = element.parentElement
  while (around && !/auto|scroll/.test(getComputedStyle(around).overflowY)) {
    around = around.parentElement
  }
  return around
}

/** How much larger than usual an element is drawn. */
const zoomOf = (element: HTMLElement): number =>
  'currentCSSZoom' in element && typeof element.currentCSSZoom === 'number'
    ? element.currentCSSZoom
    : 1

function useAreaHeight(root: RefObject<HTMLDivElement>): number | undefined {
  const [height, setHeight] = useState<number>()
  useEffect(() => {
    const box = root.current
    const scroller = box && scrollerOf(box)
    if (!box || !scroller) return
    const wide = window.matchMedia(isWide)
    const look = () => {
      const room = scroller.clientHeight / zoomOf(box) - aroundText
      const tallest = Math.max(
        ...areasIn(box).map((area) => (area.firstElementChild as HTMLElement).offsetHeight),
      )
      setHeight((now) => {
        const isLong = tallest > room * (now === undefined ? longFrom : longUntil)
        return wide.matches && isLong ? Math.max(leastHeight, Math.floor(room)) : undefined
      })
    }
    const observer = new ResizeObserver(look)
    observer.observe(scroller)
    for (const area of areasIn(box)) {
      if (area.firstElementChild) observer.observe(area.firstElementChild)
    }
    wide.addEventListener('change', look)
    return () => {
      observer.disconnect()
      wide.removeEventListener('change', look)
    }
  }, [root])
  return height
}

/** How far an element reaches below what its scroller shows, in pixels; not above 0 when in full view. */
const hiddenBelow = (box: HTMLElement, scroller: HTMLElement): number =>
  Math.min(
    box.getBoundingClientRect().bottom - scroller.getBoundingClientRect().bottom,
    scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop,
  )

/** Whether an area can be scrolled further that way, or will be when more of its text is drawn. */
function hasMore(area: HTMLElement, way: 1 | -1): boolean {
  if (way < 0) return area.scrollTop > 0
  const left = area.scrollHeight - area.clientHeight - area.scrollTop
  return left > 1 || area.querySelector('[data-goes-on]') !== null
}

const pageKeys: Record<string, 1 | -1> = { PageDown: 1, ' ': 1, PageUp: -1 }
const pageShare = 0.85

/**
 * The page scrolls first until both areas are in full view, then the areas do: with the wheel the one
 * under it, with keys the one in focus or on show, and after its end the other one.
 */
function useScrollOn(
  root: RefObject<HTMLDivElement>,
  isOn: boolean,
  shown: 0 | 1,
  onShow: (side: 0 | 1) => void,
): void {
  const latest = useRef({ shown, onShow })
  latest.current = { shown, onShow }
  useEffect(() => {
    const box = root.current
    const scroller = box && scrollerOf(box)
    if (!box || !scroller || !isOn) return
    const turn = (event: WheelEvent) => {
      if (event.ctrlKey || event.deltaY <= Math.abs(event.deltaX)) return
      if (hiddenBelow(box, scroller) <= 1) return
      event.preventDefault()
      scroller.scrollTop += event.deltaMode === 1 ? event.deltaY * 20 : event.deltaY
    }
    const press = (event: KeyboardEvent) => {
      const way = pageKeys[event.key]
      if (way === undefined || event.ctrlKey || event.metaKey || event.altKey) return
      if (!isForPage(event.target, event.key) || box.closest('[inert]')) return
      if (way > 0 && hiddenBelow(box, scroller) > 1) return
      const areas = areasIn(box)
      const { shown, onShow } = latest.current
      const inHand = areas.find((one) => one.contains(document.activeElement)) ?? areas[shown]
      const area = [inHand, ...areas].find((one) => one && hasMore(one, way))
      if (!area) return
      event.preventDefault()
      if (area !== inHand) onShow(area === areas[0] ? 0 : 1)
      lead(area)
      area.scrollTop += way * pageShare * area.clientHeight
    }
    box.addEventListener('wheel', turn, { passive: false })
    // Before the keys of the room, which scroll the page.
    window.addEventListener('keydown', press, true)
    return () => {
      box.removeEventListener('wheel', turn)
      window.removeEventListener('keydown', press, true)
    }
  }, [root, isOn])
}

function isForPage(target: EventTarget | null, key: string): boolean {
  if (document.querySelector('[role="dialog"]') || !(target instanceof HTMLElement)) return false
  const isField = target.isContentEditable || target.matches('input, textarea, select')
  return !isField && !(key === ' ' && target.matches('a, button, summary, [role="radio"]'))
}

const leading = 'data-leading'

/** Says which of the two is scrolled by the person: only that one moves the other. */
function lead(area: HTMLElement): void {
  if (area.hasAttribute(leading)) return
  for (const one of area.closest('[data-pair]')?.querySelectorAll(`[${leading}]`) ?? []) {
    one.removeAttribute(leading)
  }
  area.setAttribute(leading, '')
}

function useTogether(root: RefObject<HTMLDivElement>, isOn: boolean): void {
  const anchors = useRef<{ of: HTMLElement; at: number; found: Anchor[] }>()
  const anchorsFrom = useCallback((from: HTMLElement, to: HTMLElement, now: number): Anchor[] => {
    const known = anchors.current
    if (known?.of === from && now - known.at < anchorsKeptMs) return known.found
    const found = anchorsOf(from, to)
    anchors.current = { of: from, at: now, found }
    return found
  }, [])
  useEffect(() => {
    const box = root.current
    const [first, second] = areasIn(box)
    if (!isOn || !first || !second) return
    let frame = 0
    const follow = (from: HTMLElement, to: HTMLElement) => () => {
      if (!from.hasAttribute(leading)) return
      cancelAnimationFrame(frame)
      frame = requestAnimationFrame((now) => {
        to.scrollTop = placeBeside(from.scrollTop, anchorsFrom(from, to, now))
      })
    }
    const ways = [
      { area: first, follow: follow(first, second), lead: () => lead(first) },
      { area: second, follow: follow(second, first), lead: () => lead(second) },
    ]
    const signs = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const
    for (const way of ways) {
      way.area.addEventListener('scroll', way.follow, { passive: true })
      for (const sign of signs) way.area.addEventListener(sign, way.lead, { passive: true })
    }
    return () => {
      cancelAnimationFrame(frame)
      for (const way of ways) {
        way.area.removeEventListener('scroll', way.follow)
        for (const sign of signs) way.area.removeEventListener(sign, way.lead)
      }
    }
  }, [root, isOn, anchorsFrom])
}

/** Both beginnings, blocks that both have, and both ends. */
function anchorsOf(from: HTMLElement, to: HTMLElement): Anchor[] {
  const [own, others] = [blocksOf(from), blocksOf(to)]
  const top = (area: HTMLElement, block: HTMLElement | undefined) =>
    block
      ? block.getBoundingClientRect().top - area.getBoundingClientRect().top + area.scrollTop
      : 0
  const range = (area: HTMLElement) => area.scrollHeight - area.clientHeight
  const between = sharedBlocks(own.map(beginningOf), others.map(beginningOf)).map(
    ([one, other]): Anchor => [top(from, own[one]), top(to, others[other])],
  )
  const [most, mostOther] = [range(from), range(to)]
  return [...between.filter(([one, other]) => one < most && other < mostOther), [most, mostOther]]
}

const blocksOf = (area: HTMLElement): HTMLElement[] =>
  [
    ...area.querySelectorAll<HTMLElement>('.prose > :not(.text-piece), .text-piece > *, .raw-text'),
  ].slice(0, mostBlocks)

const beginningOf = (block: HTMLElement): string =>
  (block.textContent ?? '').slice(0, 80).trim().toLowerCase()
