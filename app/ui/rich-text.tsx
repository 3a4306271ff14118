import 'katex/dist/katex.min.css'
import type { Components } from 'react-markdown'
import ReactMarkdown from 'react-markdown'
import rehypeHighlight from 'rehype-highlight'
import rehypeKatex from 'rehype-katex'
import remarkGfm from 'remark-gfm'
import remarkMath from 'remark-math'

/** An image would tell another site that this text is being read; its address is shown instead. */
const components: Components = {
  // The page has its own headings; those of a text stand below them.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h5>{children}</h5>,
  img: ({ alt, src }) => (
    <span className="text-ink-3">
      [image{alt ? `: ${alt}` : ''}
      {typeof src === 'string' && src !== '' ? ` — ${src}` : ''}]
    </span>
  ),
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
}

/** `\( … \)` and `\[ … \]` are maths too, as many models write it. */
const withDollars = (text: string): string =>
  text
    .replaceAll(/\\\[([\s\S]+?)\\\]/g, (_, inner: string) => `\n$$\n${inner.trim()}\n$$\n`)
    .replaceAll(/\\\((.+?)\\\)/g, (_, inner: string) => `$${inner}$`)

export default function RichText({ text }: { text: string }) {
  return (
    <div className="prose" dir="auto">
      <ReactMarkdown
        remarkPlugins={[remarkGfm, [remarkMath, { singleDollarTextMath: hasMaths(text) }]]}
        rehypePlugins={[
          [rehypeKatex, { throwOnError: false, trust: false, maxExpand: 200, strict: false }],
          [rehypeHighlight, { detect: false }],
        ]}
        components={components}
      >
        {withDollars(text)}
      </ReactMarkdown>
    </div>
  )
}

/** A single dollar is money more often than maths; it is maths where what it holds looks like it. */
const hasMaths = (text: string): boolean =>
  /\\\(|\$[^$\n]*[\\^_=+{}<>][^$\n]*\$/.test(text) || /\$[a-zA-Z]\$/.test(text)
