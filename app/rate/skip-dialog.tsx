import { useEffect, useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'

const skipReasons = [
  'I lack the knowledge for this',
  'The prompt does not make sense',
  'Offensive or disturbing',
  'Something does not display',
]

/** Why a task is passed over: by number key, by click, or in the rater's own words. */
export function SkipDialog({
  open,
  onClose,
  onSkip,
}: {
  open: boolean
  onClose: () => void
  onSkip: (reason: string) => void
}) {
  const [other, setOther] = useState('')
  useEffect(() => {
    if (!open) return
    const press = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) return
      const reason = skipReasons[Number(event.key) - 1]
      if (reason) onSkip(reason)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [open, onSkip])
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Skip this task"
      description="Somebody else will get it. Say why:"
    >
      <div className="grid gap-2">
        {skipReasons.map((reason, place) => (
          <button
            key={reason}
            type="button"
            className="btn !justify-start"
            onClick={() => onSkip(reason)}
          >
            <kbd>{place + 1}</kbd> {reason}
          </button>
        ))}
        <form
          className="mt-2 flex gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            if (other.trim() !== '') onSkip(other.trim())
          }}
        >
          <input
            className="input"
            placeholder="Another reason"
            aria-label="Another reason"
            value={other}
            onChange={(event) => setOther(event.currentTarget.value)}
          />
          <button type="submit" className="btn">
            Skip
          </button>
        </form>
      </div>
    </Dialog>
  )
}
