/**
 * What a rater has answered and the server has not acknowledged yet, kept on the device. Every letter
 * carries its key (assignment and base revision), so sending one twice does no harm.
 */

export interface Letter {
  key: string
  /** Whose it is: letters of somebody else on this device are left alone. */
  owner: string
  url: string
  body: unknown
  writtenAt: number
}

export type Delivery =
  | { kind: 'answered'; letter: Letter; reply: unknown }
  | { kind: 'waiting'; reason: 'offline' | 'signed-out' | 'server' }

export interface Outbox {
  put: (letter: Letter) => Promise<void>
  /** Tries to deliver now: for a click on "try again" and when the network comes back. */
  flush: () => void
  count: () => number
  close: () => void
}

const storeName = 'letters'
const longestPauseMs = 30_000
const timeoutMs = 20_000

/** Opens the outbox of one rater and delivers what an earlier visit left behind. */
export async function openOutbox(options: {
  owner: string
  onDelivery: (delivery: Delivery) => void
  onCount: (count: number) => void
}): Promise<Outbox> {
  const store = await openStore()
  const letters = (await store.all()).filter((letter) => letter.owner === options.owner)
  letters.sort((one, other) => one.writtenAt - other.writtenAt)
  let isSending = false
  let isClosed = false
  let pauseMs = 1_000
  let timer: ReturnType<typeof setTimeout> | undefined

  const told = () => options.onCount(letters.length)

  const deliver = async () => {
    if (isSending || isClosed) return
    isSending = true
    clearTimeout(timer)
    while (letters[0] && !isClosed) {
      const letter = letters[0]
      const delivery = await send(letter)
      if (delivery.kind === 'waiting') {
        options.onDelivery(delivery)
        timer = setTimeout(deliver, pauseMs)
        pauseMs = Math.min(pauseMs * 2, longestPauseMs)
        break
      }
      pauseMs = 1_000
      letters.shift()
      await store.remove(letter.key)
      options.onDelivery(delivery)
      told()
    }
    isSending = false
  }
  const retryNow = () => {
    pauseMs = 1_000
    void deliver()
  }
  window.addEventListener('online', retryNow)
  told()
  void deliver()
  return {
    put: async (letter) => {
      letters.push(letter)
      told()
      await store.put(letter)
      void deliver()
    },
    flush: retryNow,
    count: () => letters.length,
    close: () => {
      isClosed = true
      clearTimeout(timer)
      window.removeEventListener('online', retryNow)
    },
  }
}

async function send(letter: Letter): Promise<Delivery> {
  try {
    const response = await fetch(letter.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(letter.body),
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'manual',
    })
    if (response.type === 'opaqueredirect' || response.status === 401) {
      return { kind: 'waiting', reason: 'signed-out' }
    }
    if (response.status >= 500 || response.status === 429)
      return { kind: 'waiting', reason: 'server' }
    return { kind: 'answered', letter, reply: await response.json() }
  } catch {
    return { kind: 'waiting', reason: navigator.onLine ? 'server' : 'offline' }
  }
}

interface Store {
  all: () => Promise<Letter[]>
  put: (letter: Letter) => Promise<void>
  remove: (key: string) => Promise<void>
}

/** IndexedDB, or memory where a browser forbids it (then the page warns before it is closed). */
async function openStore(): Promise<Store> {
  try {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('rubrica-outbox', 1)
      opening.onupgradeneeded = () => {
        opening.result.createObjectStore(storeName, { keyPath: 'key' })
      }
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const run = <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        const transaction = database.transaction(storeName, mode)
        const request = ask(transaction.objectStore(storeName))
        transaction.oncomplete = () => resolve(request.result)
        transaction.onerror = () => reject(transaction.error)
      })
    return {
      all: () => run<Letter[]>('readonly', (store) => store.getAll()),
      put: async (letter) => {
        await run('readwrite', (store) => store.put(letter))
      },
      remove: async (key) => {
        await run('readwrite', (store) => store.delete(key))
      },
    }
  } catch {
    return { all: async () => [], put: async () => {}, remove: async () => {} }
  }
}
