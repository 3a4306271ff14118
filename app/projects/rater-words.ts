/** What the form of raters’ groups and languages says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { raterWordsPt } from './rater-words-pt.ts'

export const raterWordsEn = {
  raterTitle: 'Raters: groups and languages',
  raterIntro:
    'Several with commas between. A campaign can be for some groups only, and can give raters only prompts in their languages.',
  groupsSoFar: 'Groups so far: {groups}.',
  languagesSoFar: 'Languages among the prompts: {languages}.',
  groups: 'Groups',
  groupsOf: 'Groups of {name}',
  languages: 'Languages, as en, pt',
  languagesOf: 'Languages of {name}',
  saveFor: 'Save what is set for {name}',
  save: 'Save',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const raterSayIn = sayingFrom({ en: raterWordsEn, pt: raterWordsPt })
