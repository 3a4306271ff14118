/** Of several open pages of one room the newest works; the others wait until they are asked back. */

export interface RoomTabs {
  isActive: () => boolean
  /** This page works from now on, and the others stop. */
  take: () => void
  close: () => void
}

interface TabMessage {
  kind: 'taken' | 'left'
}

/** Takes the room for this page. Where the browser has no channels every page works, as on two devices. */
export function openRoomTabs(
  name: string,
  { onTaken, onLeft }: { onTaken: () => void; onLeft: () => void },
): RoomTabs {
  const channel =
    'BroadcastChannel' in window ? new BroadcastChannel(`rubrica-room:${name}`) : undefined
  let isActive = true
  const say = (kind: TabMessage['kind']) => channel?.postMessage({ kind } satisfies TabMessage)
  const leave = () => {
    if (isActive) say('left')
  }
  channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    if (data.kind === 'left') {
      if (!isActive) onLeft()
      return
    }
    if (!isActive) return
    isActive = false
    onTaken()
  })
  window.addEventListener('pagehide', leave)
  say('taken')
  return {
    isActive: () => isActive,
    take: () => {
      isActive = true
      say('taken')
    },
    close: () => {
      leave()
      isActive = false
      channel?.close()
      window.removeEventListener('pagehide', leave)
    },
  }
}
