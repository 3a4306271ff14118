/** What a lead may do about a rater, each asked for with its reason and its exact extent. */
import { useFetcher } from '@remix-run/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import type { Withdrawable, Withdrawal } from '#app/rate/withdraw-judgments.server.ts'
import { Dialog } from '#app/ui/dialog.tsx'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { raterAnswerIn } from './rater-answer-words.ts'
import type { RaterOnPage } from './rater-page.server.ts'
import { ratersSayIn } from './raters-words.ts'

export type RaterActAnswer =
  | { ok: true; done: string }
  | { ok: false; reason: string; field?: string }

type Simple = 'pause' | 'resume' | 'release' | 'admit'

const actsFor = (rater: RaterOnPage): Simple[] => [
  ...(rater.status === 'paused' ? (['resume'] as const) : []),
  ...(rater.status === 'active' && rater.hasJoined ? (['pause'] as const) : []),
  ...(rater.inHand > 0 ? (['release'] as const) : []),
  ...(rater.phase === 'failed' ? (['admit'] as const) : []),
]

type Open = Simple | 'withdraw' | Withdrawal | null

/** The buttons, their dialogs, and the withdrawals that can be undone. */
export function RaterActs({
  rater,
  withdrawals,
  isBusy,
}: {
  rater: RaterOnPage
  withdrawals: readonly Withdrawal[]
  /** Whether judgments of the rater are being changed. */
  isBusy: boolean
}) {
  const { say, language } = useSaying(ratersSayIn)
  const [open, setOpen] = useState<Open>(null)
  const [said, setSaid] = useState('')
  const finish = (words: string) => {
    setOpen(null)
    setSaid(words)
  }
  const close = () => setOpen(null)
  return (
    <section className="card grid gap-3" aria-label={say('whatToDo')}>
      <div className="flex flex-wrap gap-2">
        {actsFor(rater).map((act) => (
          <button key={act} type="button" className="btn" onClick={() => setOpen(act)}>
            {say(`${act}.open`)}
          </button>
        ))}
        <button
          type="button"
          className="btn btn-danger"
          disabled={isBusy}
          onClick={() => setOpen('withdraw')}
        >
          {say('withdrawOpen')}
        </button>
      </div>
      <p role="status" className="text-sm text-ink-2 empty:hidden">
        {said}
      </p>
      {withdrawals.length > 0 ? (
        <ul className="grid gap-2" aria-label={say('withdrawals')}>
          {withdrawals.map((withdrawal) => (
            <li
              key={`${withdrawal.at} ${withdrawal.reason}`}
              className="flex flex-wrap items-center gap-3 text-sm"
            >
              <span className="min-w-0 grow" dir="auto">
                {say('withdrawnAt', {
                  count: withdrawal.judgments,
                  time: moment(withdrawal.at, language),
                  reason: withdrawal.reason || say('noReason'),
                })}
              </span>
              <button
                type="button"
                className="btn"
                disabled={isBusy}
                onClick={() => setOpen(withdrawal)}
              >
                {say('restoreOpen')}
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {typeof open === 'string' && open !== 'withdraw' ? (
        <ActDialog
          title={say('actOn', { act: say(`${open}.act`), rater: rater.pseudonym })}
          description={say(`${open}.says`, { name: rater.pseudonym })}
          submit={say(`${open}.act`)}
          onClose={close}
          onDone={finish}
        >
          <input type="hidden" name="intent" value={open} />
        </ActDialog>
      ) : null}
      {open === 'withdraw' ? (
        <WithdrawDialog rater={rater} onClose={close} onDone={finish} />
      ) : null}
      {open !== null && typeof open === 'object' ? (
        <ActDialog
          title={say('restoreOf', { count: open.judgments, rater: rater.pseudonym })}
          description={say('restoreSays', {
            count: open.judgments,
            tasks: say('taskCount', { count: open.tasks }),
          })}
          submit={say('restore', { count: open.judgments })}
          onClose={close}
          onDone={finish}
        >
          <input type="hidden" name="intent" value="restore" />
          <input type="hidden" name="withdrawnAt" value={open.at} />
          <input type="hidden" name="withdrawnReason" value={open.reason} />
          <input type="hidden" name="confirmed" value={open.judgments} />
        </ActDialog>
      ) : null}
    </section>
  )
}

interface ActDialogProps {
  title: string
  description: string
  submit: string
  isDanger?: boolean
  /** Whether there is nothing that could be done. */
  isEmpty?: boolean
  onClose: () => void
  onDone: (words: string) => void
  children: ReactNode
}

function ActDialog({
  title,
  description,
  submit,
  isDanger = false,
  isEmpty = false,
  onClose,
  onDone,
  children,
}: ActDialogProps) {
  const { say } = useSaying(ratersSayIn)
  const { say: answered } = useSaying(raterAnswerIn)
  const fetcher = useFetcher<RaterActAnswer>()
  const done = useRef(onDone)
  done.current = onDone
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (answer?.ok) done.current(answered(answer.done))
  }, [answer, answered])
  const problem = answer && !answer.ok ? answer : undefined
  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <fetcher.Form method="post" className="grid gap-4" noValidate>
        {problem && problem.field !== 'reason' ? (
          <Notice tone="danger">{answered(problem.reason)}</Notice>
        ) : null}
        {children}
        <TextArea
          label={say('reason')}
          name="reason"
          rows={2}
          required
          dir="auto"
          hint={say('reasonHint')}
          error={problem?.field === 'reason' ? answered(problem.reason) : undefined}
        />
        <div className="flex flex-wrap gap-3">
          <button
            type="submit"
            className={`btn ${isDanger ? 'btn-danger' : 'btn-primary'}`}
            disabled={fetcher.state !== 'idle' || isEmpty}
          >
            {submit}
          </button>
          <button type="button" className="btn btn-quiet" onClick={onClose}>
            {say('cancel')}
          </button>
        </div>
      </fetcher.Form>
    </Dialog>
  )
}

function WithdrawDialog({
  rater,
  onClose,
  onDone,
}: {
  rater: RaterOnPage
  onClose: () => void
  onDone: (words: string) => void
}) {
  const { say } = useSaying(ratersSayIn)
  const [since, setSince] = useState('')
  const counts = useFetcher<{ withdrawable: (Withdrawable & { since: string }) | null }>()
  const { load } = counts
  useEffect(() => {
    load(`?rater=${encodeURIComponent(rater.id)}&since=${since}`)
  }, [load, rater.id, since])
  const found = counts.data?.withdrawable
  const known = found?.since === since ? found : null
  return (
    <ActDialog
      title={say('withdrawOf', { rater: rater.pseudonym })}
      description={say('withdrawSays')}
      submit={known ? say('withdraw', { count: known.judgments }) : say('counting')}
      isDanger
      isEmpty={!known || known.judgments === 0}
      onClose={onClose}
      onDone={onDone}
    >
      <input type="hidden" name="intent" value="withdraw" />
      <input type="hidden" name="confirmed" value={known?.judgments ?? 0} />
      <TextField
        label={say('since')}
        name="since"
        type="date"
        value={since}
        onChange={(event) => setSince(event.currentTarget.value)}
        hint={say('sinceHint')}
      />
      <p role="status" className="text-sm">
        {known
          ? known.judgments === 0
            ? say('noSuchJudgment')
            : say('concerns', {
                count: known.judgments,
                tasks: say('taskCount', { count: known.tasks }),
              })
          : say('counting')}
      </p>
    </ActDialog>
  )
}
