/** The README of an export: what is in it, how it was made, how to load it. */
import { findingTitle } from '#app/import/finding-titles.ts'
import { type DropRule, dropRules, type Policy, type Target } from './policy.ts'

export interface CardFacts {
  name: string
  target: Target
  campaign: string
  project: string
  isSimulated: boolean
  policy: Policy
  /** The kinds of personal data and secrets that were removed. */
  redacted: readonly string[]
  guidelines: string
  files: { configName: string; path: string; rows: number }[]
  /** Tasks (or prompts, for SFT) looked at, and what became of them. */
  considered: number
  dropped: Partial<Record<DropRule, number>>
  judgments: number
  raters: number
  sha256: string
}

const titles: Record<Target, string> = {
  'trl-preference': 'preference pairs (TRL conversational, explicit prompt)',
  'trl-sft': 'supervised fine-tuning conversations (TRL messages)',
  raw: 'raw judgments (Rubrica JSONL)',
}

const tagsOf: Record<Target, string[]> = {
  'trl-preference': ['preference', 'dpo', 'human-feedback'],
  'trl-sft': ['sft', 'human-feedback'],
  raw: ['human-feedback'],
}

const sizeOf = (rows: number): string => {
  const bounds = [
    [1e3, 'n<1K'],
    [1e4, '1K<n<10K'],
    [1e5, '10K<n<100K'],
    [1e6, '100K<n<1M'],
  ] as const
  return bounds.find(([most]) => rows < most)?.[1] ?? '1M<n<10M'
}

const quoted = (text: string) => JSON.stringify(text)

/** Every export names its files in `configs:`, so that loaders read nothing else in the folder. */
export function printCard(facts: CardFacts): string {
  const rows = facts.files.reduce((sum, file) => sum + file.rows, 0)
  const filled = facts.files.filter((file) => file.rows > 0)
  const configs = filled.flatMap((file, place) => [
    `- config_name: ${file.configName}`,
    ...(place === 0 ? ['  default: true'] : []),
    '  data_files:',
    `  - {split: train, path: ${file.path}}`,
  ])
  const head = [
    '---',
    `pretty_name: ${quoted(facts.name)}`,
    'license: other',
    `size_categories: ["${sizeOf(rows)}"]`,
    `tags: [${tagsOf[facts.target].join(', ')}]`,
    ...(configs.length > 0 ? ['configs:', ...configs] : []),
    '---',
  ]
  return `${[...head, '', ...body(facts)].join('\n')}\n`
}

function body(facts: CardFacts): string[] {
  const { policy } = facts
  const unit = facts.target === 'trl-sft' ? 'Prompts' : 'Tasks'
  const kept =
    facts.considered - Object.values(facts.dropped).reduce((sum, count) => sum + count, 0)
  const funnel = Object.entries(facts.dropped)
    .filter(([, count]) => count > 0)
    .map(([rule, count]) => `| dropped: ${dropRules[rule as DropRule]} | ${count} |`)
  return [
    `# ${facts.name}`,
    '',
    `${titles[facts.target]} from the campaign ${quoted(facts.campaign)} of the project ${quoted(facts.project)}: ${facts.judgments} judgments by ${facts.raters} raters.`,
    ...(facts.isSimulated ? ['', '**The raters of this project are a simulation.**'] : []),
    '',
    '## Load',
    '',
    ...snippet(facts),
    '',
    '## What each rule kept',
    '',
    '| | count |',
    '|---|---|',
    `| ${unit} | ${facts.considered} |`,
    ...funnel,
    ...(facts.target === 'raw' ? [] : [`| kept | ${kept} |`]),
    '',
    '## Policy',
    '',
    ...policyLines(facts.target, policy),
    ...redactionLines(facts.redacted),
    '',
    '## Files',
    '',
    ...facts.files.map((file) => `- \`${file.path}\`: ${file.rows} rows`),
    '',
    `SHA-256 over the rows: \`${facts.sha256}\``,
    ...(facts.guidelines === ''
      ? []
      : [
          '',
          '## Guidelines that raters were given',
          '',
          ...facts.guidelines.split('\n').map((line) => `> ${line}`),
        ]),
  ]
}

function snippet({ files, target }: CardFacts): string[] {
  const config = files.find((file) => file.rows > 0)?.configName
  if (config === undefined) return ['There are no rows to load.']
  const lines = [
    '```python',
    'from datasets import load_dataset',
    '',
    `ds = load_dataset("path/to/this/folder", "${config}")`,
  ]
  const trainer: Record<Target, string[]> = {
    'trl-preference': [
      '',
      'from trl import DPOTrainer  # prompt, chosen and rejected are ready as they are',
    ],
    'trl-sft': ['', 'from trl import SFTTrainer  # messages are ready as they are'],
    raw: [],
  }
  return [...lines, ...trainer[target], '```']
}

function policyLines(target: Target, policy: Policy): string[] {
  const sources = `- Judgments counted: ${policy.sources.join(', ')}; work tasks only, latest revision, neither withdrawn nor extra.`
  if (target === 'raw') {
    return ['- Every judgment of every rater with all its revisions, and what was skipped.']
  }
  if (target === 'trl-sft') {
    return [
      sources,
      `- For each prompt the response with the highest mean score, where that is above one half; at least ${policy.minimumRaters} rater(s).`,
      '- A win is 1, a tie one half, a loss and both bad 0; rubric scores count by their place on their scale.',
    ]
  }
  return [
    sources,
    "- The verdict of a pair is what more than half of its raters said; tie and both bad are votes, can't judge is none.",
    `- At least ${policy.minimumRaters} rater(s) for each pair. Ties and both bad give no row.`,
  ]
}

function redactionLines(kinds: readonly string[]): string[] {
  if (kinds.length === 0) return []
  const titles = kinds.map(findingTitle).join('; ')
  return [`- Removed from every text, with a mark in its place: ${titles}.`]
}
