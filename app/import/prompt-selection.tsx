import { Form, useNavigation } from '@remix-run/react'
import { Archive, ArchiveRestore, X } from 'lucide-react'
import { useState } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { mostChanged } from './prompt-change.ts'
import { promptSayIn } from './prompt-words.ts'

/** What can be done to the prompts that are chosen: a bar that stays in sight. */
export function SelectionBar({
  ids,
  isWholePage,
  hasMore,
  tags,
  onClear,
}: {
  ids: readonly string[]
  isWholePage: boolean
  /** Whether the search finds more than this page. */
  hasMore: boolean
  tags: readonly string[]
  onClear: () => void
}) {
  const { say } = useSaying(promptSayIn)
  const [isAll, setIsAll] = useState(false)
  const isBusy = useNavigation().state !== 'idle'
  const isEvery = isAll && isWholePage && hasMore
  return (
    <Form
      method="post"
      preventScrollReset
      aria-label={say('chosenPrompts')}
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-xl border border-act-line bg-surface px-4 py-3 shadow-card"
    >
      {isEvery ? (
        <input type="hidden" name="scope" value="all" />
      ) : (
        ids.map((id) => <input key={id} type="hidden" name="prompt" value={id} />)
      )}
      <span role="status" className="text-sm font-semibold">
        {isEvery ? say('allFound', { most: mostChanged }) : say('chosen', { count: ids.length })}
      </span>
      {isWholePage && hasMore ? (
        <button type="button" className="link text-sm" onClick={() => setIsAll(!isAll)}>
          {say(isEvery ? 'onlyPage' : 'chooseFound')}
        </button>
      ) : null}
      <span className="grow" />
      <input
        name="tag"
        list="known-tags"
        aria-label={say('tag')}
        placeholder={say('tag')}
        maxLength={100}
        autoComplete="off"
        className="input !w-36"
      />
      <datalist id="known-tags">
        {tags.map((tag) => (
          <option key={tag} value={tag} />
        ))}
      </datalist>
      <button type="submit" name="intent" value="add-tag" className="btn" disabled={isBusy}>
        {say('addTag')}
      </button>
      <button type="submit" name="intent" value="remove-tag" className="btn" disabled={isBusy}>
        {say('removeTag')}
      </button>
      <button type="submit" name="intent" value="archive" className="btn" disabled={isBusy}>
        <Archive size={15} aria-hidden="true" />
        {say('toArchive')}
      </button>
      <button type="submit" name="intent" value="unarchive" className="btn" disabled={isBusy}>
        <ArchiveRestore size={15} aria-hidden="true" />
        {say('unarchive')}
      </button>
      <button
        type="button"
        className="btn btn-quiet"
        aria-label={say('chooseNone')}
        onClick={onClear}
      >
        <X size={16} aria-hidden="true" />
      </button>
    </Form>
  )
}
