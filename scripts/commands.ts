/** Each command: its options, and the one function it calls. JSON goes to standard output alone. */
import process from 'node:process'
import { listCampaigns } from '#app/assign/campaigns.server.ts'
import { targetNames } from '#app/export/targets/all.ts'
import { listProjects } from '#app/projects/projects.server.ts'
import { type Command, flag, print, text, withDb } from './command-call.ts'
import { gateFlags, measureFlags } from './measure-flags.ts'

export { UsageError } from './command-call.ts'

async function runProjects(): Promise<number> {
  return withDb(async ({ db }) => {
    const projects = await listProjects(db.read)
    const named = await Promise.all(
      projects.map(async ({ id, slug, name }) => {
        const campaigns = await listCampaigns(db.read, id)
        return {
          slug,
          name,
          campaigns: campaigns.map(({ name, kind, status }) => ({ name, kind, status })),
        }
      }),
    )
    print({ projects: named })
    return 0
  })
}

const help = `Rubrica on the command line. JSON goes to standard output, words to standard error.

  import FILE… --project P [--format auto|NAME] [--map FILE] [--campaign C] [--source NAME]
         [--encoding utf-8|utf-16le|utf-16be|latin1] [--rate steps|final]
         [--allow-missing-text] [--dry-run]
  standings --project P --campaign C [--json]   [--ties half|drop|own] [--both-bad half|drop]
  agreement --project P --campaign C [--json]   [--interval prompt|both|judgment] [--sources human,judge,adjudicator]
                                                [--control none|length|style|raters] [--tag T] [--prompt-version V]
                                                [--rater-group G] [--from 2026-01-31] [--to 2026-02-28]
                                                [--strengths pairs|rankings]
  gate      --project P --candidate X --baseline Y [--min-win-rate 0.5] [--confidence 0.95]
         [--tag T] [--campaign C] [--anytime] [--json] [--ties …] [--both-bad …] [--sources …]
         Exit code 0: pass. 1: fail. 2: not enough evidence. 3: not answered.
  export    --project P [--campaign C …] --target T --out DIR [--container jsonl|jsonl.gz|json|parquet|csv]
         [--min-raters N] [--min-agreement 0.6] [--aggregation majority|adjudicated|posterior|'every rater']
         [--sources …] [--criterion NAME] [--margin none|required] [--validation 0.1] [--test 0.1] [--seed WORD]
         [--policy FILE.json]   or   --project P --dataset NAME --out DIR
         T is one of ${targetNames.join(', ')}.
  push      --folder DIR --repo owner/name [--private]
         Sends an exported dataset to the Hugging Face Hub, with the token of HF_TOKEN; HF_ENDPOINT is another Hub.
  projects
  help

The database is the one of DATABASE_URL, or rubrica.db in the data folder (RUBRICA_DATA, ./data).
Exit code 0: done. 1: done, but records were refused. 2: not done. The gate has its own.
`

/** Each loads what it needs when it is called: an export has no use for the readers of an import. */
export const commands: Record<string, Command> = {
  import: {
    options: {
      project: text,
      format: text,
      map: text,
      campaign: text,
      source: text,
      encoding: text,
      rate: text,
      'allow-missing-text': flag,
      'dry-run': flag,
    },
    run: async (call) => (await import('./import-command.ts')).runImportCommand(call),
  },
  standings: {
    options: measureFlags,
    run: async (call) => (await import('./measure-commands.ts')).runStandings(call),
  },
  agreement: {
    options: measureFlags,
    run: async (call) => (await import('./measure-commands.ts')).runAgreement(call),
  },
  gate: {
    options: gateFlags,
    run: async (call) => (await import('./measure-commands.ts')).runGate(call),
    failure: 3,
  },
  export: {
    options: {
      project: text,
      campaign: { type: 'string', multiple: true },
      dataset: text,
      target: text,
      container: text,
      out: text,
      policy: text,
      'min-raters': text,
      'min-agreement': text,
      aggregation: text,
      criterion: text,
      margin: text,
      validation: text,
      test: text,
      seed: text,
      sources: text,
    },
    run: async (call) => (await import('./export-commands.ts')).runExport(call),
  },
  push: {
    options: { folder: text, repo: text, private: flag },
    run: async (call) => (await import('./export-commands.ts')).runPush(call),
  },
  projects: { options: {}, run: runProjects },
  help: {
    options: {},
    run: async () => {
      process.stderr.write(help)
      return 0
    },
  },
}
