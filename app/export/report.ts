/** REPORT.md: what the checks found in a dataset, with counts and examples. */
import { findingTitle } from '#app/import/finding-titles.ts'
import { decimal, percent } from '#app/ui/figures.ts'
import type { DatasetFacts } from './card.ts'
import { type DatasetReport, datasetChecks, type Share } from './dataset-report.ts'
import type { Manifest } from './manifest.ts'
import { type DropRule, dropRules } from './policy.ts'
import { type RowCheck, rowChecks } from './row-checks.ts'
import { lengthSteps } from './row-lengths.ts'

export function printReport({ manifest, name }: Pick<DatasetFacts, 'manifest' | 'name'>): string {
  const { report } = manifest
  const lines = [
    `# What the checks found in ${name}`,
    '',
    ...(report === null ? rawLines(manifest) : reportLines(manifest, report)),
  ]
  return `${lines.join('\n')}\n`
}

const rawLines = ({ judgments, raters, prompts }: Manifest): string[] => [
  `Raw judgments are not checked against a trainer: ${judgments} judgments by ${raters} raters on ${prompts} prompts stand as they were given.`,
]

function reportLines(manifest: Manifest, report: DatasetReport): string[] {
  const { dropped, warned, examples, unprepared } = manifest
  const blocks = (Object.keys(rowChecks) as RowCheck[]).filter((check) => rowChecks[check].blocks)
  return [
    '## Refused: rows that the target must not get',
    '',
    ...table(
      blocks.map((check) => [rowChecks[check].words, dropped[check as DropRule], examples[check]]),
    ),
    '',
    '## Warned: rows that were kept',
    '',
    ...table(
      (Object.keys(rowChecks) as RowCheck[])
        .filter((check) => !rowChecks[check].blocks)
        .map((check) => [rowChecks[check].words, warned[check], examples[check]]),
    ),
    '',
    '## Left out by the policy',
    '',
    ...table(
      (Object.keys(dropRules) as DropRule[])
        .filter((rule) => !blocks.includes(rule as RowCheck))
        .map((rule) => [dropRules[rule], dropped[rule], examples[rule]]),
    ),
    '',
    '## The whole',
    '',
    ...Object.entries(datasetChecks).map(
      ([check, { words }]) =>
        `- ${words}: ${report.found[check as keyof typeof datasetChecks] ?? 0}`,
    ),
    ...(unprepared > 0
      ? [`- prompts whose near-duplicates nobody has looked for yet: ${unprepared}`]
      : []),
    `- rows by split: ${Object.entries(report.rowsOfSplit)
      .map(([split, rows]) => `${split} ${rows}`)
      .join(', ')}`,
    `- the longer response is the better one: ${shareWords(report.betterLonger)}`,
    `- the better response was shown first: ${shareWords(report.betterFirst)}`,
    `- rows by raters: ${report.rowsByRaters.map(({ raters, rows }) => `${rows} by ${raters}`).join(', ')}`,
    `- rows on which fewer than two thirds of the raters agree: ${report.lowAgreement}`,
    ...Object.entries(manifest.personal).map(
      ([kind, rows]) => `- rows that hold, and still show: ${findingTitle(kind)}: ${rows}`,
    ),
    ...labelLines(report),
    '',
    '## Lengths of prompt and longest response together',
    '',
    ...lengthLines(report),
  ]
}

function table(
  rows: readonly (readonly [string, number | undefined, string[] | undefined])[],
): string[] {
  return [
    '| check | rows | prompts, for example |',
    '|---|---|---|',
    ...rows.map(
      ([words, count, examples]) =>
        `| ${words.replaceAll('|', '\\|')} | ${count ?? 0} | ${(examples ?? []).map((id) => `\`${id.replaceAll(/[`|]/g, '')}\``).join(', ')} |`,
    ),
  ]
}

function shareWords(found: Share | null): string {
  if (found === null) return 'nobody can say'
  const { share, low, high, of } = found
  const interval =
    low === null || high === null
      ? 'no interval'
      : `95 % interval ${percent(low)} to ${percent(high)}`
  return `${percent(share)} of ${of} pairs (${interval})`
}

function labelLines({ labels, weights }: DatasetReport): string[] {
  if (labels.good + labels.bad === 0) return []
  const range = ([low, high]: readonly [number, number]) =>
    `${decimal(low, 2)} to ${decimal(high, 2)}`
  return [
    `- labels: ${labels.good} good, ${labels.bad} bad`,
    ...(weights === null
      ? []
      : [
          `- KTO: \`desirable_weight\` of ${range(weights.good)} with \`undesirable_weight=1\`, or \`undesirable_weight\` of ${range(weights.bad)} with \`desirable_weight=1\``,
        ]),
  ]
}

function lengthLines({ characters, tokens }: DatasetReport): string[] {
  const steps = [...lengthSteps.map((most) => `up to ${most}`), `over ${lengthSteps.at(-1)}`]
  return [
    `| length | rows by characters |${tokens ? ' rows by tokens |' : ''}`,
    `|---|---|${tokens ? '---|' : ''}`,
    ...steps.map(
      (step, place) =>
        `| ${step} | ${characters[place] ?? 0} |${tokens ? ` ${tokens[place] ?? 0} |` : ''}`,
    ),
  ]
}
