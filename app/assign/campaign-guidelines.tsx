import { Form } from '@remix-run/react'
import { memo, useState } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { LocalTime } from '#app/ui/local-time.tsx'
import { Markdown } from '#app/ui/markdown.tsx'
import { campaignSayIn } from './campaign-words.ts'
import type { GuidelinesVersion } from './guidelines.server.ts'

/** Drawn once for its text: what else changes on the page does not touch it. */
const Words = memo(Markdown)

/** The guidelines with their history; writing makes a new version, the old ones stay. */
export function GuidelinesCard({
  versions,
  isLocked,
  error,
  unsaved,
}: {
  versions: readonly GuidelinesVersion[]
  /** Whether the campaign is only a record. */
  isLocked: boolean
  error: string | undefined
  /** What was typed and could not be saved. */
  unsaved: string | undefined
}) {
  const { say } = useSaying(campaignSayIn)
  const [newest, ...earlier] = versions
  const [isWriting, setIsWriting] = useState(unsaved !== undefined)
  return (
    <section className="card grid gap-3" aria-labelledby="guidelines">
      <div className="flex flex-wrap items-center gap-3">
        <h2 id="guidelines">
          {newest
            ? say('guidelinesVersion', { version: String(newest.version) })
            : say('guidelines')}
        </h2>
        {isLocked || isWriting ? null : (
          <button type="button" className="btn ml-auto" onClick={() => setIsWriting(true)}>
            {say('writeVersion')}
          </button>
        )}
      </div>
      {newest ? <Written version={newest} /> : null}
      {isWriting ? (
        <Form method="post" className="grid gap-3" onSubmit={() => setIsWriting(false)}>
          <input type="hidden" name="version" value={newest?.version ?? 0} />
          <label className="grid gap-1.5 text-sm font-semibold">
            {say('newVersion')}
            <textarea
              name="text"
              rows={14}
              dir="auto"
              className="input"
              defaultValue={unsaved ?? newest?.text ?? ''}
              aria-invalid={error ? true : undefined}
              aria-describedby="guidelines-said"
            />
          </label>
          <p id="guidelines-said" className={`text-sm ${error ? 'text-danger' : 'text-ink-2'}`}>
            {error ?? say('versionHint')}
          </p>
          <div className="flex flex-wrap gap-3">
            <button type="submit" name="intent" value="guidelines" className="btn btn-primary">
              {say('saveVersion')}
            </button>
            <button type="button" className="btn btn-quiet" onClick={() => setIsWriting(false)}>
              {say('cancel')}
            </button>
          </div>
        </Form>
      ) : newest?.text ? (
        <Words text={newest.text} />
      ) : (
        <p className="text-sm text-ink-2">{say('noGuidelines')}</p>
      )}
      {earlier.length > 0 ? (
        <div className="grid gap-2 border-t border-line pt-3">
          <h3>{say('earlierVersions')}</h3>
          {earlier.map((version) => (
            <details key={version.version}>
              <summary className="text-sm">
                {say('version', { version: String(version.version) })}{' '}
                <Written version={version} isInline />
              </summary>
              <div className="mt-2 border-l-2 border-line pl-4">
                {version.text ? <Words text={version.text} /> : <p>{say('empty')}</p>}
              </div>
            </details>
          ))}
        </div>
      ) : null}
    </section>
  )
}

function Written({ version, isInline }: { version: GuidelinesVersion; isInline?: boolean }) {
  const words = (
    <>
      {version.author ? `${version.author}, ` : ''}
      <LocalTime time={version.created_at} />
    </>
  )
  return isInline ? (
    <span className="text-ink-2">{words}</span>
  ) : (
    <p className="text-sm text-ink-2">{words}</p>
  )
}
