/** A task beside its judgments, and a prompt with its responses, as lines of Rubrica JSONL. */
import { labelsFor } from '#app/projects/model-identity.ts'
import type { ExportedResponse, JudgedPrompt, JudgedTask } from './judged-task.ts'
import { modelRef, plainAnswer, type RawLine, responsesOf, withdrawn } from './print-raw.ts'

/** The line of a task, where it holds more than its judgments and skips say. */
export function toTaskLine(task: JudgedTask): RawLine | undefined {
  const facts = factsOf(task)
  const isTold = task.judgments.length + task.skips.length > 0
  if (isTold && Object.keys(facts).length === 0) return undefined
  return {
    task: task.purpose,
    prompt_id: task.promptId,
    responses: responsesOf(task),
    campaign: task.campaign.name,
    ...facts,
  }
}

function factsOf({ facts, responses }: JudgedTask): RawLine {
  if (!facts) return {}
  const { expected } = facts
  const fields = {
    repeat_of: facts.repeats,
    needed: facts.needed || null,
    priority: facts.priority || null,
    selection_probability: facts.selectionProbability,
    decided: facts.decided,
    expected: expected && {
      answers: expected.answers.map(({ criterion, answer }) => ({
        criterion,
        ...plainAnswer({ responses }, answer),
      })),
      ...(expected.explanation === '' ? {} : { explanation: expected.explanation }),
    },
    doubt: facts.doubt,
  }
  return {
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null)),
    ...withdrawn(facts),
  }
}

/** A prompt with the responses that its tasks hold; undefined where its text is not here. */
export function toPromptLine(prompt: JudgedPrompt): RawLine | undefined {
  if (prompt.isTextMissing) return undefined
  const responses = new Map(
    prompt.tasks.flatMap((task) => task.responses.map((response) => [response.id, response])),
  )
  return {
    id: prompt.id,
    ...(prompt.inputKey === null ? {} : { input_key: prompt.inputKey }),
    messages: prompt.messages,
    tags: prompt.tags,
    metadata: prompt.metadata,
    responses: [...responses.values()]
      .filter(({ isTextMissing }) => !isTextMissing)
      .sort(byId)
      .map(responseFields),
  }
}

/** By id, but what says the same as an earlier response comes after it, as it came at first. */
const byId = (one: ExportedResponse, other: ExportedResponse): number =>
  Number(one.facts?.saysTheSame ?? false) - Number(other.facts?.saysTheSame ?? false) ||
  (one.id < other.id ? -1 : 1)

function responseFields({ id, model, messages, facts }: ExportedResponse): RawLine {
  const { name, ...rest } = modelRef(model)
  const label = model.label === labelsFor(model)[0] ? {} : { model_label: model.label }
  return { id, model: name, ...rest, ...label, messages, ...facts?.fields }
}
