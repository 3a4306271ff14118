import { useNavigate } from '@remix-run/react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { ProgressBar } from '#app/ui/progress-bar.tsx'
import { FileDrop } from './file-drop.tsx'
import { useWords } from './import-words.tsx'

interface Sent {
  sent: number
  total: number
}

type Ending = { to: string } | { problem: string } | { broken: 'failed' | 'stopped' }

/** Takes files or pasted lines. Sent with a progress bar; without scripts it is a plain form. */
export function UploadForm({ problem: said }: { problem: string | undefined }) {
  const { say } = useWords()
  const upload = useUpload()
  const problem = upload.problem ?? said
  return (
    <form
      method="post"
      encType="multipart/form-data"
      className="card grid gap-4"
      onSubmit={upload.start}
    >
      {problem ? <Notice tone="danger">{problem}</Notice> : null}
      <FileDrop name="files" />
      <details>
        <summary className="text-sm text-ink-2">{say('pasteOrSource')}</summary>
        <div className="mt-3 grid gap-4">
          <TextArea label={say('lines')} name="pasted" rows={5} hint={say('linesHint')} />
          <TextField
            label={say('source')}
            name="source"
            placeholder={say('sourceDefault')}
            hint={say('sourceHint')}
          />
        </div>
      </details>
      {upload.progress ? (
        <UploadProgress progress={upload.progress} onStop={upload.stop} />
      ) : (
        <button type="submit" className="btn btn-primary justify-self-start">
          {say('lookFirst')}
        </button>
      )}
    </form>
  )
}

function UploadProgress({ progress, onStop }: { progress: Sent; onStop: () => void }) {
  const { say, figures } = useWords()
  const { sent, total } = progress
  const isSent = total > 0 && sent >= total
  return (
    <div className="grid gap-3">
      <ProgressBar share={isSent || total === 0 ? null : sent / total} label={say('sending')} />
      <p className="text-sm text-ink-2" role="status">
        {isSent ? say('received') : say('sending')}
      </p>
      {isSent ? null : (
        <p className="text-sm text-ink-2">
          {say('sentOf', { sent: figures.bytes(sent), total: figures.bytes(total) })}
        </p>
      )}
      <button type="button" className="btn justify-self-start" onClick={onStop}>
        {say('stopSending')}
      </button>
    </div>
  )
}

/** Sends a form by a request that tells how far it is, and goes where the answer leads. */
function useUpload() {
  const { say } = useWords()
  const navigate = useNavigate()
  const request = useRef<XMLHttpRequest>()
  const [progress, setProgress] = useState<Sent>()
  const [problem, setProblem] = useState<string>()
  useEffect(() => () => request.current?.abort(), [])
  const end = (ending: Ending) => {
    if ('to' in ending) return navigate(ending.to)
    setProgress(undefined)
    if ('problem' in ending) setProblem(ending.problem)
    else setProblem(say(ending.broken === 'stopped' ? 'stopped' : 'sendingFailed'))
  }
  const start = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setProblem(undefined)
    setProgress({ sent: 0, total: 0 })
    request.current = send(event.currentTarget, setProgress, end)
  }
  return { start, stop: () => request.current?.abort(), progress, problem }
}

function send(
  form: HTMLFormElement,
  onProgress: (sent: Sent) => void,
  onEnd: (ending: Ending) => void,
): XMLHttpRequest {
  const request = new XMLHttpRequest()
  request.open('POST', form.action)
  request.responseType = 'document'
  request.upload.onprogress = ({ loaded, total }) => onProgress({ sent: loaded, total })
  request.onload = () => onEnd(endingOf(request))
  request.onerror = () => onEnd({ broken: 'failed' })
  request.onabort = () => onEnd({ broken: 'stopped' })
  request.send(new FormData(form))
  return request
}

/** The answer is a page: the next one, or this one with words on what was wrong. */
function endingOf(request: XMLHttpRequest): Ending {
  const problem = request.responseXML?.querySelector('[role=alert]')?.textContent
  if (request.status >= 400) return problem ? { problem } : { broken: 'failed' }
  return { to: new URL(request.responseURL).pathname }
}
