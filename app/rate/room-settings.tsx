import { type KeyboardEvent, useState } from 'react'
import { namesOf } from '#app/ui/hotkeys.ts'
import { useLanguage } from '#app/ui/language.tsx'
import { languageNames, languages, locales } from '#app/ui/languages.ts'
import {
  boundWith,
  type Command,
  commands,
  commandWord,
  keyLabel,
  objectionToKey,
  withKey,
} from './keymap.ts'
import { type RoomPreferences, textSizes } from './room-preferences.ts'
import { useRoomWords } from './room-words.ts'

export interface RoomSettingsProps {
  preferences: RoomPreferences
  /** What became of keeping them. */
  saved: 'yes' | 'no' | undefined
  onPreferences: (preferences: RoomPreferences) => void
}

const step = 'btn !size-11 !p-0'

/** Text size, language and how responses scroll, as this person wants them. */
export function RoomSettings({ preferences, saved, onPreferences }: RoomSettingsProps) {
  const { say, figures } = useRoomWords()
  const spoken = useLanguage()
  const at = textSizes.indexOf(preferences.textSize as (typeof textSizes)[number])
  const resize = (by: -1 | 1) => {
    const textSize = textSizes[at + by]
    if (textSize) onPreferences({ ...preferences, textSize })
  }
  return (
    <div className="grid gap-5">
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-sm font-semibold">{say('textSize')}</legend>
        <div className="flex items-center gap-3">
          <button
            type="button"
            className={step}
            aria-label={say('smaller')}
            disabled={at <= 0}
            onClick={() => resize(-1)}
          >
            <span className="text-xs">A</span>
          </button>
          <output className="min-w-40 text-center text-sm">
            {say('textSizeOf', { percent: figures.percent(preferences.textSize / 100) })}
          </output>
          <button
            type="button"
            className={step}
            aria-label={say('larger')}
            disabled={at >= textSizes.length - 1}
            onClick={() => resize(1)}
          >
            <span className="text-lg">A</span>
          </button>
        </div>
      </fieldset>
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-sm font-semibold">{say('language')}</legend>
        <div className="flex gap-2">
          {languages.map((language) => (
            <label
              key={language}
              className="chip min-h-11 has-focus-visible:outline-2"
              lang={locales[language]}
            >
              <input
                type="radio"
                name="room-language"
                className="accent-act"
                checked={spoken === language}
                onChange={() => onPreferences({ ...preferences, language })}
              />
              {languageNames[language]}
            </label>
          ))}
        </div>
      </fieldset>
      <label className="flex min-h-11 items-center gap-3 text-sm">
        <input
          type="checkbox"
          className="size-5 accent-act"
          checked={preferences.isSynced}
          onChange={(event) =>
            onPreferences({ ...preferences, isSynced: event.currentTarget.checked })
          }
        />
        {say('syncByDefault')}
      </label>
      <p
        role="status"
        className={`min-h-5 -mt-3 text-sm ${saved === 'no' ? 'text-danger' : 'text-ink-2'}`}
      >
        {saved === undefined ? '' : say(saved === 'yes' ? 'settingsSaved' : 'settingsUnsaved')}
      </p>
    </div>
  )
}

/** Every command with its key: press it, then the key that shall give it. */
export function KeySettings({ preferences, onPreferences }: RoomSettingsProps) {
  const { say } = useRoomWords()
  const [changing, setChanging] = useState<Command>()
  const [words, setWords] = useState('')
  const bindings = boundWith(preferences.keys)
  const press = (event: KeyboardEvent, command: Command) => {
    if (changing !== command || event.nativeEvent.isComposing) return
    if (['Shift', 'Control', 'Alt', 'Meta', 'AltGraph', 'Tab'].includes(event.key)) return
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') {
      setChanging(undefined)
      return setWords('')
    }
    const key = namesOf(event.nativeEvent)[0] ?? ''
    const does = (of: Command) => say(commandWord(of))
    const objection = objectionToKey(command, key, bindings)
    if (objection) {
      return setWords(
        objection.kind === 'taken'
          ? say('keyTaken', { key: keyLabel(key), does: does(objection.by) })
          : say('keyNotPossible', { key: keyLabel(key) }),
      )
    }
    onPreferences({ ...preferences, keys: withKey(preferences.keys, command, key) })
    setChanging(undefined)
    setWords(say('keyChanged', { does: does(command), key: keyLabel(key) }))
  }
  return (
    <section className="grid gap-2">
      <h3 className="!font-sans text-sm font-semibold">{say('yourKeys')}</h3>
      <p role="status" className="sticky top-0 -mt-1 min-h-7 bg-surface py-1 text-sm text-ink-2">
        {words || (changing ? say('pressKey') : '')}
      </p>
      <ul className="grid gap-x-4 sm:grid-cols-2">
        {commands.map((command) => {
          const does = say(commandWord(command))
          const key = keyLabel(bindings[command])
          return (
            <li key={command} className="flex items-center gap-3 border-b border-line py-1 text-sm">
              <span className="grow">{does}</span>
              <button
                type="button"
                className={`btn !min-h-11 !min-w-11 !px-2 font-mono ${changing === command ? '!border-act !bg-act-soft' : ''}`}
                aria-label={say('changeKey', { does, key: key || '–' })}
                aria-pressed={changing === command}
                data-takes-escape={changing === command ? '' : undefined}
                onKeyDown={(event) => press(event, command)}
                onBlur={() => setChanging((now) => (now === command ? undefined : now))}
                onClick={() => {
                  setWords('')
                  setChanging(command)
                }}
              >
                {changing === command ? '…' : key || '–'}
              </button>
            </li>
          )
        })}
      </ul>
      <button
        type="button"
        className="btn justify-self-start"
        onClick={() => {
          onPreferences({ ...preferences, keys: {} })
          setWords(say('keysReset'))
        }}
      >
        {say('keysStandard')}
      </button>
    </section>
  )
}
