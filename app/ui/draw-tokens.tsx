/** In: tokens of markdown. Out: elements; every tag and attribute is chosen here, none by the text. */
import type { Token } from 'markdown-it'
import { type ComponentType, createElement, type ReactNode } from 'react'

export interface Drawing {
  Maths: ComponentType<{ tex: string; isDisplay: boolean }> | undefined
  Code: ComponentType<{ text: string; language: string }> | undefined
  /** What stands where an image would be. */
  imageWord: string
  /** Draws what a token says in another way; undefined leaves it as it is. */
  drawWords?: (token: Token, draw: (text: string, key: string) => ReactNode) => ReactNode
}

interface Open {
  token: Token | undefined
  children: ReactNode[]
  /** What was read in it so far, to compare a link with its address. */
  words: string
}

/** Elements inside each other beyond this are left out; what they hold is drawn. */
const deepest = 60
/** Formulas of a piece beyond this stay as they were written. */
const mostFormulas = 400

/** Draws tokens without recursion, however they are nested. */
export function drawTokens(tokens: readonly Token[], drawing: Drawing): ReactNode[] {
  const stack: Open[] = [{ token: undefined, children: [], words: '' }]
  let formulas = 0
  const add = (node: ReactNode, words = '') => {
    const top = stack.at(-1)
    top?.children.push(node)
    if (top) top.words += words
  }
  const formula = (tex: string, isDisplay: boolean, key: string) => {
    formulas += 1
    const { Maths } = drawing
    if (!Maths || formulas > mostFormulas) return <code key={key}>{tex}</code>
    return <Maths key={key} tex={tex} isDisplay={isDisplay} />
  }
  const drawn = (token: Token, draw: (text: string, key: string) => ReactNode, key: string) =>
    drawing.drawWords?.(token, draw) ?? draw(token.content, key)
  const flat = tokens.flatMap((token) => (token.type === 'inline' ? (token.children ?? []) : token))
  flat.forEach((token, place) => {
    const key = String(place)
    if (token.nesting === 1) {
      stack.push({ token, children: [], words: '' })
      return
    }
    if (token.nesting === -1) {
      const closed = stack.length > 1 ? stack.pop() : undefined
      if (!closed?.token) return
      const isShown = !closed.token.hidden && stack.length < deepest
      add(isShown ? element(closed, key) : closed.children, closed.words)
      return
    }
    if (token.type === 'text') add(drawn(token, withBreaks, key), token.content)
    else if (token.type === 'maths') {
      const isDisplay = token.meta?.isDisplay === true
      add(
        drawn(token, () => formula(token.content, isDisplay, key), key),
        token.content,
      )
    } else if (token.type === 'maths_block') {
      add(drawn(token, () => formula(token.content, true, key), key))
    } else if (token.type === 'fence' && /^math\b/.test(token.info.trim())) {
      add(formula(token.content.slice(0, 4_000).trim(), true, key))
    } else add(leaf(token, key, drawing), token.content)
  })
  // Nothing stays open in what the parser gives; if something did, its content must not be lost.
  while (stack.length > 1) add(stack.pop()?.children)
  return stack[0]?.children ?? []
}

/** Page headings stand above those of a text. */
const tags: Record<string, string> = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' }
const known = new Set(
  'p h3 h4 h5 h6 blockquote ul ol li table thead tbody tr th td em strong s a'.split(' '),
)
const inDirection = new Set(['p', 'h3', 'h4', 'h5', 'h6', 'blockquote', 'li', 'th', 'td'])

function element({ token, children, words }: Open, key: string): ReactNode {
  if (!token) return children
  const tag = tags[token.tag] ?? token.tag
  if (!known.has(tag)) return children
  if (tag === 'a') return link(token, children, words, key)
  if (tag === 'table') {
    return (
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
      <div key={key} className="table-box" tabIndex={0}>
        <table>{children}</table>
      </div>
    )
  }
  const start = tag === 'ol' ? Number(attribute(token, 'start') || 1) : 1
  const props = {
    key,
    ...(inDirection.has(tag) ? { dir: 'auto' } : {}),
    ...(start > 1 ? { start } : {}),
    ...(/right|center/.test(attribute(token, 'style'))
      ? { className: /right/.test(attribute(token, 'style')) ? 'text-right' : 'text-center' }
      : {}),
    // Lines of HTML that was not taken for HTML keep their places.
    ...(tag === 'p' && /^<[/!a-z]/i.test(words) ? { className: 'whitespace-pre-wrap' } : {}),
  }
  return createElement(tag, props, ...(tag === 'li' ? withBoxes(children) : children))
}

