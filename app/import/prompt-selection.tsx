import { Form, useNavigation } from '@remix-run/react'
import { Archive, ArchiveRestore, X } from 'lucide-react'
import { useState } from 'react'
import { counted } from '#app/base/text.ts'
import { mostChanged } from './prompt-change.ts'

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
  const [isAll, setIsAll] = useState(false)
  const isBusy = useNavigation().state !== 'idle'
  const isEvery = isAll && isWholePage && hasMore
  return (
    <Form
      method="post"
      preventScrollReset
      aria-label="Chosen prompts"
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-xl border border-act-line bg-surface px-4 py-3 shadow-card"
    >
      {isEvery ? (
        <input type="hidden" name="scope" value="all" />
      ) : (
        ids.map((id) => <input key={id} type="hidden" name="prompt" value={id} />)
      )}
      <span role="status" className="text-sm font-semibold">
        {isEvery
          ? `All prompts that are found, up to ${mostChanged.toLocaleString('en')}`
          : `${counted(ids.length, 'prompt')} chosen`}
      </span>
      {isWholePage && hasMore ? (
        <button type="button" className="link text-sm" onClick={() => setIsAll(!isAll)}>
          {isEvery ? 'Only this page' : 'Choose all that are found'}
        </button>
      ) : null}
      <span className="grow" />
      <input
        name="tag"
        list="known-tags"
        aria-label="Tag"
        placeholder="Tag"
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
        Add tag
      </button>
      <button type="submit" name="intent" value="remove-tag" className="btn" disabled={isBusy}>
        Remove tag
      </button>
      <button type="submit" name="intent" value="archive" className="btn" disabled={isBusy}>
        <Archive size={15} aria-hidden="true" />
        Archive
      </button>
      <button type="submit" name="intent" value="unarchive" className="btn" disabled={isBusy}>
        <ArchiveRestore size={15} aria-hidden="true" />
        Unarchive
      </button>
      <button type="button" className="btn btn-quiet" aria-label="Choose none" onClick={onClear}>
        <X size={16} aria-hidden="true" />
      </button>
    </Form>
  )
}
