import { Term } from '#app/ui/defined.tsx'
import { useSaying } from '#app/ui/language.tsx'
import { type GlossaryTerm, glossarySayIn } from './glossary-words.ts'

/** A word of a page of figures with what the glossary says of it. */
export function GlossaryWord({ term, children }: { term: GlossaryTerm; children: string }) {
  const { say } = useSaying(glossarySayIn)
  return <Term definition={say(term)}>{children}</Term>
}

/** The head of a column, which tells what stands under it. */
export function TermHead({
  term,
  isText = false,
  children,
}: {
  term: GlossaryTerm
  /** Whether words stand under it, set flush left. */
  isText?: boolean
  children: string
}) {
  return (
    <th scope="col" className={isText ? undefined : 'num'}>
      <GlossaryWord term={term}>{children}</GlossaryWord>
    </th>
  )
}
