/** What signals about raters say. They are kept in English, and said again in the language of a page. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { retelling } from '#app/ui/read-phrase.ts'
import { signalWordsPt } from './signal-words-pt.ts'

export const signalWordsEn = {
  first:
    'Decided for the response shown first in {yes} of {n} ({share}, 95 % interval {low} to {high}) decided verdicts; sides are drawn at random, so about half would be expected.',
  longerMore:
    'Decided for the longer response more often than the others on the same {n} tasks, by {points} points (95 % interval {low} to {high}).',
  longerLess:
    'Decided for the longer response less often than the others on the same {n} tasks, by {points} points (95 % interval {low} to {high}).',
  consensus:
    'Agreed with the majority of the other raters less often than they do on the same {n} tasks, by {points} points (95 % interval {low} to {high}).',
  consensusElsewhere:
    'Agreed with the majority of the other raters in {share}, 95 % interval {low} to {high} of {n} cases; on other tasks raters agree in {others}.',
  consensusElsewhereBare:
    'Agreed with the majority of the other raters in {share} of {n} cases; on other tasks raters agree in {others}.',
  undecidedMore:
    'Left pairs undecided (tie, both bad or can’t judge) more often than the others on the same {n} tasks, by {points} points (95 % interval {low} to {high}).',
  undecidedLess:
    'Left pairs undecided (tie, both bad or can’t judge) less often than the others on the same {n} tasks, by {points} points (95 % interval {low} to {high}).',
  gold: 'Judged {yes} of {n} ({share}, 95 % interval {low} to {high}) gold tasks as expected; the other raters {others} of {othersN}.',
  consistency:
    'Judged {yes} of {n} ({share}, 95 % interval {low} to {high}) repeated tasks as the first time; the other raters {others} of {othersN}.',
  skips:
    'Skipped {yes} of {n} ({share}, 95 % interval {low} to {high}) tasks; the other raters {others} of {othersN}.',
  fast: 'Took less time than the texts take to read in {yes} of {n} ({share}, 95 % interval {low} to {high}) judgments; the other raters in {others} of {othersN}.',
  fastAlone:
    'Took less time than the texts take to read in {yes} of {n} ({share}, 95 % interval {low} to {high}) judgments.',
} satisfies Record<string, Phrase>

const lists = { en: signalWordsEn, pt: signalWordsPt }

/** What says these in a language. */
export const signalSayIn = sayingFrom(lists)

/** What says a signal that was kept in a language. */
export const keptSignalIn = retelling(lists)
