import { common, createLowlight } from 'lowlight'
import { type ReactNode, useMemo } from 'react'

const lowlight = createLowlight(common)
type Coloured = ReturnType<typeof lowlight.highlight>['children'][number]

/** Longer code is shown without colours: finding them takes more than its length. */
const mostColoured = 20_000

/** Code with its language's words in colours, where the language is known. */
export function Code({ text, language }: { text: string; language: string }) {
  const drawn = useMemo((): ReactNode => {
    if (text.length > mostColoured || !lowlight.registered(language)) return text
    try {
      return lowlight.highlight(language, text).children.map(draw)
    } catch {
      return text
    }
  }, [text, language])
  return <>{drawn}</>
}

function draw(node: Coloured, place: number): ReactNode {
  if (node.type === 'text') return node.value
  if (node.type !== 'element') return null
  const { className } = node.properties
  return (
    <span key={place} className={Array.isArray(className) ? className.join(' ') : undefined}>
      {node.children.map(draw)}
    </span>
  )
}