const attribute = (token: Token, name: string): string => String(token.attrGet(name) ?? '')

/** Longer addresses are shown by their beginning; the whole one comes up with the pointer. */
const mostOfAddress = 90

function link(token: Token, children: ReactNode[], words: string, key: string): ReactNode {
  const href = attribute(token, 'href')
  if (!/^(?:https?:\/\/|mailto:)/i.test(href)) return children
  const isOwnName = token.info === 'auto' || sameAddress(words, href)
  const shown = href.length > mostOfAddress ? `${href.slice(0, mostOfAddress)}…` : href
  return (
    <span key={key}>
      <a href={href} target="_blank" rel="noopener noreferrer nofollow">
        <bdi>{children}</bdi>
      </a>
      {isOwnName ? null : (
        <bdi dir="ltr" className="link-target" title={href}>
          {' '}
          ({shown})
        </bdi>
      )}
    </span>
  )
}

const sameAddress = (words: string, href: string): boolean => {
  const bare = (text: string) =>
    text
      .trim()
      .replace(/^mailto:/i, '')
      .replace(/\/$/, '')
  return bare(words) === bare(href)
}

function leaf(token: Token, key: string, drawing: Drawing): ReactNode {
  switch (token.type) {
    case 'softbreak':
      return '\n'
    case 'hardbreak':
      return <br key={key} />
    case 'hr':
      return <hr key={key} />
    case 'code_inline':
      return <code key={key}>{wordsOf(token, drawing) ?? token.content}</code>
    case 'fence':
    case 'code_block':
      return <CodeBlock key={key} token={token} drawing={drawing} />
    case 'image':
      return <ImagePlace key={key} token={token} word={drawing.imageWord} />
    default:
      return token.content
  }
}

const wordsOf = (token: Token, { drawWords }: Drawing): ReactNode =>
  drawWords?.(token, (text) => text)

function CodeBlock({ token, drawing }: { token: Token; drawing: Drawing }) {
  const { Code } = drawing
  const language =
    token.info
      .trim()
      .split(/[\s{,]/, 1)[0]
      ?.toLowerCase() ?? ''
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <pre dir="ltr" tabIndex={0}>
      <code>
        {wordsOf(token, drawing) ??
          (Code && language ? <Code text={token.content} language={language} /> : token.content)}
      </code>
    </pre>
  )
}

/** An image would tell another site that this text is being read; its address is shown instead. */
function ImagePlace({ token, word }: { token: Token; word: string }) {
  const address = attribute(token, 'src')
  const words = [token.content, address].filter((one) => one !== '')
  return (
    <span className="image-place">
      {word}
      {words.map((one, place) => (
        <span key={place}>
          {place === 0 ? ': ' : ' — '}
          <bdi>{one}</bdi>
        </span>
      ))}
    </span>
  )
}

/** Tables have no other way to break a line. */
function withBreaks(text: string, key: string): ReactNode {
  if (!/<br\s*\/?>/i.test(text)) return text
  return text
    .split(/<br\s*\/?>/i)
    .flatMap((line, place) => (place === 0 ? [line] : [<br key={`${key}-${place}`} />, line]))
}

/** What is to do and what is done, as boxes. */
function withBoxes(children: ReactNode[]): ReactNode[] {
  const [first, ...others] = children
  const inner = Array.isArray(first) ? first : [first]
  const [words, ...rest] = inner
  if (typeof words !== 'string') return children
  const box = /^\[([ xX])\] /.exec(words)
  if (!box) return children
  const drawn = `${box[1] === ' ' ? '☐' : '☑'} ${words.slice(4)}`
  return [drawn, ...rest, ...others]
}
