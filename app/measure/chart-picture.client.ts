/** In: a chart on the page. Out: a picture of it as a file, with its title and its colours. */

const margin = 16
const titleHeight = 34

/** The chart with what only the page's stylesheet says written into it. */
function pictureOf(
  chart: SVGSVGElement,
  title: string,
): { text: string; width: number; height: number } {
  const style = getComputedStyle(chart)
  const inked = (text: string) =>
    text.replace(/var\((--[\w-]+)\)/g, (_, name: string) => style.getPropertyValue(name).trim())
  const width = chart.clientWidth + 2 * margin
  const height = chart.clientHeight + titleHeight + 2 * margin
  const copy = chart.cloneNode(true) as SVGSVGElement
  const drawn = [...chart.querySelectorAll('*')]
  for (const [place, element] of [...copy.querySelectorAll('*')].entries()) {
    const original = drawn[place]
    if (!original) continue
    const { fill, stroke } = getComputedStyle(original)
    element.setAttribute('fill', fill)
    element.setAttribute('stroke', stroke)
    element.removeAttribute('class')
  }
  copy.setAttribute('x', String(margin))
  copy.setAttribute('y', String(margin + titleHeight))
  copy.setAttribute('width', String(chart.clientWidth))
  copy.setAttribute('height', String(chart.clientHeight))
  const frame = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  frame.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
  frame.setAttribute('width', String(width))
  frame.setAttribute('height', String(height))
  frame.setAttribute('font-family', 'Inter, sans-serif')
  const paper = document.createElementNS(frame.namespaceURI, 'rect')
  paper.setAttribute('width', '100%')
  paper.setAttribute('height', '100%')
  paper.setAttribute('fill', style.getPropertyValue('--surface').trim() || 'white')
  const heading = document.createElementNS(frame.namespaceURI, 'text')
  heading.setAttribute('x', String(margin))
  heading.setAttribute('y', String(margin + 16))
  heading.setAttribute('font-size', '17')
  heading.setAttribute('font-weight', '600')
  heading.setAttribute('fill', style.getPropertyValue('--ink').trim() || 'black')
  heading.textContent = title
  frame.append(paper, heading, copy)
  return { text: inked(new XMLSerializer().serializeToString(frame)), width, height }
}

function save(content: Blob, name: string): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

const fileName = (title: string, ending: string) =>
  `${title.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.${ending}`

/** Saves the chart as SVG. */
export function saveAsSvg(chart: SVGSVGElement, title: string): void {
  const { text } = pictureOf(chart, title)
  save(new Blob([text], { type: 'image/svg+xml' }), fileName(title, 'svg'))
}

/** Saves the chart as PNG, at twice its size so that it is sharp in print. */
export async function saveAsPng(chart: SVGSVGElement, title: string): Promise<void> {
  const { text, width, height } = pictureOf(chart, title)
  const image = new Image(width, height)
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = 2 * width
  canvas.height = 2 * height
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (content) save(content, fileName(title, 'png'))
}
