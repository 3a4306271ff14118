/** What the page on changes between versions says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { driftWordsPt } from './drift-words-pt.ts'

export const driftWordsEn = {
  title: 'Drift',
  question: 'Did anything change?',
  byPeople: 'Versions of one model on the same prompts, by people’s scores.',
  byJudges: 'Versions of one model on the same prompts, by scores of judges; people gave none.',
  nothing: 'No two versions to compare',
  nothingHint:
    'Drift compares versions of one model, told by a date or number at the end of its name, by its version or by its prompt’s, where their responses to the same prompts were scored.',
  changed: 'Changed:',
  levelChange: 'The level changes at {model}: from {before} to {after}.',
  chart: 'Mean {criterion} of each version of {family}',
  chartUnit: 'mean {criterion}, 95 % intervals by prompt',
  chartBy: 'Mean {criterion} of {family} by {period}',
  'period.week': 'week',
  'period.month': 'month',
  'period.quarter': 'quarter',
  'period.year': 'year',
  'period.versions': 'group of versions',
  version: 'Version',
  weekOf: 'week of {day}',
  quarterOf: 'Q{quarter} {year}',
  versionsOf: '{from} – {to}',
  takenTogether:
    '{versions} versions, drawn by {period}: the mean of all scores of each {period}, with its 95 % interval by prompt. The file below has every version.',
  restsOnVersions: {
    one: '{count} version, {scores} scores, {prompts} prompts',
    other: '{count} versions, {scores} scores, {prompts} prompts',
  },
  asTable: 'The same as a table',
  period: 'Period',
  mean: 'Mean',
  versions: 'Versions',
  scores: 'Scores',
  someSteps: {
    one: '{count} step between versions, {alarms} of them sure; the largest sure ones are shown, and the file below has all.',
    other:
      '{count} steps between versions, {alarms} of them sure; the largest sure ones are shown, and the file below has all.',
  },
  someChanges: 'The {shown} changes of level that are farthest apart, of {changes}.',
  someSeries: 'Series {first} to {last} of {count}, those with the largest sure change first.',
  earlierSeries: 'Previous series',
  laterSeries: 'Next series',
  rests: '{prompts} prompts',
  steps: 'Steps of {family}',
  stepsCaption: 'Each version against the one before, over all prompts and by tag',
  fromTo: 'From → to',
  before: 'Before',
  after: 'After',
  difference: 'Difference',
  differenceInPoints: 'Difference (points)',
  all: 'all',
  unchanged: 'No change between versions is sure.',
  fell: '{family} fell from {before} to {after}.',
  rose: '{family} rose from {before} to {after}.',
  inCommon: { one: '{count} prompt in common', other: '{count} prompts in common' },
  onTagged: '{criterion} on prompts tagged “{tag}”',
  points: '{change} points',
  interval: '95 % interval {low} to {high}, {rests}',
  intervalInPoints: '95 % interval {low} to {high} points, {rests}',
  noInterval: 'no interval',
  stepUnsure: '{to} scores {after} for {criterion}, {from} {before}: {reason} ({rests}).',
  stepNotSeparated:
    '{from} and {to} are not separated for {criterion}: {before} and {after} (difference {difference}, {interval}).',
  stepFell:
    '{family} fell from {before} ({from}) to {after} ({to}) for {criterion}: {difference} ({interval}).',
  stepRose:
    '{family} rose from {before} ({from}) to {after} ({to}) for {criterion}: {difference} ({interval}).',
  stepFellTagged:
    '{family} fell on prompts tagged “{tag}” from {before} ({from}) to {after} ({to}) for {criterion}: {difference} ({interval}).',
  stepRoseTagged:
    '{family} rose on prompts tagged “{tag}” from {before} ({from}) to {after} ({to}) for {criterion}: {difference} ({interval}).',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const driftSayIn = sayingFrom({ en: driftWordsEn, pt: driftWordsPt })
