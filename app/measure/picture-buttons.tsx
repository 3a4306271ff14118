import { useSaying } from '#app/ui/language.tsx'
import { measuredSayIn } from './measured-words.ts'

/** Saves the chart as a picture; only where scripts run, which draw it. */
export function PictureButtons({
  box,
  title,
}: {
  box: React.RefObject<HTMLDivElement | null>
  title: string
}) {
  const { say } = useSaying(measuredSayIn)
  const chartIn = () =>
    box.current?.querySelector<SVGSVGElement>('svg.recharts-surface, svg[data-chart]')
  const saveAs = async (ending: 'svg' | 'png') => {
    const chart = chartIn()
    if (!chart) return
    const pictures = await import('./chart-picture.client.ts')
    if (ending === 'svg') pictures.saveAsSvg(chart, title)
    else await pictures.saveAsPng(chart, title)
  }
  return (
    <span className="flex gap-3 font-sans text-sm font-normal">
      {(['svg', 'png'] as const).map((ending) => (
        <button
          key={ending}
          type="button"
          className="link"
          aria-label={say('savePicture', { title, format: ending.toUpperCase() })}
          onClick={() => saveAs(ending)}
        >
          {ending.toUpperCase()}
        </button>
      ))}
    </span>
  )
}
