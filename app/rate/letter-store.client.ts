/** Where letters lie on the device: IndexedDB, or memory where a browser forbids it. */
import type { Letter } from './outbox.client.ts'

export interface LetterStore {
  all: () => Promise<Letter[]>
  put: (letter: Letter) => Promise<void>
  remove: (id: string) => Promise<void>
  /** Whether all of it survives the closing of the page. */
  isDurable: () => boolean
}

const storeName = 'letters'

/** Letters that the disk did not take (full, or forbidden) stay in memory beside those it has. */
export async function openLetterStore(): Promise<LetterStore> {
  const disk = await openDisk().catch(() => undefined)
  const memory = new Map<string, Letter>()
  const refused = new Set<string>()
  return {
    all: async () => {
      const kept = (await disk?.all().catch(() => undefined)) ?? []
      return [...kept.filter((letter) => !memory.has(letter.id)), ...memory.values()]
    },
    put: async (letter) => {
      memory.set(letter.id, letter)
      await painted()
      if (memory.get(letter.id) !== letter) return
      const isKept = await disk?.put(letter).then(
        () => true,
        () => false,
      )
      if (!isKept) refused.add(letter.id)
      else if (memory.get(letter.id) === letter) memory.delete(letter.id)
    },
    remove: async (id) => {
      memory.delete(id)
      refused.delete(id)
      await disk?.remove(id).catch(() => undefined)
    },
    isDurable: () => refused.size === 0,
  }
}

/** When what was just changed on the page is seen: the disk need not hold up the next task. */
function painted(): Promise<void> {
  if (document.hidden) return Promise.resolve()
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve))
    // A page that nobody sees draws no frames.
    setTimeout(resolve, 100)
  })
}

type Disk = Omit<LetterStore, 'isDurable'>

async function openDisk(): Promise<Disk> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('rubrica-letters', 1)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore(storeName, { keyPath: 'id' })
    }
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(opening.error)
    opening.onblocked = () => reject(new Error('An older page holds the store.'))
  })
  database.onversionchange = () => database.close()
  const run = <T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(storeName, mode)
      const request = ask(transaction.objectStore(storeName))
      transaction.oncomplete = () => resolve(request.result)
      transaction.onerror = () => reject(transaction.error)
      transaction.onabort = () => reject(transaction.error)
    })
  return {
    all: () => run<Letter[]>('readonly', (store) => store.getAll()),
    put: async (letter) => {
      await run('readwrite', (store) => store.put(letter))
    },
    remove: async (id) => {
      await run('readwrite', (store) => store.delete(id))
    },
  }
}
