/** How a task in a list is told from the next one on the same prompt. */
import type { Criterion } from '#app/assign/campaign.ts'
import { useLanguage } from '#app/ui/language.tsx'
import { fillPhrase } from '#app/ui/languages.ts'
import { placeLetter } from './places.ts'
import { useRoomWords } from './room-words.ts'
import { digestWordsEn, digestWordsPt, type TaskDigest, tallyOf } from './task-digest.ts'

const catalogue = { en: digestWordsEn, pt: digestWordsPt }

interface Told {
  digest: TaskDigest | undefined
  criteria: readonly Criterion[]
}

/** The first words of each response. */
export function Openings({ digest }: Pick<Told, 'digest'>) {
  const words = catalogue[useLanguage()]
  if (!digest) return null
  return (
    <span className="mt-0.5 grid text-[13px] text-ink-2">
      {digest.openings.map((opening, place) => (
        <span key={place} className="flex min-w-0 gap-1.5">
          {digest.openings.length > 1 ? (
            <span className="font-semibold">{placeLetter(place)}</span>
          ) : null}
          <span dir="auto" className="line-clamp-1 [overflow-wrap:anywhere]">
            {opening || words.empty}
          </span>
        </span>
      ))}
    </span>
  )
}

/** What raters said, each answer with how many gave it. */
export function Tally({ digest, criteria }: Told) {
  const words = catalogue[useLanguage()]
  const language = useLanguage()
  const { say } = useRoomWords()
  const tally = tallyOf(digest?.answers ?? [], criteria, say)
  const [only] = tally
  if (!only) return <>–</>
  if (tally.length === 1 && only.count > 1) return <>{fillPhrase(language, words.allSay, only)}</>
  return (
    <span className="flex flex-wrap gap-x-1.5">
      {tally.map((one, place) => (
        <span key={one.words} className="min-w-0 [overflow-wrap:anywhere]">
          {fillPhrase(language, words.someSay, one)}
          {place < tally.length - 1 ? ' ·' : ''}
        </span>
      ))}
    </span>
  )
}

/** What an adjudicator decided. */
export function DecidedAs({ digest, criteria }: Told) {
  const { say } = useRoomWords()
  const [decided] = tallyOf(digest?.decision ? [digest.decision] : [], criteria, say)
  return <span dir="auto">{decided?.words ?? '–'}</span>
}
