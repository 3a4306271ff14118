import { Form } from '@remix-run/react'
import { useId } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { raterSayIn } from './rater-words.ts'

interface Annotator {
  id: string
  name: string
}

interface Profile {
  personId: string
  groups: string[]
  languages: string[]
}

/** What was typed for one annotator and could not be saved. */
export interface RefusedProfile {
  error: string
  person?: string
  values?: Record<string, string>
}

/** The groups and languages of annotators, by which campaigns choose who gets which task. */
export function RaterProfiles({
  annotators,
  profiles,
  languages,
  refused,
}: {
  annotators: readonly Annotator[]
  profiles: readonly Profile[]
  /** Those that occur among the prompts. */
  languages: readonly string[]
  refused: RefusedProfile | undefined
}) {
  const { say } = useSaying(raterSayIn)
  const id = useId()
  if (annotators.length === 0) return null
  const known = [...new Set(profiles.flatMap(({ groups }) => groups))].sort()
  return (
    <section className="card grid gap-3" aria-labelledby={id}>
      <h2 id={id}>{say('raterTitle')}</h2>
      <p className="max-w-[84ch] text-sm text-ink-2">
        {say('raterIntro')}
        {known.length > 0 ? ` ${say('groupsSoFar', { groups: known.join(', ') })}` : ''}
        {languages.length > 0
          ? ` ${say('languagesSoFar', { languages: languages.join(', ') })}`
          : ''}
      </p>
      <ul className="grid gap-3">
        {annotators.map((annotator) => {
          const profile = profiles.find(({ personId }) => personId === annotator.id)
          const own = refused?.person === annotator.id ? refused : undefined
          const groups = (profile?.groups ?? []).join(', ')
          const spoken = (profile?.languages ?? []).join(', ')
          return (
            <li key={annotator.id}>
              <Form
                key={`${groups}|${spoken}`}
                method="post"
                className="grid items-center gap-2 sm:grid-cols-[minmax(0,10rem)_1fr_1fr_auto]"
              >
                <input type="hidden" name="person" value={annotator.id} />
                <span className="truncate font-semibold">{annotator.name}</span>
                <input
                  name="groups"
                  className="input"
                  placeholder={say('groups')}
                  aria-label={say('groupsOf', { name: annotator.name })}
                  defaultValue={own?.values?.groups ?? groups}
                  aria-invalid={own ? true : undefined}
                />
                <input
                  name="languages"
                  className="input"
                  placeholder={say('languages')}
                  aria-label={say('languagesOf', { name: annotator.name })}
                  defaultValue={own?.values?.languages ?? spoken}
                  aria-invalid={own ? true : undefined}
                />
                <button
                  type="submit"
                  name="intent"
                  value="rater"
                  className="btn justify-self-start"
                  aria-label={say('saveFor', { name: annotator.name })}
                >
                  {say('save')}
                </button>
              </Form>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
