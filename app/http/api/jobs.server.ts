import { z } from 'zod'
import { findJob, type JobState } from '#app/jobs/jobs.server.ts'
import { apiProblem } from '../problems.ts'
import { reading } from './define.server.ts'
import type { Operation } from './operation.ts'

const milliseconds = z.number().int().describe('Milliseconds since 1970.')

/** Work that goes on behind an answer. Its times are older than the other ones of this API. */
export const jobSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    status: z.enum(['queued', 'running', 'paused', 'done', 'failed', 'cancelled']),
    done: z.number().int(),
    total: z.number().int().describe('0 while it is not known.'),
    note: z.string().describe('What it is at, in words.'),
    result: z.unknown().describe('What came of it, once it is done.'),
    error: z.string().nullable(),
    created_at: milliseconds,
    started_at: milliseconds.nullable(),
    finished_at: milliseconds.nullable(),
  })
  .meta({ id: 'Job' })

/** A job as callers see it. */
export const showJob = (job: JobState) => ({
  ...job,
  result: job.result === null ? null : (JSON.parse(job.result) as unknown),
})

export const jobOperations: readonly Operation[] = [
  reading({
    id: 'getJob',
    resource: 'Jobs',
    path: '/projects/:project/jobs/:job',
    summary: 'How far a job is, and what came of it',
    permission: 'see-data',
    params: z.object({ job: z.string() }),
    query: z.object({}),
    response: { status: 200, description: 'The job.', schema: jobSchema },
    answer: async ({ projectId, params, context }) => {
      const job = await findJob(context.db.read, projectId, params.job)
      if (!job) throw apiProblem(404, 'No such job', 'It is not a job of this project.')
      return showJob(job)
    },
  }),
]
