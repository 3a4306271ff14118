/** What a person decides before models are renamed, merged or split. */
import { useFetcher } from '@remix-run/react'
import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { Dialog } from '#app/ui/dialog.tsx'
import { TextField } from '#app/ui/field.tsx'
import { useLanguage, useSaying } from '#app/ui/language.tsx'
import { Notice } from '#app/ui/notice.tsx'
import { Swatch } from '#app/ui/swatch.tsx'
import type { SplitChoices } from './model-change.ts'
import type { ModelOverview } from './model-history.server.ts'
import { modelSayIn, modelToldIn } from './model-words.ts'

export type ModelAnswer = { ok: true; done: string } | { ok: false; reason: string; field: string }

interface DialogProps {
  onClose: () => void
  /** Called with what was done, in words. */
  onDone: (words: string) => void
}

/** Sends a form without leaving the page, and tells when it was accepted. */
function useModelForm(onDone: (words: string) => void) {
  const fetcher = useFetcher<ModelAnswer>()
  const told = modelToldIn(useLanguage())
  const done = useRef(onDone)
  done.current = onDone
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (answer?.ok) done.current(answer.done)
  }, [answer])
  const problem = answer && !answer.ok ? answer : undefined
  return {
    Form: fetcher.Form,
    isBusy: fetcher.state !== 'idle',
    errorOf: (field: string) => (problem?.field === field ? told(problem.reason) : undefined),
    /** What was wrong with none of the fields. */
    problem: (fields: readonly string[]) =>
      problem && !fields.includes(problem.field) ? told(problem.reason) : undefined,
  }
}

function Actions({ busy, children }: { busy: boolean; children: ReactNode }) {
  return (
    <div className="flex flex-wrap gap-3">
      <button type="submit" className="btn btn-primary" disabled={busy}>
        {children}
      </button>
    </div>
  )
}

/** Gives a model another label, name, version or prompt version. */
export function RenameDialog({
  model,
  onClose,
  onDone,
}: DialogProps & { model: ModelOverview | null }) {
  const { say } = useSaying(modelSayIn)
  return (
    <Dialog
      open={model !== null}
      onClose={onClose}
      title={say('renameNamed', { model: model?.label ?? '' })}
      description={say('renameHint')}
    >
      {model ? <RenameForm model={model} onDone={onDone} /> : null}
    </Dialog>
  )
}

const renamed = ['label', 'name', 'version', 'promptVersion']

function RenameForm({ model, onDone }: { model: ModelOverview; onDone: DialogProps['onDone'] }) {
  const { say } = useSaying(modelSayIn)
  const { Form, isBusy, errorOf, problem } = useModelForm(onDone)
  const wrong = problem(renamed)
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <input type="hidden" name="model" value={model.id} />
      <input type="hidden" name="intent" value="rename" />
      {wrong ? <Notice tone="danger">{wrong}</Notice> : null}
      <TextField
        label={say('label')}
        name="label"
        defaultValue={model.label}
        hint={say('labelHint')}
        error={errorOf('label')}
      />
      <TextField
        label={say('name')}
        name="name"
        defaultValue={model.name}
        hint={say('nameHint')}
        error={errorOf('name')}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label={say('version')}
          name="version"
          defaultValue={model.version}
          error={errorOf('version')}
        />
        <TextField
          label={say('promptVersion')}
          name="promptVersion"
          defaultValue={model.promptVersion}
          error={errorOf('promptVersion')}
        />
      </div>
      <Actions busy={isBusy}>{say('rename')}</Actions>
    </Form>
  )
}

/** Has several models count as one. */
export function MergeDialog({
  models,
  open,
  onClose,
  onDone,
}: DialogProps & { models: readonly ModelOverview[]; open: boolean }) {
  const { say } = useSaying(modelSayIn)
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title={say('mergeSeveral', { count: models.length })}
      description={say('mergeHint')}
    >
      {open ? <MergeForm models={models} onDone={onDone} /> : null}
    </Dialog>
  )
}

