/** What targets are called: in English where it is frozen into files, in the language of a page elsewhere. */
import type { Language } from '#app/ui/languages.ts'
import { targetTitlesPt } from './target-words-pt.ts'
import { type TargetName, titleOfTarget } from './targets/all.ts'

export const targetTitleIn =
  (language: Language) =>
  (name: TargetName): string =>
    language === 'en' ? titleOfTarget(name) : targetTitlesPt[name]
