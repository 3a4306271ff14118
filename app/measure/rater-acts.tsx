/** What a lead may do about a rater, each asked for with its reason and its exact extent. */
import { useFetcher } from '@remix-run/react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { counted } from '#app/base/text.ts'
import type { Withdrawable, Withdrawal } from '#app/rate/withdraw-judgments.server.ts'
import { Dialog } from '#app/ui/dialog.tsx'
import { TextArea, TextField } from '#app/ui/field.tsx'
import { moment } from '#app/ui/figures.ts'
import { Notice } from '#app/ui/notice.tsx'
import type { RaterOnPage } from './rater-page.server.ts'

export type RaterActAnswer =
  | { ok: true; done: string }
  | { ok: false; reason: string; field?: string }

type Simple = 'pause' | 'resume' | 'release' | 'admit'

const simple: Record<Simple, { button: string; title: string; says: (name: string) => string }> = {
  pause: {
    button: 'Pause…',
    title: 'Pause',
    says: (name) =>
      `${name} gets no more tasks of this campaign, and what is in hand goes to others. Judgments stay as they are.`,
  },
  resume: {
    button: 'Let work again…',
    title: 'Let work again',
    says: (name) => `${name} gets tasks of this campaign again.`,
  },
  release: {
    button: 'Release what is in hand…',
    title: 'Release what is in hand',
    says: (name) =>
      `The tasks in the hands of ${name} go to others. A judgment that still comes is kept, and counts where its task needs it.`,
  },
  admit: {
    button: 'Admit…',
    title: 'Admit',
    says: (name) => `${name} did not pass the qualification, and works all the same from now on.`,
  },
}

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
  const [open, setOpen] = useState<Open>(null)
  const [said, setSaid] = useState('')
  const finish = (words: string) => {
    setOpen(null)
    setSaid(words)
  }
  const close = () => setOpen(null)
  return (
    <section className="card grid gap-3" aria-label="What to do">
      <div className="flex flex-wrap gap-2">
        {actsFor(rater).map((act) => (
          <button key={act} type="button" className="btn" onClick={() => setOpen(act)}>
            {simple[act].button}
          </button>
        ))}
        <button
          type="button"
          className="btn btn-danger"
          disabled={isBusy}
          onClick={() => setOpen('withdraw')}
        >
          Withdraw judgments…
        </button>
      </div>
      <p role="status" className="text-sm text-ink-2 empty:hidden">
        {said}
      </p>
      {withdrawals.length > 0 ? (
        <ul className="grid gap-2" aria-label="Withdrawn judgments">
          {withdrawals.map((withdrawal) => (
            <li
              key={`${withdrawal.at} ${withdrawal.reason}`}
              className="flex flex-wrap items-center gap-3 text-sm"
            >
              <span className="min-w-0 grow" dir="auto">
                {counted(withdrawal.judgments, 'judgment')} withdrawn {moment(withdrawal.at)} UTC:{' '}
                {withdrawal.reason || 'no reason'}
              </span>
              <button
                type="button"
                className="btn"
                disabled={isBusy}
                onClick={() => setOpen(withdrawal)}
              >
                Restore…
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      {typeof open === 'string' && open !== 'withdraw' ? (
        <ActDialog
          title={`${simple[open].title}: ${rater.pseudonym}`}
          description={simple[open].says(rater.pseudonym)}
          submit={simple[open].title}
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
          title={`Restore ${counted(open.judgments, 'judgment')} of ${rater.pseudonym}`}
          description={`${counted(open.judgments, 'judgment')} on ${counted(open.tasks, 'task')} count again. Where another rater took the place meanwhile, the judgment is kept as extra and stays out of the figures.`}
          submit={`Restore ${counted(open.judgments, 'judgment')}`}
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
  const fetcher = useFetcher<RaterActAnswer>()
  const done = useRef(onDone)
  done.current = onDone
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (answer?.ok) done.current(answer.done)
  }, [answer])
  const problem = answer && !answer.ok ? answer : undefined
  return (
    <Dialog open onClose={onClose} title={title} description={description}>
      <fetcher.Form method="post" className="grid gap-4" noValidate>
        {problem && problem.field !== 'reason' ? (
          <Notice tone="danger">{problem.reason}</Notice>
        ) : null}
        {children}
        <TextArea
          label="Reason"
          name="reason"
          rows={2}
          required
          dir="auto"
          hint="Kept in the audit log with your name."
          error={problem?.field === 'reason' ? problem.reason : undefined}
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
            Cancel
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
  const [since, setSince] = useState('')
  const counts = useFetcher<{ withdrawable: (Withdrawable & { since: string }) | null }>()
  const { load } = counts
  useEffect(() => {
    load(`?rater=${encodeURIComponent(rater.id)}&since=${since}`)
  }, [load, rater.id, since])
  const found = counts.data?.withdrawable
  const known = found?.since === since ? found : null
  const extent = known ? counted(known.judgments, 'judgment') : 'judgments'
  return (
    <ActDialog
      title={`Withdraw judgments of ${rater.pseudonym}`}
      description="They are kept and marked, and leave all figures and datasets. While the campaign takes work, their tasks ask for another rater again. It can be undone."
      submit={known ? `Withdraw ${extent}` : 'Counting…'}
      isDanger
      isEmpty={!known || known.judgments === 0}
      onClose={onClose}
      onDone={onDone}
    >
      <input type="hidden" name="intent" value="withdraw" />
      <input type="hidden" name="confirmed" value={known?.judgments ?? 0} />
      <TextField
        label="Since"
        name="since"
        type="date"
        value={since}
        onChange={(event) => setSince(event.currentTarget.value)}
        hint="From this day on, in UTC; empty for all."
      />
      <p role="status" className="text-sm">
        {known
          ? known.judgments === 0
            ? 'There is no such judgment.'
            : `This concerns ${extent} on ${counted(known.tasks, 'task')}.`
          : 'Counting…'}
      </p>
    </ActDialog>
  )
}