function MergeForm({
  models,
  onDone,
}: {
  models: readonly ModelOverview[]
  onDone: DialogProps['onDone']
}) {
  const { say } = useSaying(modelSayIn)
  const { Form, isBusy, problem } = useModelForm(onDone)
  const wrong = problem([])
  const largest = [...models].sort((one, other) => other.responses - one.responses)[0]
  return (
    <Form method="post" className="grid gap-4">
      <input type="hidden" name="intent" value="merge" />
      {models.map((model) => (
        <input key={model.id} type="hidden" name="models" value={model.id} />
      ))}
      {wrong ? <Notice tone="danger">{wrong}</Notice> : null}
      <fieldset className="grid gap-2">
        <legend className="mb-1.5 text-sm font-semibold">{say('whichStands')}</legend>
        {models.map((model) => (
          <label
            key={model.id}
            className="flex items-baseline gap-3 rounded-lg border border-line px-3 py-2.5 has-checked:border-act-line has-checked:bg-act-soft has-focus-visible:outline-2"
          >
            <input
              type="radio"
              name="into"
              value={model.id}
              defaultChecked={model.id === largest?.id}
              className="accent-act"
            />
            <span className="min-w-0 grow break-words">
              <Swatch place={model.color} />
              {model.label}
            </span>
            <span className="text-sm whitespace-nowrap text-ink-2">
              {say('responses', { count: model.responses })}
            </span>
          </label>
        ))}
      </fieldset>
      <Actions busy={isBusy}>{say('merge')}</Actions>
    </Form>
  )
}

/** Moves a part of a model's responses to a model of its own. */
export function SplitDialog({
  model,
  choices,
  onClose,
  onDone,
}: DialogProps & {
  model: ModelOverview | null
  /** Undefined while the model's responses are looked at. */
  choices: SplitChoices | undefined
}) {
  const { say } = useSaying(modelSayIn)
  return (
    <Dialog
      open={model !== null}
      onClose={onClose}
      title={say('splitNamed', { model: model?.label ?? '' })}
      description={say('splitHint')}
    >
      {choices ? (
        <SplitForm choices={choices} onDone={onDone} />
      ) : (
        <p role="status" className="text-sm text-ink-2">
          {say('looking')}
        </p>
      )}
    </Dialog>
  )
}

function SplitForm({ choices, onDone }: { choices: SplitChoices; onDone: DialogProps['onDone'] }) {
  const { say, language } = useSaying(modelSayIn)
  const { Form, isBusy, errorOf, problem } = useModelForm(onDone)
  const id = useId()
  const [by, setBy] = useState('')
  const wrong = problem(['name', 'by'])
  if (choices.groups.length === 0) {
    return <p className="text-sm text-ink-2">{say('nothingApart')}</p>
  }
  return (
    <Form method="post" className="grid gap-4" noValidate>
      <input type="hidden" name="model" value={choices.modelId} />
      <input type="hidden" name="intent" value="split" />
      {wrong ? <Notice tone="danger">{wrong}</Notice> : null}
      <div className="grid gap-1.5">
        <label htmlFor={id} className="text-sm font-semibold">
          {say('whichResponses')}
        </label>
        <select
          id={id}
          name="by"
          className="input"
          value={by}
          onChange={(event) => setBy(event.target.value)}
          aria-invalid={errorOf('by') ? true : undefined}
          aria-describedby={`${id}-hint`}
        >
          <option value="">{say('choose')}</option>
          {choices.groups.map((group) => (
            <optgroup key={group.title} label={modelToldIn(language)(group.title)}>
              {group.options.map((option) => {
                const value = JSON.stringify(option.by)
                return (
                  <option key={value} value={value}>
                    {say('option', { label: option.label, count: option.count })}
                  </option>
                )
              })}
            </optgroup>
          ))}
        </select>
        <p id={`${id}-hint`} className={`text-sm ${errorOf('by') ? 'text-danger' : 'text-ink-3'}`}>
          {errorOf('by') ??
            (choices.isCapped ? say('countedAmong', { count: choices.lookedAt }) : say('allMoved'))}
        </p>
      </div>
      <TextField label={say('newName')} name="name" autoComplete="off" error={errorOf('name')} />
      <Actions busy={isBusy}>{say('split')}</Actions>
    </Form>
  )
}
