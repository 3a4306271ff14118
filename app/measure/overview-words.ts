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
  alpha: 'Krippendorff’s alpha {alpha} on {criterion}',
  alphaBetween: 'Krippendorff’s alpha {alpha} ({low}–{high}) on {criterion}',
  standings: 'Standings',
  campaign: 'Campaign',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const overviewSayIn = sayingFrom({ en: overviewWordsEn, pt: overviewWordsPt })

/** What says a kind of finding in a language. */
export const textFindingIn = retelling({ en: findingTitlesEn, pt: findingTitlesPt })
