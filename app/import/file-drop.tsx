import { type DragEvent, useRef, useState } from 'react'
import { useWords } from './import-words.tsx'

interface Chosen {
  name: string
  size: number
}

/** A place to drop files or to choose them; without scripts it is a plain file input. */
export function FileDrop({ name }: { name: string }) {
  const { say, figures } = useWords()
  const input = useRef<HTMLInputElement>(null)
  const [files, setFiles] = useState<Chosen[]>([])
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
      className={`relative grid gap-3 rounded-xl border-2 border-dashed px-5 py-6 ${isOver ? 'border-act bg-act-soft' : 'border-line-strong'}`}
    >
      <p className="font-semibold" id={`${name}-title`}>
        {say('dropHere')}
      </p>
      <p id={`${name}-hint`} className="max-w-[70ch] text-sm text-ink-2">
        {say('dropHint')}
      </p>
      <input
        ref={input}
        id={`${name}-input`}
        type="file"
        name={name}
        multiple
        aria-labelledby={`${name}-title ${name}-label`}
        aria-describedby={`${name}-hint`}
        onChange={(event) => show(event.currentTarget.files)}
        className="peer sr-only noscript:not-sr-only"
      />
      <label
        id={`${name}-label`}
        htmlFor={`${name}-input`}
        className="btn cursor-pointer justify-self-start peer-focus-visible:outline-2 peer-focus-visible:outline-offset-2 peer-focus-visible:outline-act noscript:hidden"
      >
        {say('chooseFiles')}
      </label>
      <p role="status" className="sr-only">
        {files.length > 0 ? say('filesChosen', { count: files.length }) : ''}
      </p>
      {files.length > 0 ? (
        <ul aria-label={say('chosenFiles')} className="text-sm break-words text-ink-2">
          {files.map((file) => (
            <li key={file.name}>
              {file.name} · {figures.bytes(file.size)}
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
