import { X } from 'lucide-react'
import { Dialog as Behaviour } from 'radix-ui'
import type { ReactNode } from 'react'
import { useSaying } from './language.tsx'
import { pageSayIn } from './page-words.ts'

const places = {
  right: 'inset-y-0 right-0 h-full w-[min(560px,100vw)] rounded-l-xl',
  middle:
    'left-1/2 top-1/2 max-h-[85vh] w-[min(560px,calc(100vw-32px))] -translate-x-1/2 -translate-y-1/2 rounded-xl',
  full: 'inset-4 rounded-xl',
} as const

/** A dialog above the page: focus stays inside, Escape closes. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  children,
  side = 'middle',
}: {
  open: boolean
  onClose: () => void
  title: string
  description?: string
  children: ReactNode
  side?: 'middle' | 'right' | 'full'
}) {
  const { say } = useSaying(pageSayIn)
  return (
    <Behaviour.Root open={open} onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Behaviour.Portal>
        <Behaviour.Overlay className="fixed inset-0 z-40 bg-black/40" />
        <Behaviour.Content
          className={`fixed z-50 overflow-auto border border-line bg-surface p-6 shadow-card ${places[side]}`}
          onEscapeKeyDown={(event) => {
            // A control inside may take Escape for itself, such as one that waits for a key.
            if (document.querySelector('[data-takes-escape]')) event.preventDefault()
          }}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className="mb-4 flex items-start gap-4">
            <div className="grow">
              <Behaviour.Title asChild>
                <h2>{title}</h2>
              </Behaviour.Title>
              {description ? (
                <Behaviour.Description className="mt-1 text-sm text-ink-2">
                  {description}
                </Behaviour.Description>
              ) : null}
            </div>
            <Behaviour.Close className="btn btn-quiet !min-h-0 !p-1.5" aria-label={say('close')}>
              <X size={18} aria-hidden="true" />
            </Behaviour.Close>
          </div>
          {children}
        </Behaviour.Content>
      </Behaviour.Portal>
    </Behaviour.Root>
  )
}
