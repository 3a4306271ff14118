/** What the first page of a project says to those who see its data. */
import { findingTitlesEn } from '#app/import/finding-titles.ts'
import { findingTitlesPt } from '#app/import/finding-titles-pt.ts'
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { retelling } from '#app/ui/read-phrase.ts'
import { overviewWordsPt } from './overview-words-pt.ts'

export const overviewWordsEn = {
  title: 'Overview',
  counts:
    '{prompts} prompts · {responses} responses of {models} models · {judgments} judgments by {raters} raters',
  found: 'Found in the texts and not removed:',
  simulation:
    'The raters of this project are a simulation with a fixed seed. Its figures show how Rubrica works; they say nothing about any real model.',
  loadingDemo: 'Loading the demo',
  bringIn: 'Bring in what you have logged',
  importFile: 'Import a file',
  bringInHint:
    'Prompts with the responses of two or more models are where everything starts. JSONL and CSV in any shape will do.',
  ask: 'Ask for judgments',
  newCampaign: 'New campaign',
  askHint:
    'A campaign decides which responses meet, what raters are asked and how many judge each task.',
  state: '{kind}, {state}',
  'state.imported': 'imported',
  'state.draft': 'draft',
  'state.open': 'open',
  'state.paused': 'paused',
  'state.closed': 'closed',
  judgments: 'Judgments',
  progress: '{judgments} of {wanted} judgments on {tasks} tasks by {raters} raters',
  progressOpen: '{judgments} judgments on {tasks} tasks by {raters} raters',
  'forecast.done': 'Everything that was made is judged or decided.',
  'forecast.too_early':
    '{left} judgments to go; too early for a forecast, which takes ten judgments and a few hours.',
  'forecast.standing_still':
    '{left} judgments to go, and none came in the last days. At this pace it does not end.',
  pace: '{left} judgments to go; about {pace} a day, {lastDay} in the last 24 hours:',
  doneAround: 'done around',
  eightInTen: 'if it goes on so, in eight of ten cases between',
  and: 'and',
  alphaName: 'Krippendorff’s alpha',
  alpha: '{alpha}',
  alphaBetween: '{alpha} ({low}–{high})',
  onCriterion: 'on {criterion}',
  noAlpha: 'No agreement on {criterion} yet: {reason}.',
  attention: 'Needs attention',
  doubtful: {
    one: '{count} disagreement waits for a decision',
    other: '{count} disagreements wait for a decision',
  },
  manyDoubtful: '{count} or more disagreements wait for a decision',
  flaggedRaters: {
    one: '{count} rater is worth a look',
    other: '{count} raters are worth a look',
  },
  openFlags: {
    one: '{count} task was flagged by raters',
    other: '{count} tasks were flagged by raters',
  },
  moreAlarms: {
    one: '{count} more change is sure.',
    other: '{count} more changes are sure.',
  },
  missesDeadline: 'At this pace it is not done by its deadline',
  gatesChanged: 'Gates that changed',
  gateChanged: '{candidate} in place of {baseline}: {verdict}, before that {was}; changed {ago}',
  standings: 'Standings',
  campaign: 'Campaign',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const overviewSayIn = sayingFrom({ en: overviewWordsEn, pt: overviewWordsPt })

/** What says a kind of finding in a language. */
export const textFindingIn = retelling({ en: findingTitlesEn, pt: findingTitlesPt })
