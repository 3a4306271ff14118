/** What opens above the room: guidelines, keys, settings, and why a task is skipped or flagged. */
import { useEffect } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import { namesOf } from '#app/ui/hotkeys.ts'
import { Markdown } from '#app/ui/markdown.tsx'
import { type Bindings, type KeyContext, keySheet } from './keymap.ts'
import { KeySettings, RoomSettings, type RoomSettingsProps } from './room-settings.tsx'
import { useRoomWords } from './room-words.ts'
import { ReasonDialog } from './skip-dialog.tsx'

export type Sheet = 'guidelines' | 'keys' | 'settings' | 'skip' | 'flag'

export interface RoomSheetsProps extends RoomSettingsProps {
  sheet: Sheet
  guidelines: string
  /** Number of the guidelines' version; 0 where there are none. */
  version: number
  keyContext: KeyContext
  /** The keys as they work in this task. */
  bindings: Bindings
  onClose: () => void
  onOpen: (sheet: Sheet) => void
  onSkip: (reason: string) => void
  onFlag: (reason: string) => void
}

export function RoomSheets(props: RoomSheetsProps) {
  const { sheet, onClose } = props
  const { say } = useRoomWords()
  useClosingKey(sheet === 'guidelines' || sheet === 'keys' ? props.bindings[sheet] : '', onClose)
  if (sheet === 'skip') {
    const { cantJudge } = props.keyContext.offered
    return (
      <ReasonDialog why="skip" canAnswerSo={cantJudge} onClose={onClose} onReason={props.onSkip} />
    )
  }
  if (sheet === 'flag') return <ReasonDialog why="flag" onClose={onClose} onReason={props.onFlag} />
  if (sheet === 'guidelines') {
    return (
      <Dialog open onClose={onClose} title={say('guidelines')} side="right">
        {props.guidelines ? (
          <div className="grid gap-4">
            <p className="text-sm text-ink-2">
              {say('guidelinesVersion', { version: props.version })}
            </p>
            <Markdown text={props.guidelines} />
          </div>
        ) : (
          <p className="text-ink-2">{say('guidelinesNone')}</p>
        )}
      </Dialog>
    )
  }
  if (sheet === 'keys') {
    return (
      <Dialog open onClose={onClose} title={say('keysTitle')}>
        <div className="grid gap-5">
          <dl className="gap-x-8 text-sm sm:columns-2">
            {keySheet(props.keyContext, props.bindings).map(([key, word]) => (
              <div key={word} className="flex break-inside-avoid items-baseline gap-3 py-1">
                <dt className="min-w-11 shrink-0">
                  <kbd className="whitespace-nowrap">{key}</kbd>
                </dt>
                <dd>{say(word)}</dd>
              </div>
            ))}
          </dl>
          <button
            type="button"
            className="btn justify-self-start"
            onClick={() => props.onOpen('settings')}
          >
            {say('keysChange')}
          </button>
        </div>
      </Dialog>
    )
  }
  return (
    <Dialog open onClose={onClose} title={say('settingsTitle')}>
      <div className="grid gap-6">
        <RoomSettings {...props} />
        <KeySettings {...props} />
      </div>
    </Dialog>
  )
}

/** What opened a sheet to be read closes it as well. */
function useClosingKey(key: string, onClose: () => void): void {
  useEffect(() => {
    if (key === '') return
    const press = (event: KeyboardEvent) => {
      if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
      if (!namesOf(event).includes(key)) return
      event.preventDefault()
      onClose()
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [key, onClose])
}
