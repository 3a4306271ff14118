/** What a person has set for the room, used at once and kept on the server. */
import { useState } from 'react'
import type { RoomPreferences } from './room-preferences.ts'

interface Personal {
  campaign: { id: string }
  guidelines: { version: number; text: string }
  guidelinesRead: number
  preferences: RoomPreferences
}

const send = (body: object): Promise<boolean> =>
  fetch('/room-settings', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).then(
    (response) => response.ok,
    () => false,
  )

export function usePersonal({ campaign, guidelines, guidelinesRead, preferences }: Personal) {
  const [own, setOwn] = useState(preferences)
  const [saved, setSaved] = useState<'yes' | 'no'>()
  const [read, setRead] = useState(guidelinesRead)
  const hasGuidelines = guidelines.text.trim() !== ''
  return {
    preferences: own,
    saved,
    /** Guidelines that this person never saw come before the first task. */
    mustRead: hasGuidelines && read === 0,
    /** They have changed since they were read. */
    isNewer: hasGuidelines && read > 0 && read < guidelines.version,
    onRead: () => {
      if (!hasGuidelines || read >= guidelines.version) return
      setRead(guidelines.version)
      const { version } = guidelines
      void send({ intent: 'guidelines-read', campaignId: campaign.id, version })
    },
    onPreferences: (next: RoomPreferences) => {
      setOwn(next)
      setSaved(undefined)
      void send({ intent: 'preferences', preferences: next }).then((isKept) =>
        setSaved(isKept ? 'yes' : 'no'),
      )
    },
  }
}
