/** What the list of measured campaigns says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { measureWordsPt } from './measure-words-pt.ts'

export const measureWordsEn = {
  title: 'Measure',
  intro: 'Standings and agreement, campaign by campaign.',
  nothing: 'Nothing to measure yet',
  nothingHint: 'Figures come from judgments: make a campaign, or import judgments that you have.',
  newCampaign: 'New campaign',
  gates: 'Gates',
  about: '{kind} · {judgments} judgments',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const measureSayIn = sayingFrom({ en: measureWordsEn, pt: measureWordsPt })
