import { Form, Link } from '@remix-run/react'
import { Archive, ArchiveRestore, X } from 'lucide-react'
import { moment, whole } from '#app/ui/figures.ts'
import { findingTitle, namesItsModel } from './finding-titles.ts'
import { languageName } from './prompt-address.ts'
import { Folded, RawShown } from './prompt-conversation.tsx'
import { Facts, lineageFacts } from './prompt-response.tsx'
import type { PromptView } from './prompt-view.ts'

/** What is known of a prompt beside its words, and what can be done to it. */
export function PromptAside({ slug, prompt }: { slug: string; prompt: PromptView }) {
  return (
    <aside aria-label="About this prompt" className="grid content-start gap-4">
      <section className="card grid gap-3">
        <h2>Tags</h2>
        <Tags tags={prompt.tags} />
      </section>
      <section className="card grid gap-3">
        <h2>What was found</h2>
        <Findings slug={slug} prompt={prompt} />
      </section>
      {prompt.duplicates.length > 0 ? (
        <section className="card grid gap-3">
          <h2>Near-duplicates</h2>
          <ul className="grid gap-2 text-sm">
            {prompt.duplicates.map(({ id, preview }) => (
              <li key={id}>
                <Link to={`/p/${slug}/prompts/${id}`} className="link break-words">
                  {preview || 'a prompt without text'}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      <section className="card grid gap-3">
        <h2>Where it came from</h2>
        <Facts
          facts={[
            ...lineageFacts(slug, prompt),
            { name: 'Input key', value: prompt.inputKey ?? '' },
            { name: 'Arrived', value: `${moment(prompt.createdAt)} UTC` },
            {
              name: 'Language',
              value: prompt.language === null ? '' : languageName(prompt.language),
            },
            { name: 'Characters', value: whole(prompt.characters) },
            { name: 'Tokens', value: prompt.tokens === null ? '' : whole(prompt.tokens) },
          ]}
        />
        {prompt.metadata ? (
          <Folded title="Metadata">
            <RawShown {...prompt.metadata} />
          </Folded>
        ) : null}
      </section>
      <section className="card grid gap-3">
        <h2>Archive</h2>
        <p className="text-sm text-ink-2">
          {prompt.archivedAt === null
            ? 'An archived prompt stays out of lists and new campaigns. Its judgments stay.'
            : `In the archive since ${moment(prompt.archivedAt)} UTC: it is in no new campaign.`}
        </p>
        <Form method="post" preventScrollReset>
          {prompt.archivedAt === null ? (
            <button type="submit" name="intent" value="archive" className="btn">
              <Archive size={15} aria-hidden="true" />
              Archive
            </button>
          ) : (
            <button type="submit" name="intent" value="unarchive" className="btn">
              <ArchiveRestore size={15} aria-hidden="true" />
              Bring back
            </button>
          )}
        </Form>
      </section>
    </aside>
  )
}

function Tags({ tags }: { tags: readonly string[] }) {
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
                  aria-label={`Take off the tag ${tag}`}
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
          aria-label="New tag"
          placeholder="New tag"
          required
          maxLength={100}
          autoComplete="off"
          className="input min-w-0"
        />
        <button type="submit" name="intent" value="add-tag" className="btn">
          Add
        </button>
      </Form>
    </>
  )
}

function Findings({ slug, prompt }: { slug: string; prompt: PromptView }) {
  if (!prompt.isPrepared) {
    return (
      <p className="text-sm text-ink-2">
        Nobody has looked through this prompt yet; that happens soon after an import.
      </p>
    )
  }
  if (prompt.findings.length === 0) {
    return <p className="text-sm text-ink-2">No personal data and no secrets.</p>
  }
  return (
    <>
      <ul className="grid gap-2 text-sm">
        {prompt.findings.map((finding) => (
          <li key={finding.id}>
            <span className="font-semibold">
              {findingTitle(finding.kind)}
              {finding.kind === namesItsModel ? '' : ` × ${whole(finding.count)}`}
            </span>{' '}
            <span className="text-ink-2">
              {finding.model === null ? 'in the prompt' : `in the response of ${finding.model}`}
              {finding.isRemoved ? ', removed where texts are shown' : ''}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-sm text-ink-3">
        What is removed is decided in the{' '}
        <Link to={`/p/${slug}/settings`} className="link">
          settings
        </Link>
        .
      </p>
    </>
  )
}
