/** The wish for further judgments: every part of it in the address; what is left open is as seen so far. */
import { Form, Link, useSubmit } from '@remix-run/react'
import { type ReactNode, useId } from 'react'
import { useSaying } from '#app/ui/language.tsx'
import { WideBox } from '#app/ui/wide-box.tsx'
import { assumedAlike, type Plan, type PlanBasis, type ScorePlan } from './plan.ts'
import { type PlanChoices, planFigures, planGoals } from './plan-choices.ts'
import { basisSentence, scoreSentence, soFarSentences, wishSentence } from './plan-sentences.ts'
import { planSayIn } from './plan-words.ts'

/** What a campaign that compares responses is asked. */
export function PlanForm({ choices, basis }: { choices: PlanChoices; basis: PlanBasis }) {
  const { say, figures } = useSaying(planSayIn)
  const submit = useSubmit()
  const seen = (value: string) => say('asSeen', { value })
  return (
    <Form
      method="get"
      aria-label={say('wish')}
      className="card grid gap-4"
      onChange={(event) => submit(event.currentTarget, { replace: true, preventScrollReset: true })}
    >
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3 text-sm">
        <Labelled name={say('goal')}>
          {(id) => (
            <select id={id} name="goal" defaultValue={choices.goal} className="input !w-auto">
              {planGoals.map((goal) => (
                <option key={goal} value={goal}>
                  {say(`goal.${goal}`)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        <Labelled name={say('figure')}>
          {(id) => (
            <select id={id} name="figure" defaultValue={choices.figure} className="input !w-auto">
              {planFigures.map((figure) => (
                <option key={figure} value={figure}>
                  {say(`figure.${figure}`)}
                </option>
              ))}
            </select>
          )}
        </Labelled>
        {choices.goal === 'width' ? (
          <Amount name="half_width" label={say('half_width')} value={choices.half_width} />
        ) : (
          <>
            <Amount name="win_rate" label={say('win_rate')} value={choices.win_rate} />
            <Amount name="power" label={say('power')} value={choices.power} />
          </>
        )}
      </div>
      <div className="flex flex-wrap items-end gap-x-4 gap-y-3 text-sm">
        <Amount
          name="overlap"
          label={say('overlap')}
          value={choices.overlap}
          hint={seen(figures.decimal(basis.overlap, 1))}
        />
        <Amount
          name="correlation"
          label={say('correlation')}
          value={choices.correlation}
          hint={
            basis.correlation === null
              ? say('asAssumed', { value: figures.decimal(assumedAlike, 1) })
              : seen(figures.decimal(basis.correlation))
          }
        />
        <Amount
          name="ties"
          label={say('ties')}
          value={choices.ties}
          hint={
            basis.ties === null
              ? say('asAssumed', { value: figures.whole(0) })
              : seen(figures.hundredths(basis.ties))
          }
        />
        <noscript>
          <button type="submit" className="btn">
            {say('show')}
          </button>
        </noscript>
        <Link to="." className="link pb-2" reloadDocument>
          {say('asUsual')}
        </Link>
      </div>
    </Form>
  )
}

function Labelled({ name, children }: { name: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="grid gap-1 text-ink-2">
      <label htmlFor={id}>{name}</label>
      {children(id)}
    </div>
  )
}

/** A number of the wish; empty where it is left as seen. */
function Amount({
  name,
  label,
  value,
  hint,
}: {
  name: string
  label: string
  value: number | undefined
  hint?: string
}) {
  return (
    <Labelled name={label}>
      {(id) => (
        <>
          <input
            id={id}
            name={name}
            type="number"
            step="any"
            min={0}
            defaultValue={value ?? ''}
            className="input !w-36"
            aria-describedby={hint ? `${id}-hint` : undefined}
          />
          {hint ? (
            <span id={`${id}-hint`} className="text-[12.5px] text-ink-3">
              {hint}
            </span>
          ) : null}
        </>
      )}
    </Labelled>
  )
}

/** What the plan says, sentence by sentence. */
export function PlanWords({ plan, choices }: { plan: Plan; choices: PlanChoices }) {
  const { say, language } = useSaying(planSayIn)
  return (
    <section className="grid max-w-[75ch] gap-2" aria-live="polite">
      <p className="font-serif text-[18px] font-semibold">
        {wishSentence(plan, choices, language)}
      </p>
      <p>{soFarSentences(plan, language).join(' ')}</p>
      <p className="text-sm text-ink-2">{basisSentence(plan, language)}</p>
      {plan.isRough ? <p className="text-sm text-warn">{say('rough')}</p> : null}
    </section>
  )
}

/** The plan of a rubric: how many further prompts its means need. */
export function ScorePlans({
  plans,
  choices,
}: {
  plans: readonly ScorePlan[]
  choices: PlanChoices
}) {
  const { say, figures, language } = useSaying(planSayIn)
  const submit = useSubmit()
  return (
    <>
      <Form
        method="get"
        aria-label={say('wish')}
        className="flex flex-wrap items-end gap-4 text-sm"
        onChange={(event) =>
          submit(event.currentTarget, { replace: true, preventScrollReset: true })
        }
      >
        <Amount name="half_width" label={say('half_width_scale')} value={choices.half_width} />
        <noscript>
          <button type="submit" className="btn">
            {say('show')}
          </button>
        </noscript>
      </Form>
      <section className="grid max-w-[75ch] gap-2" aria-live="polite">
        {plans.map((plan) => (
          <p key={plan.criterion} className="font-serif text-[16px]">
            {scoreSentence(plan, choices.half_width, language)}
          </p>
        ))}
        <p className="text-sm text-ink-2">{say('noPower')}</p>
      </section>
      <section className="card !p-2.5">
        <WideBox label={say('scoresTitle')}>
          <table className="data-table">
            <caption className="sr-only">{say('scoresTitle')}</caption>
            <thead>
              <tr>
                <th scope="col">{say('criterion')}</th>
                {(['widest', 'promptsSoFar', 'morePrompts'] as const).map((name) => (
                  <th key={name} scope="col" className="num">
                    {say(name)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {plans.map(({ criterion, halfWidth, prompts, morePrompts }) => (
                <tr key={criterion}>
                  <td>{criterion}</td>
                  <td className="num">
                    {halfWidth === null
                      ? '–'
                      : say('points', { width: figures.decimal(halfWidth) })}
                  </td>
                  <td className="num">{figures.whole(prompts)}</td>
                  <td className="num">{morePrompts === null ? '–' : figures.whole(morePrompts)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </WideBox>
      </section>
    </>
  )
}
