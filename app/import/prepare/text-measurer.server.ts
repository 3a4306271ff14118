/** Languages and tokens of texts, told by a process of its own: its vocabularies take much memory. */
import { type ChildProcess, fork } from 'node:child_process'

export interface MeasuredText {
  language: string | null
  tokens: number
}

export interface TextMeasurer {
  /** The measures of texts, in their order. */
  measure: (texts: string[]) => Promise<MeasuredText[]>
  close: () => void
}

/** Opens a measurer; its process starts with the first text and ends when it is closed. */
export function openTextMeasurer(): TextMeasurer {
  let child: ChildProcess | undefined
  const start = (): ChildProcess => {
    const entry = new URL('./measure-texts.process.ts', import.meta.url)
    return fork(entry, { serialization: 'advanced', stdio: 'inherit' })
  }
  return {
    measure: (texts) =>
      new Promise((resolve, reject) => {
        child ??= start()
        const asked = child
        const onExit = () => {
          child = undefined
          reject(new Error('The process that measures texts ended.'))
        }
        asked.once('exit', onExit)
        asked.once('message', (measured) => {
          asked.off('exit', onExit)
          resolve(measured as MeasuredText[])
        })
        asked.send(texts)
      }),
    close: () => {
      child?.kill()
      child = undefined
    },
  }
}
