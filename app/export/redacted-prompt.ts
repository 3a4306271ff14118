/** In: a prompt with its tasks. Out: the same without the personal data that a project removes. */
import type { FindingKind } from '#app/import/prepare/finding-kinds.ts'
import { redact, redactJson, redactMessages } from '#app/import/prepare/redact.ts'
import { redactedAnswer } from '#app/rate/redacted-answer.ts'
import type {
  ExportedJudgment,
  ExportedResponse,
  ExportedRevision,
  JudgedPrompt,
  JudgedTask,
  ResponseFacts,
  TaskFacts,
} from './judged-task.ts'

type Kinds = ReadonlySet<FindingKind>

/** Everything in a prompt that is text goes through here before a dataset has it. */
export function redactedPrompt(prompt: JudgedPrompt, kinds: Kinds): JudgedPrompt {
  if (kinds.size === 0) return prompt
  const { messages } = redactMessages(prompt.messages, kinds)
  return {
    ...prompt,
    messages,
    inputKey: prompt.inputKey === null ? null : redact(prompt.inputKey, kinds).text,
    tags: prompt.tags.map((tag) => redact(tag, kinds).text),
    metadata: JSON.parse(redactJson(JSON.stringify(prompt.metadata), kinds).text),
    tasks: prompt.tasks.map((task) => ({ ...redactedTask(task, kinds), prompt: messages })),
  }
}

function redactedTask(task: JudgedTask, kinds: Kinds): JudgedTask {
  const redacted = task.responses.map((response) => redactMessages(response.messages, kinds))
  const changed = new Set(redacted.flatMap(({ count }, place) => (count > 0 ? [place] : [])))
  return {
    ...task,
    responses: task.responses.map(
      (response, place): ExportedResponse => ({
        ...response,
        messages: redacted[place]?.messages ?? [],
        ...(response.facts ? { facts: redactedFields(response.facts, kinds) } : {}),
      }),
    ),
    ...(task.facts ? { facts: redactedFacts(task.facts, kinds, changed) } : {}),
    judgments: task.judgments.map(
      (judgment): ExportedJudgment => ({
        ...judgment,
        latest: redactedRevision(judgment.latest, kinds, changed),
        earlier: judgment.earlier.map((revision) => redactedRevision(revision, kinds, changed)),
      }),
    ),
    skips: task.skips.map((skip) => ({ ...skip, reason: redact(skip.reason, kinds).text })),
  }
}

const redactedFields = ({ fields, saysTheSame }: ResponseFacts, kinds: Kinds): ResponseFacts => ({
  fields: JSON.parse(redactJson(JSON.stringify(fields), kinds).text),
  saysTheSame,
})

const redactedFacts = (
  facts: TaskFacts,
  kinds: Kinds,
  changed: ReadonlySet<number>,
): TaskFacts => ({
  ...facts,
  withdrawn: facts.withdrawn === null ? null : redact(facts.withdrawn, kinds).text,
  expected: facts.expected && {
    explanation: redact(facts.expected.explanation, kinds).text,
    answers: facts.expected.answers.map(({ criterion, answer }) => ({
      criterion,
      answer: redactedAnswer(answer, kinds, changed),
    })),
  },
})

function redactedRevision<Revision extends ExportedRevision>(
  revision: Revision,
  kinds: Kinds,
  changed: ReadonlySet<number>,
): Revision {
  return {
    ...revision,
    comment: redact(revision.comment, kinds).text,
    reasons: revision.reasons.map((reason) => redact(reason, kinds).text),
    scores: revision.scores.map((score) => ({
      ...score,
      answer: redactedAnswer(score.answer, kinds, changed),
    })),
  }
}
