/** What the page on judging models says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { judgeWordsPt } from './judge-words-pt.ts'

export const judgeWordsEn = {
  title: 'Judges',
  question: 'Can we trust the judges?',
  intro:
    'Verdicts of language models beside people’s: how far they agree, how they lean, and what they add to the win rates.',
  nothing: 'No judge has judged here',
  nothingHint:
    'Import verdicts of a judging model into this campaign, with the source “judge”, on pairs that people judge as well.',
  onlyPairs: 'Judges are held against people where a campaign compares two responses.',
  figuresOf: 'Figures of {judge}',
  figure: 'Figure',
  value: 'Value',
  agreement: 'Agrees with a person',
  peopleAgreement: 'Two people agree',
  kappa: 'Cohen’s kappa with the majority',
  first: 'First response wins',
  peopleFirst: 'First response wins, people',
  longer: 'Prefers the longer one, judge less people (points)',
  ownFamily: 'Score of its own family, judge less people (points)',
  rests: '{verdicts} verdicts on {prompts} prompts; {pairs} pairs judged by people too.',
  confusion: 'What the judge says where people say each answer',
  confusionTable: 'Answers of people and {judge}',
  confusionHead: 'People ↓ judge →',
  confusionHint:
    'Pairs, shared among the answers that people gave. a and b are the two models in the order of their ids.',
  'answer.a': 'a',
  'answer.b': 'b',
  'answer.tie': 'tie',
  'answer.both_bad': 'both bad',
  combined: 'Win rates of people alone, and of people with judges',
  combinedTable: 'Table of win rates',
  peopleAlone: 'People alone',
  withJudges: 'With judges',
  pairs: 'Pairs',
  worth: 'Worth',
  noPair: '{judge} and people judged no pair in common.',
  agreesUnknown:
    '{judge} says what a person says of the same pair {share} of the time; how often two people agree is not known.',
  agreesLess:
    '{judge} says what a person says of the same pair {share} of the time: less often than people agree with each other, {people}.',
  agreesMore:
    '{judge} says what a person says of the same pair {share} of the time: more often than people agree with each other, {people}.',
  agreesAlike:
    '{judge} says what a person says of the same pair {share} of the time: not told apart from how often people agree with each other, {people}.',
  leansFirst: 'It leans to the response shown first: the first one wins {share}.',
  leansSecond: 'It leans to the response shown second: the first one wins {share}.',
  prefersLonger: 'It prefers the longer response more often than people do, by {points}.',
  prefersShorter: 'It prefers the shorter response more often than people do, by {points}.',
  familyBetter: 'It scores models of its own family better than people do, by {points}.',
  familyWorse: 'It scores models of its own family worse than people do, by {points}.',
  points: '{size} points (95 % interval {low}–{high})',
  notJoined:
    'The judges’ verdicts could not be joined with people’s: that needs pairs which judges alone judged, beside pairs which both did.',
  addsNothing:
    'Joined with people’s verdicts, the judges’ add next to nothing: intervals stay about as wide as from people alone.',
  adds: 'Joined with people’s verdicts, the judges’ are worth {share} more judged pairs, for the model in the middle.',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const judgeSayIn = sayingFrom({ en: judgeWordsEn, pt: judgeWordsPt })
