import { Form } from '@remix-run/react'
import { useId } from 'react'

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
  const id = useId()
  if (annotators.length === 0) return null
  const known = [...new Set(profiles.flatMap(({ groups }) => groups))].sort()
  return (
    <section className="card grid gap-3" aria-labelledby={id}>
      <h2 id={id}>Raters: groups and languages</h2>
      <p className="max-w-[84ch] text-sm text-ink-2">
        Several with commas between. A campaign can be for some groups only, and can give raters
        only prompts in their languages.
        {known.length > 0 ? ` Groups so far: ${known.join(', ')}.` : ''}
        {languages.length > 0 ? ` Languages among the prompts: ${languages.join(', ')}.` : ''}
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
                  placeholder="Groups"
                  aria-label={`Groups of ${annotator.name}`}
                  defaultValue={own?.values?.groups ?? groups}
                  aria-invalid={own ? true : undefined}
                />
                <input
                  name="languages"
                  className="input"
                  placeholder="Languages, as en, pt"
                  aria-label={`Languages of ${annotator.name}`}
                  defaultValue={own?.values?.languages ?? spoken}
                  aria-invalid={own ? true : undefined}
                />
                <button
                  type="submit"
                  name="intent"
                  value="rater"
                  className="btn justify-self-start"
                  aria-label={`Save what is set for ${annotator.name}`}
                >
                  Save
                </button>
              </Form>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
