/** Texts that people and models wrote: what they look like, that nothing is lost, that none can run on. */
import process from 'node:process'
import fc from 'fast-check'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import {
  hasHiddenCharacters,
  hasLooseSpaces,
  hiddenName,
  rawParts,
} from '#app/ui/hidden-characters.ts'
import { needsMarkup } from '#app/ui/markdown.tsx'
import { mathsAt, mayHoldMaths } from '#app/ui/maths-text.ts'
import { RichText } from '#app/ui/rich-text.tsx'
import { linkDefinitions, markdownPieces, plainPieces } from '#app/ui/text-pieces.ts'

/** Formulas are drawn in the browser; here their source tells them apart. */
const Maths = ({ tex, isDisplay }: { tex: string; isDisplay: boolean }) =>
  createElement('math', isDisplay ? { className: 'display' } : {}, tex)
const html = (text: string) =>
  renderToStaticMarkup(createElement(RichText, { text, Maths, Code: undefined }))
const formulas = (text: string) =>
  [...html(text).matchAll(/<math[^>]*>(.*?)<\/math>/gs)].map((found) => found[1])

describe('Maths', () => {
  it.each([
    ['Euler: $e^{i\\pi} + 1 = 0$.', ['e^{i\\pi} + 1 = 0']],
    ['Let $x$ be in $[0, 1)$ and $n-1$ even.', ['x', '[0, 1)', 'n-1']],
    ['Inline \\(a^2 + b^2\\) here.', ['a^2 + b^2']],
    ['Before\n\n$$\n\\sum_i x_i\n\n= 1\n$$\n\nafter', ['\\sum_i x_i\n\n= 1']],
    ['\\[\n\\frac{1}{2}\n\\]', ['\\frac{1}{2}']],
    ['- a list with $$y = 2$$', ['y = 2']],
    ['> $$\n> z^2\n> $$', ['z^2']],
    ['| f |\n|---|\n| $x_1$ |', ['x_1']],
    ['**Bold $x_i$ and *$y_i$***', ['x_i', 'y_i']],
  ])('is found in %j', (text, expected) => {
    expect(formulas(text)).toEqual(expected)
  })

  it.each([
    'It costs $5 and $10, or $1,000.50 in all.',
    'From $5 to 10$ per month, **$6** and **$7**.',
    'US$5 = R$27 and A$8',
    'Pay $20/month vs. $25/month (save ~$60).',
    'Use `$HOME` and `$PATH` with $USER.',
    'Escaped \\$x^2\\$ stays.',
    '```sh\necho $a_b$\n```',
    'See \\[citation needed\\] and \\(sic\\).',
    'A price in brackets ($5) and one more ($6).',
  ])('is not found in %j', (text) => {
    expect(formulas(text)).toEqual([])
  })

  it('is looked for only where its signs are', () => {
    expect(mayHoldMaths('It costs $5 and $10.')).toBe(false)
    expect(mayHoldMaths('So $x^2$ grows.')).toBe(true)
    expect(mathsAt('so $x^2$ grows', 3)).toEqual({ tex: 'x^2', isDisplay: false, end: 8 })
  })
})

