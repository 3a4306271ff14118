import { Form, Link } from '@remix-run/react'
import { Bookmark, X } from 'lucide-react'
import type { SavedView } from '#app/projects/project-settings.ts'
import { TextField } from '#app/ui/field.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { PromptMenu } from './prompt-menu.tsx'
import { promptSayIn } from './prompt-words.ts'

/** The searches that somebody of the project named, as links, and a way to name this one. */
export function PromptViews({ views, query }: { views: readonly SavedView[]; query: string }) {
  const { say } = useSaying(promptSayIn)
  return (
    <nav aria-label={say('views')} className="flex flex-wrap items-center gap-2">
      {views.map((view) => (
        <span key={view.name} className="flex min-w-0 items-center">
          <Link
            to={view.query === '' ? '.' : `?${view.query}`}
            aria-current={view.query === query ? 'page' : undefined}
            className={`chip max-w-[60vw] !rounded-r-none border-r-0 ${view.query === query ? 'chip-on' : ''}`}
          >
            <span className="truncate leading-[1.4]">{view.name}</span>
          </Link>
          <Form method="post" preventScrollReset className="flex">
            <input type="hidden" name="name" value={view.name} />
            <button
              type="submit"
              name="intent"
              value="delete-view"
              className="chip !rounded-l-none !px-2"
              aria-label={say('deleteView', { name: view.name })}
            >
              <X size={13} aria-hidden="true" />
            </button>
          </Form>
        </span>
      ))}
      <PromptMenu
        label={
          <>
            <Bookmark size={15} aria-hidden="true" />
            {say('saveView')}
          </>
        }
      >
        <Form method="post" preventScrollReset className="grid gap-3">
          <input type="hidden" name="query" value={query} />
          <TextField label={say('viewName')} name="name" required maxLength={80} />
          <p className="text-[13px] text-ink-3">{say('viewHint')}</p>
          <button type="submit" name="intent" value="save-view" className="btn btn-primary">
            {say('save')}
          </button>
        </Form>
      </PromptMenu>
    </nav>
  )
}
