/** What the page on the likely answers says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { consensusWordsPt } from './consensus-words-pt.ts'

export const consensusWordsEn = {
  title: 'Consensus',
  question: 'What do raters say together?',
  same: 'A model of the raters and the plain majority agree wherever there is a majority.',
  differ: {
    one: 'A model of the raters and the plain majority differ on {count} of {units} units.',
    other: 'A model of the raters and the plain majority differ on {count} of {units} units.',
  },
  intro:
    'A model weighs raters by how often they are right, as far as their answers tell; the majority counts each of them once. Neither replaces the other: standings and datasets go by the judgments, unless you choose otherwise there.',
  shared:
    'What raters all get wrong alike the model takes for right. Where the two differ, look at the task before you believe either.',
  rests: '{units} units on {prompts} prompts, judged by {raters} raters in {judgments} answers.',
  undecided: {
    one: '{count} unit has no majority: several answers are as frequent.',
    other: '{count} units have no majority: several answers are as frequent.',
  },
  judgedOnce: {
    one: '{count} unit was judged by one rater alone and is left out.',
    other: '{count} units were judged by one rater alone and are left out.',
  },
  nothing: 'Nothing to agree on yet',
  nothingHint:
    'A consensus needs a question with answers to choose from, and units that two or more raters judged: set an overlap of at least two.',
  answers: 'How many units each answer has',
  answer: 'Answer',
  majority: 'Majority',
  likely: 'Model',
  prevalence: 'Frequency by the model',
  noMajority: 'no majority',
  units: 'Units, those that differ first, then the most doubtful',
  unitsListed: 'The first {listed} of {units} units are listed.',
  unit: 'Unit',
  votes: 'Votes',
  mostFrequent: 'Majority',
  posterior: 'Model',
  doubt: 'Doubt',
  bits: '{bits} bits',
  differs: 'differs',
  promptWithoutText: 'a prompt without text',
  compared: '{one} and {other}',
  further: 'Further units',
  first: 'First units',
  raters: 'Raters by the model and by the majority',
  rater: 'Rater',
  n: 'n',
  skill: 'Right, by the model',
  withMajority: 'With the majority of the others',
  ofUnits: 'of {units}',
  off: 'calls some answer by another’s name more often than by its own, says the model',
  'answer.a': 'a is better',
  'answer.b': 'b is better',
  'answer.tie': 'tie',
  'answer.both_bad': 'both bad',
  better: '{model} is better',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const consensusSayIn = sayingFrom({ en: consensusWordsEn, pt: consensusWordsPt })
export type ConsensusSay = ReturnType<typeof consensusSayIn>
