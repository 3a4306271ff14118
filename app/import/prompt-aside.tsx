import { Form, Link } from '@remix-run/react'
import { Archive, ArchiveRestore, X } from 'lucide-react'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { findingTitleIn, namesItsModel } from './finding-titles.ts'
import { languageName } from './prompt-address.ts'
import { Folded, RawShown } from './prompt-conversation.tsx'
import { Facts, lineageFacts } from './prompt-response.tsx'
import type { PromptView } from './prompt-view.ts'
import { promptSayIn } from './prompt-words.ts'

/** What is known of a prompt beside its words, and what can be done to it. */
export function PromptAside({ slug, prompt }: { slug: string; prompt: PromptView }) {
  const { say, figures, language } = useSaying(promptSayIn)
  return (
    <aside aria-label={say('about')} className="grid content-start gap-4">
      <section className="card grid gap-3">
        <h2>{say('column.tags')}</h2>
        <Tags tags={prompt.tags} />
      </section>
      <section className="card grid gap-3">
        <h2>{say('whatFound')}</h2>
        <Findings slug={slug} prompt={prompt} />
      </section>
      {prompt.duplicates.length > 0 ? (
        <section className="card grid gap-3">
          <h2>{say('nearDuplicates')}</h2>
          <ul className="grid gap-2 text-sm">
            {prompt.duplicates.map(({ id, preview }) => (
              <li key={id}>
                <Link to={`/p/${slug}/prompts/${id}`} className="link break-words">
                  {preview || say('withoutText')}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="card grid gap-3">
        <h2>{say('whereFrom')}</h2>
        <Facts
          facts={[
            ...lineageFacts(slug, { ...prompt, language }),
            { name: say('inputKey'), value: prompt.inputKey ?? '' },
            { name: say('arrived'), value: `${moment(prompt.createdAt, language)} UTC` },
            {
              name: say('language'),
              value: prompt.language === null ? '' : languageName(prompt.language, language),
            },
            { name: say('fact.characters'), value: figures.whole(prompt.characters) },
            {
              name: say('fact.tokens'),
              value: prompt.tokens === null ? '' : figures.whole(prompt.tokens),
            },
          ]}
        />
        {prompt.metadata ? (
          <Folded title={say('metadata')}>
            <RawShown {...prompt.metadata} />
          </Folded>
        ) : null}
      </section>
      <section className="card grid gap-3">
        <h2>{say('archive')}</h2>
        <p className="text-sm text-ink-2">
          {prompt.archivedAt === null
            ? say('archiveHint')
            : say('archivedSince', { when: moment(prompt.archivedAt, language) })}
        </p>
        <Form method="post" preventScrollReset>
          {prompt.archivedAt === null ? (
            <button type="submit" name="intent" value="archive" className="btn">
              <Archive size={15} aria-hidden="true" />
              {say('toArchive')}
            </button>
          ) : (
            <button type="submit" name="intent" value="unarchive" className="btn">
              <ArchiveRestore size={15} aria-hidden="true" />
              {say('bringBack')}
            </button>
          )}
        </Form>
      </section>
    </aside>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
  const { say } = useSaying(promptSayIn)
  return (
    <>
      {tags.length > 0 ? (
        <ul className="flex flex-wrap gap-2">
          {tags.map((tag) => (
            <li key={tag} className="min-w-0">
              <Form method="post" preventScrollReset className="min-w-0">
                <input type="hidden" name="tag" value={tag} />
                <button
                  type="submit"
                  name="intent"
                  value="remove-tag"
                  className="chip max-w-full"
                  aria-label={say('takeOffTag', { tag })}
                >
                  <span className="truncate leading-[1.4]">{tag}</span>
                  <X size={13} aria-hidden="true" className="shrink-0" />
                </button>
              </Form>
            </li>
          ))}
        </ul>
      ) : null}
      {/* Made anew when a tag was added, so that its field is empty again. */}
      <Form key={tags.join()} method="post" preventScrollReset className="flex gap-2">
        <input
          name="tag"
          aria-label={say('newTag')}
          placeholder={say('newTag')}
          required
          maxLength={100}
          autoComplete="off"
          className="input min-w-0"
        />
        <button type="submit" name="intent" value="add-tag" className="btn">
          {say('add')}
        </button>
      </Form>
    </>
  )
}

function Findings({ slug, prompt }: { slug: string; prompt: PromptView }) {
  const { say, figures, language } = useSaying(promptSayIn)
  if (!prompt.isPrepared) {
    return <p className="text-sm text-ink-2">{say('notLooked')}</p>
  }
  if (prompt.findings.length === 0) {
    return <p className="text-sm text-ink-2">{say('nothingFound')}</p>
  }
  return (
    <>
      <ul className="grid gap-2 text-sm">
        {prompt.findings.map((finding) => (
          <li key={finding.id}>
            <span className="font-semibold">
              {findingTitleIn(language)(finding.kind)}
              {finding.kind === namesItsModel ? '' : ` × ${figures.whole(finding.count)}`}
            </span>{' '}
            <span className="text-ink-2">
              {finding.model === null
                ? say('inPrompt')
                : say('inResponse', { model: finding.model })}
              {finding.isRemoved ? say('removedShown') : ''}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-3">
        {say('decidedIn')}{' '}
        <Link to={`/p/${slug}/settings`} className="link">
          {say('settings')}
        </Link>
        .
      </p>
    </>
  )
}
