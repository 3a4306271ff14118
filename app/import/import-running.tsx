import { JobProgress, type JobShape } from '#app/ui/job-progress.tsx'
import { useWords } from './import-words.tsx'

/** The progress of an import or of its dry run, in the language of the page, with its buttons. */
export function ImportRunning({
  job,
  slug,
  what,
}: {
  job: JobShape & { id: string }
  slug: string
  what: string
}) {
  const { say, words, figures } = useWords()
  const note = (text: string) => {
    const [, count, part] = /^([\d,]+) records?: (.+)$/.exec(text) ?? []
    if (count === undefined) return <span lang="en">{text || what}</span>
    return say(part === 'judgments' ? 'noteJudgments' : 'notePrompts', {
      count: Number(count.replaceAll(',', '')),
    })
  }
  return (
    <JobProgress
      key={job.id}
      job={job}
      href={`/p/${slug}/jobs/${job.id}`}
      what={what}
      unit={figures.bytes}
      words={words}
      note={note}
      isControlled
    />
  )
}
