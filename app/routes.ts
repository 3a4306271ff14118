/** The site map in pipeline order: every page's address and the file that answers it. */
import { index, type RouteConfig, route } from '@remix-run/route-config'

export default [
  index('routes/home.ts'),
  route('setup', 'routes/setup.tsx'),
  route('sign-in', 'routes/sign-in.tsx'),
  route('sign-out', 'routes/sign-out.ts'),
  route('invitation/:project/:token', 'routes/invitation.tsx'),
  route('projects', 'routes/projects.tsx'),
  route('room-settings', 'routes/room-settings.ts'),

  route('p/:project', 'routes/project.tsx', [
    index('routes/overview.tsx'),
    route('import', 'routes/import.tsx'),
    route('import/:batch', 'routes/import-batch.tsx'),
    route('prompts', 'routes/prompts.tsx'),
    route('prompts/:prompt', 'routes/prompt.tsx'),
    route('models', 'routes/models.tsx'),
    route('assign', 'routes/campaigns.tsx'),
    route('assign/new', 'routes/new-campaign.tsx'),
    route('assign/estimate', 'routes/campaign-estimate.ts'),
    route('assign/:campaign', 'routes/campaign.tsx'),
    route('assign/:campaign/raters', 'routes/campaign-raters.tsx'),
    route('assign/:campaign/adjudicate', 'routes/adjudicate.tsx'),
    route('assign/:campaign/gold', 'routes/gold.tsx'),
    route('rate', 'routes/my-work.tsx'),
    route('messages/:message', 'routes/message.tsx'),
    route('measure', 'routes/measure.tsx'),
    route('measure/gates', 'routes/gates.tsx'),
    route('measure/:campaign', 'routes/standings.tsx'),
    route('measure/:campaign/head-to-head', 'routes/head-to-head.tsx'),
    route('measure/:campaign/comparisons', 'routes/comparisons.tsx'),
    route('measure/:campaign/agreement', 'routes/agreement.tsx'),
    route('measure/:campaign/drift', 'routes/drift.tsx'),
    route('measure/:campaign/judges', 'routes/judges.tsx'),
    route('export', 'routes/datasets.tsx'),
    route('export/:dataset', 'routes/dataset.tsx'),
    route('members', 'routes/members.tsx'),
    route('settings', 'routes/settings.tsx'),
  ]),

  route('p/:project/assign/:campaign/adjudicate/:task', 'routes/adjudicate-task.tsx'),
  route('p/:project/assign/:campaign/gold/:task', 'routes/gold-task.tsx'),
  route('p/:project/assign/:campaign/raters.csv', 'routes/campaign-raters-csv.ts'),
  route('p/:project/rate/:campaign', 'routes/rate.tsx'),
  route('p/:project/jobs/:job', 'routes/job.ts'),

  route('p/:project/measure/:campaign/files/:file', 'routes/figure-file.ts'),

  route('api', 'routes/api-reader.tsx'),
  route('api/v1/*', 'routes/api.ts'),

  route('*', 'routes/not-found.tsx'),
] satisfies RouteConfig
