import { createContext, type ReactNode, useContext, useMemo, useState } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { modelSayIn } from './model-words.ts'

interface Selection {
  chosen: readonly string[]
  toggle: (id: string) => void
  clear: () => void
}

const SelectionContext = createContext<Selection>({
  chosen: [],
  toggle: () => {},
  clear: () => {},
})

/** Remembers which models of the table are chosen, in the order in which they were. */
export function ModelSelection({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<readonly string[]>([])
  const selection = useMemo(
    () => ({
      chosen,
      toggle: (id: string) =>
        setChosen((before) =>
          before.includes(id) ? before.filter((one) => one !== id) : [...before, id],
        ),
      clear: () => setChosen([]),
    }),
    [chosen],
  )
  return <SelectionContext.Provider value={selection}>{children}</SelectionContext.Provider>
}

export const useModelSelection = () => useContext(SelectionContext)

/** Chooses one model for what is done with several. */
export function ChooseModel({ id, label }: { id: string; label: string }) {
  const { say } = useSaying(modelSayIn)
  const { chosen, toggle } = useModelSelection()
  return (
    <input
      type="checkbox"
      className="size-4 accent-act align-[-2px]"
      aria-label={say('chooseNamed', { model: label })}
      checked={chosen.includes(id)}
      onChange={() => toggle(id)}
    />
  )
}
