import {
  type Bindings,
  keyLabel,
  type Offered,
  sameVerdict,
  type Verdict,
  verdictsOf,
  verdictWord,
} from './keymap.ts'
import { useRoomWords } from './room-words.ts'
import { KeyOn, Segments } from './segments.tsx'

const idOf = ({ winner, strength }: Verdict) => `${winner}:${strength ?? ''}`

/** The scale of a preference question, with its keys on it. */
export function VerdictScale({
  title,
  points,
  verdict,
  isLarge,
  isAlone,
  onChoose,
}: {
  title: string
  points: number
  verdict: Verdict | null
  isLarge: boolean
  /** Whether it is the only question, and stands in the middle. */
  isAlone: boolean
  onChoose: (verdict: Verdict) => void
}) {
  const { say } = useRoomWords()
  const all = verdictsOf(points)
  const chosen = all.find((one) => sameVerdict(verdict, one))
  return (
    <div
      className={`w-full ${isAlone ? 'justify-self-center' : ''}`}
      style={{ maxWidth: `${all.length * 188}px` }}
    >
      <Segments
        title={title}
        size={isLarge ? 'large' : 'small'}
        segments={all.map((one, place) => ({
          id: idOf(one),
          label: say(verdictWord(one, points)),
          keys: String(place + 1),
        }))}
        chosen={chosen && idOf(chosen)}
        onChoose={(id) => {
          const next = all.find((one) => idOf(one) === id)
          if (next) onChoose(next)
        }}
      />
    </div>
  )
}

/** The verdicts that stand apart from the scale. */
export function ApartVerdicts({
  offered,
  verdict,
  bindings,
  onChoose,
}: {
  offered: Offered
  verdict: Verdict | null
  /** The keys that give them, where they do. */
  bindings: Bindings | undefined
  onChoose: (next: Verdict) => void
}) {
  const { say } = useRoomWords()
  const choices = [
    ...(offered.bothBad ? [{ winner: 'both_bad', command: 'bothBad' } as const] : []),
    ...(offered.cantJudge ? [{ winner: 'cant_judge', command: 'cantJudge' } as const] : []),
  ]
  return choices.map(({ winner, command }) => (
    <button
      key={winner}
      type="button"
      className="chip shrink-0 whitespace-nowrap max-md:min-h-11"
      aria-pressed={verdict?.winner === winner}
      title={winner === 'cant_judge' ? say('cantJudgeMeans') : undefined}
      data-answers=""
      onClick={() => onChoose({ winner })}
    >
      {say(command)} <KeyOn>{bindings ? keyLabel(bindings[command]) : ''}</KeyOn>
    </button>
  ))
}