describe('Markup', () => {
  it('of tables, lists, code and headings becomes elements of the page', () => {
    const drawn = html(
      '# Title\n\n| a | b |\n|---|--:|\n| 1 | 2<br>3 |\n\n3. three\n4. four\n   - [x] done\n\n```py\nx = 1\n```\n\n~~gone~~',
    )
    expect(drawn).toContain('<h3 dir="auto">Title</h3>')
    expect(drawn).toMatch(/<td[^>]*class="text-right"[^>]*>2<br\/>3<\/td>/)
    expect(drawn).toContain('<ol start="3">')
    expect(drawn).toContain('☑ done')
    expect(drawn).toContain('<code>x = 1\n</code>')
    expect(drawn).toContain('<s>gone</s>')
  })

  it('of links leads only to web addresses and mail, and says where', () => {
    const drawn = html('[a](https://a.example/x "t") <https://b.example> https://c.example/y.')
    expect(drawn.match(/<a [^>]*>/g)).toEqual([
      '<a href="https://a.example/x" target="_blank" rel="noopener noreferrer nofollow">',
      '<a href="https://b.example" target="_blank" rel="noopener noreferrer nofollow">',
      '<a href="https://c.example/y" target="_blank" rel="noopener noreferrer nofollow">',
    ])
    expect(drawn).toContain('(https://a.example/x)')
    for (const address of [
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)',
      'java&#x0A;script:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'file:///etc/passwd',
      '//evil.example',
      '/sign-out',
      'blob:x',
      'ftp://x',
    ]) {
      const text = `[x](${address}) <${address}> [y][z]\n\n[z]: ${address}`
      expect(html(text), address).not.toContain('<a ')
    }
  })

  it('of images is their words and address, and HTML is text', () => {
    const drawn = html('![a cat](https://evil.example/cat.png)\n\n<img src=x onerror=alert(1)><b>')
    expect(drawn).not.toMatch(/<img|<b>/)
    expect(drawn).toContain('a cat')
    expect(drawn).toContain('https://evil.example/cat.png')
    expect(drawn).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  it('never gives a text its own attributes, but for those that the page chooses', () => {
    fc.assert(
      fc.property(
        fc
          .array(
            fc.constantFrom(
              ...'<script>|</script>|<img src=x onerror=y>|[a](|](|javascript:|)|`|```|\n|\n\n|**|_|$|\\(|\\)|> |- |1. ||a|---||x"y\'|&quot;|&#106;|<style>|{{x}}|\u202e'.split(
                '|',
              ),
            ),
            { maxLength: 40 },
          )
          .map((parts) => parts.join('')),
        (text) => {
          const drawn = html(text)
          for (const [, tag = ''] of drawn.matchAll(/<([a-z0-9]+)/g)) {
            expect(
              'div p h3 h4 h5 h6 blockquote ul ol li table thead tbody tr th td em strong s a span bdi code pre br hr math button'.split(
                ' ',
              ),
            ).toContain(tag)
          }
          expect(drawn).not.toMatch(/<[^>]*\s(?:on\w+|style|srcdoc|src)=/)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('is looked for before anything heavy is loaded', () => {
    expect(needsMarkup('Just a sentence. Two, even; 3 < 4.')).toBe(false)
    expect(needsMarkup('A line\n\n* item')).toBe(true)
    expect(needsMarkup('See https://a.example')).toBe(true)
  })
})

const hostile: Record<string, (length: number) => string> = {
  quotes: (n) => '>'.repeat(n),
  'nested lists': (n) => '- '.repeat(n / 2),
  'numbered lists': (n) => '1. '.repeat(n / 3),
  stairs: (n) => {
    let text = ''
    for (let step = 0; text.length < n; step++) text += `${'  '.repeat(step % 300)}- a\n`
    return text
  },
  brackets: (n) => '['.repeat(n),
  'closed brackets': (n) => `${'['.repeat(n / 2)}${']'.repeat(n / 2)}`,
  images: (n) => '!['.repeat(n / 2),
  links: (n) => '[a](<b'.repeat(n / 6),
  emphasis: (n) => '*a **b '.repeat(n / 14) + 'a* b** '.repeat(n / 14),
  'nested emphasis': (n) => `${'_*'.repeat(n / 4)}a${'*_'.repeat(n / 4)}`,
  backticks: (n) => {
    let text = ''
    for (let count = 1; text.length < n; count++) text += `e${'`'.repeat(count)}`
    return text
  },
  angles: (n) => '<a href="'.repeat(n / 9),
  comments: (n) => '<!--'.repeat(n / 4),
  definitions: (n) => {
    let text = ''
    for (let count = 0; text.length < n; count++) text += `[${count}]: https://u\n`
    return text
  },
  'one wide table': (n) => {
    const columns = Math.floor(n / 6)
    return `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'|a'.repeat(columns)}|`
  },
  'table rows': (n) => {
    const columns = Math.floor(n / 20)
    return `${'|a'.repeat(columns)}|\n${'|-'.repeat(columns)}|\n${'a\n'.repeat(columns)}`
  },
  dollars: (n) => '$$a '.repeat(n / 4),
  'open maths': (n) => '\\(\\['.repeat(n / 4),
  'lone dollars': (n) => '$a '.repeat(n / 3),
  'money for ever': (n) => `$${'a_'.repeat(n / 2)}`,
  addresses: (n) => 'http://a.'.repeat(n / 9),
  mail: (n) => 'a@b.'.repeat(n / 4),
  backslashes: (n) => '\\'.repeat(n),
  spaces: (n) => `a${' '.repeat(n)}b`,
  nulls: (n) => '\0'.repeat(n),
  fences: (n) => '```\n'.repeat(n / 4),
  entities: (n) => '&amp'.repeat(n / 4),
}

describe('A text made to run on', () => {
  it.each(Object.entries(hostile))('as of %s takes bounded time', (_, make) => {
    html(make(2_000))
    const before = process.cpuUsage()
    const text = make(200_000)
    needsMarkup(text)
    linkDefinitions(text)
    html(text)
    hasHiddenCharacters(text)
    for (const piece of plainPieces(text)) rawParts(piece.text, { withSpaces: true })
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000)
  })

  it('of ten megabytes is cut up in time that grows with its length alone', () => {
    for (const make of [hostile.quotes, hostile.fences, hostile.stairs, hostile.dollars]) {
      const text = make?.(10_000_000) ?? ''
      const before = process.cpuUsage()
      needsMarkup(text)
      plainPieces(text)
      markdownPieces(text.slice(0, 1_000_000))
      expect(process.cpuUsage(before).user / 1_000).toBeLessThan(4_000)
    }
  })
})

describe('A long text in pieces', () => {
  const joined = (pieces: { text: string }[]) => pieces.map(({ text }) => text).join('')

  it('loses nothing', () => {
    const lines = fc.array(
      fc.constantFrom(
        '# H',
        'word '.repeat(300),
        '- item',
        '',
        '```',
        'code()',
        '$$',
        '  deep',
        '🙂'.repeat(90),
      ),
      { maxLength: 120 },
    )
    fc.assert(
      fc.property(lines, (some) => {
        const text = some.join('\n')
        expect(joined(plainPieces(text))).toBe(text)
        const pieces = markdownPieces(text)
        const outside = pieces.filter(({ kind }) => kind !== 'code')
        const kept = pieces.reduce((sum, piece) => sum + piece.text.length, 0)
        // Of fences that became pieces of their own, only the fence lines are gone.
        expect(text.length - kept).toBeLessThanOrEqual(8 * (pieces.length - outside.length))
      }),
    )
  })

  it('is drawn as it is in one: lists, code and maths are not torn', () => {
    const part =
      '## Head\n\nText with **bold** words.\n\n1. one\n\n2. two\n\n```js\nlet a\n\nlet b\n```\n\n'
    const text = part.repeat(400)
    const pieces = markdownPieces(text)
    expect(pieces.length).toBeGreaterThan(3)
    for (const piece of pieces) {
      expect(piece.text.split('```').length % 2).toBe(1)
      expect(piece.text).toMatch(/^(## Head|Text with|```js\nlet a\n\nlet b\n```)/)
    }
  })

  it('does not cut an emoji in two', () => {
    for (const piece of plainPieces(`a${'🙂'.repeat(30_000)}`)) {
      expect(piece.text.isWellFormed()).toBe(true)
    }
  })

  it('that is nested beyond reason is shown as it was written, and says so', () => {
    const drawn = html(`${'> '.repeat(100)}deep words`)
    expect(drawn).toContain('deep words')
    expect(drawn).toContain('nested too deeply')
    expect(html(`${'> '.repeat(10)}fine`)).not.toContain('nested too deeply')
  })

  it('keeps links whose address stands far away', () => {
    const text = `See [the page][p].\n\n${'Words go on.\n\n'.repeat(3_000)}[p]: https://far.example\n`
    expect(html(text)).toContain('href="https://far.example"')
  })
})

describe('Characters that hide', () => {
  it('are named by their code points', () => {
    expect(hiddenName('\u202e')).toBe('U+202E right-to-left override')
    expect(hiddenName('\u{e0041}')).toBe('U+E0041 tag character')
    const parts = rawParts('a\u200b\u200bb\u00a0c\0', { withSpaces: false })
    expect(parts.filter(({ isHidden }) => isHidden).map(({ text }) => text)).toEqual([
      '\u200b\u200b',
      '\u00a0',
      '\0',
    ])
  })

  it('are told of where they deceive, and not where a script or an emoji needs them', () => {
    expect(hasHiddenCharacters('a\u202eb')).toBe(true)
    expect(hasHiddenCharacters('pass\u200bword')).toBe(true)
    expect(hasHiddenCharacters('\u001b[31mred')).toBe(true)
    expect(hasHiddenCharacters('می\u200cخواهم 👩‍💻 naïve café\r\n')).toBe(false)
  })

  it('include tabs and spaces at line ends when asked for', () => {
    expect(hasLooseSpaces('a \nb')).toBe(true)
    expect(hasLooseSpaces('a b')).toBe(false)
    const hiddenIn = (withSpaces: boolean) =>
      rawParts('a\tb  \nc', { withSpaces }).filter(({ isHidden }) => isHidden).length
    expect([hiddenIn(false), hiddenIn(true)]).toEqual([0, 2])
  })
})
