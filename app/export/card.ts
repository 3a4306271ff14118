/** The README of a dataset: what is in it, how it was made, how to load it. */

import { findingTitle } from '#app/import/finding-titles.ts'
import { decimal } from '#app/ui/figures.ts'
import type { WrittenFile } from './files/written-file.ts'
import { besideConfigs, type Manifest, rowCountOf } from './manifest.ts'
import { type DropRule, dropRules, type Policy } from './policy.ts'
import { policySentences } from './policy-sentences.ts'
import type { Shape } from './row-shape.ts'
import { snippetOf } from './snippets.ts'
import { featureLines } from './table-features.ts'
import { findRowTarget, titleOfTarget } from './targets/all.ts'

export interface DatasetFacts {
  manifest: Manifest
  /** The columns of each config. */
  fields: ReadonlyMap<string, ReadonlyMap<string, Shape>>
  name: string
  project: string
}

const tagsOfRecipe: Record<string, string[]> = {
  preference: ['preference', 'dpo', 'rlhf', 'human-feedback'],
  unpaired: ['kto', 'human-feedback'],
  demonstration: ['sft', 'human-feedback'],
  ranking: ['ranking', 'human-feedback'],
  scores: ['reward-model', 'human-feedback'],
  prompt: ['human-feedback'],
}

/** How the Hub names sizes. */
export const sizeOf = (rows: number): string => {
  const bounds = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
    [1e7, '1M<n<10M'],
  ] as const
  return bounds.find(([most]) => rows < most)?.[1] ?? '10M<n<100M'
}

const quoted = (text: string) => JSON.stringify(text)

/** Every export names its files in `configs:`, so that loaders read nothing else in the folder. */
export function printCard(facts: DatasetFacts): string {
  const { manifest, name } = facts
  const tags =
    manifest.target === 'raw'
      ? ['human-feedback']
      : (tagsOfRecipe[findRowTarget(manifest.target).recipe] ?? [])
  const head = [
    '---',
    `pretty_name: ${quoted(name)}`,
    'license: other',
    `size_categories: ["${sizeOf(rowCountOf(manifest))}"]`,
    `tags: [${tags.join(', ')}]`,
    ...configLines(manifest.files),
    ...infoLines(facts),
    '---',
  ]
  return `${[...head, '', ...body(facts)].join('\n')}\n`
}

const byConfig = (files: readonly WrittenFile[]) => [...Map.groupBy(files, ({ config }) => config)]

/** Shards are named by a pattern, everything else by its name. */
export const pathsOf = (files: readonly WrittenFile[]): string[] => {
  const [first] = files
  if (!first || files.length === 1) return files.map((file) => file.path)
  return [first.path.replace(/-\d{5}-of-\d{5}\./, '-*.')]
}

function configLines(files: readonly WrittenFile[]): string[] {
  if (files.length === 0) return []
  const configs = byConfig(files).sort(
    ([one], [other]) => Number(besideConfigs.has(one)) - Number(besideConfigs.has(other)),
  )
  return [
    'configs:',
    ...configs.flatMap(([config, own], place) => [
      `- config_name: ${config}`,
      ...(place === 0 ? ['  default: true'] : []),
      '  data_files:',
      ...[...Map.groupBy(own, ({ split }) => split)].flatMap(([split, parts]) =>
        pathsOf(parts).map((file) => `  - {split: ${split}, path: ${file}}`),
      ),
    ]),
  ]
}

function infoLines({ manifest, fields }: DatasetFacts): string[] {
  const configs = byConfig(manifest.files).filter(([config]) => (fields.get(config)?.size ?? 0) > 0)
  if (configs.length === 0) return []
  return [
    'dataset_info:',
    ...configs.flatMap(([config, own]) => {
      const bytes = own.reduce((sum, file) => sum + file.bytes, 0)
      return [
        `- config_name: ${config}`,
        '  features:',
        ...featureLines(fields.get(config) ?? new Map(), '  '),
        '  splits:',
        ...[...Map.groupBy(own, ({ split }) => split)].flatMap(([split, parts]) => [
          `  - name: ${split}`,
          `    num_bytes: ${parts.reduce((sum, file) => sum + file.bytes, 0)}`,
          `    num_examples: ${parts.reduce((sum, file) => sum + file.rows, 0)}`,
        ]),
        `  download_size: ${bytes}`,
        `  dataset_size: ${bytes}`,
      ]
    }),
  ]
}

function body({ manifest, name, project }: DatasetFacts): string[] {
  const campaigns = manifest.campaigns.map((campaign) => quoted(campaign.name)).join(', ')
  const isSimulated = manifest.campaigns.some((campaign) => campaign.isSimulated)
  return [
    `# ${name}`,
    '',
    `${titleOfTarget(manifest.target)}, from ${campaigns} of the project ${quoted(project)}: ${manifest.judgments} judgments by ${manifest.raters} raters on ${manifest.prompts} prompts.`,
    ...(isSimulated ? ['', '**The raters of this project are a simulation.**'] : []),
    '',
    '## Load',
    '',
    ...snippetOf(manifest, 'path/to/this/folder'),
    '',
    '## What each rule kept',
    '',
    '| | count |',
    '|---|---|',
    ...funnelRows(manifest),
    '',
    '## Policy',
    '',
    ...(manifest.target === 'raw'
      ? ['- Every judgment of every rater with all its revisions, and what was skipped.']
      : policySentences(manifest.policy as Policy).map((line) => `- ${line}`)),
    ...redactionLines(manifest.redacted),
    '',
    '## Agreement',
    '',
    manifest.alpha === null
      ? 'Krippendorff’s alpha does not exist for these verdicts: too few tasks have two of them, or nothing varies.'
      : `Krippendorff’s alpha (nominal) of the verdicts counted: ${decimal(manifest.alpha, 3)}.`,
    '',
    '## Files',
    '',
    ...manifest.files.map((file) => `- \`${file.path}\`: ${file.rows} rows`),
    '- `REPORT.md`: what the checks found',
    '- `.meta/rows.jsonl`: for each row the tasks and the raters behind it',
    '',
    `Content hash (SHA-256 over rows and manifest): \`${manifest.sha256}\``,
    ...guidelineLines(manifest),
  ]
}

function funnelRows({ target, considered, dropped, rows, policy }: Manifest): string[] {
  if (target === 'raw') return [`| tasks | ${considered} |`]
  const own = (Object.keys(dropRules) as DropRule[]).filter((rule) => (dropped[rule] ?? 0) > 0)
  return [
    `| considered | ${considered} |`,
    ...own.map((rule) => `| dropped: ${dropRules[rule]} | ${dropped[rule]} |`),
    `| kept | ${rowCountOf({ rows })} |`,
    ...(policy.ties === 'own file' || policy.bothBad === 'own file'
      ? ['| | of what was dropped, ties and both bad that the policy keeps stand in `ties` |']
      : []),
  ]
}

function redactionLines(kinds: readonly string[]): string[] {
  if (kinds.length === 0) return []
  const titles = kinds.map(findingTitle).join('; ')
  return [`- Removed from every text, with a mark in its place: ${titles}.`]
}

function guidelineLines({ campaigns }: Manifest): string[] {
  return campaigns.flatMap(({ name, guidelines }) =>
    guidelines === null || guidelines.text === ''
      ? []
      : [
          '',
          `## Guidelines that raters of ${quoted(name)} were given (version ${guidelines.version})`,
          '',
          ...guidelines.text.split('\n').map((line) => `> ${line}`),
        ],
  )
}
