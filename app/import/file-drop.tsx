import { type DragEvent, useRef, useState } from 'react'
import { bytes } from '#app/ui/figures.ts'

/** A place to drop files or to choose them; without scripts it is a plain file input. */
export function FileDrop({ name }: { name: string }) {
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<{ name: string; size: number }[]>([])
  const [isOver, setIsOver] = useState(false)
  const show = (list: FileList | null) =>
    setFiles([...(list ?? [])].map((file) => ({ name: file.name, size: file.size })))
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setIsOver(false)
    if (!input.current) return
    input.current.files = event.dataTransfer.files
    show(event.dataTransfer.files)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a shortcut; the input inside does the same by keyboard.
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setIsOver(true)
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={drop}
      className={`grid gap-3 rounded-xl border-2 border-dashed px-5 py-6 ${isOver ? 'border-act bg-act-soft' : 'border-line-strong'}`}
    >
      <label className="grid gap-2">
        <span className="font-semibold">Drop files here, or choose them</span>
        <span className="text-sm text-ink-2">
          JSONL or CSV of any size, several at once: prompts, models and responses may come apart.
        </span>
        <input
          ref={input}
          type="file"
          name={name}
          multiple
          onChange={(event) => show(event.currentTarget.files)}
          className="text-sm file:mr-3 file:rounded-lg file:border file:border-line-strong file:bg-surface file:px-3.5 file:py-2 file:font-semibold file:text-ink"
        />
      </label>
      {files.length > 0 ? (
        <ul className="text-sm text-ink-2">
          {files.map((file) => (
            <li key={file.name}>
              {file.name} · {bytes(file.size)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
