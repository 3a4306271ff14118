/**
 * What results say in English where they are kept and exported: reasons, warnings and methods. Pages
 * say it in their language.
 */
import type { Language, Phrase } from '#app/ui/languages.ts'
import { retelling } from '#app/ui/read-phrase.ts'
import { storedWordsPt } from './stored-words-pt.ts'

export const storedWordsEn = {
  // Why a model of the standings lacks a figure, and what their readers are warned of.
  onePrompt: 'one prompt gives no interval',
  notMeasured: 'not measured',
  noVerdict: 'no verdict that counts',
  unbeaten: 'unbeaten: it never lost or tied, so no finite strength exists',
  winless: 'winless: it never won or tied, so no finite strength exists',
  notComparable: 'not comparable: no chain of wins and losses connects it with the other models',
  noSkills: 'raters’ skills and leanings leave no ratings: too few verdicts',
  tooManyTies: 'too many ties for their model: no ratings with ties apart',
  neverMet:
    'The models fall into {groups} groups that never met each other: {names}. Have models of different groups compared.',
  lengthTellsApart: 'length tells winners and losers apart by itself: no ratings at equal length',
  styleTellsApart:
    'styles tell winners and losers apart by themselves, or go with a model or with each other: no ratings at equal style',
  lengthGoesWithModels:
    'Length differs almost only from model to model: what it is worth, and with it these ratings, rests on little.',
  headersGoWithModels:
    'Headers differ almost only from model to model: what they are worth, and with it these ratings, rests on little.',
  listsGoWithModels:
    'List items differ almost only from model to model: what they are worth, and with it these ratings, rests on little.',
  boldGoesWithModels:
    'Bold spans differ almost only from model to model: what they are worth, and with it these ratings, rests on little.',
  separateGroups:
    'The models cannot all be compared: within the judgments so far, no group of models has both won and lost against the others.',
  notRated: '{count} of {models} models cannot be rated with the others; each row says why.',
  fewPrompts: {
    one: 'Only {count} prompt: the intervals are rough.',
    other: 'Only {count} prompts: the intervals are rough.',
  },
  tooNarrow:
    'Intervals treat judgments of one prompt as independent; they are too narrow and here for comparison only.',
  ownPairs: {
    one: 'Left out: {count} verdict between two responses of one and the same model.',
    other: 'Left out: {count} verdicts between two responses of one and the same model.',
  },
  partlyAdaptive: {
    one: 'Only part of the tasks was chosen adaptively: {count} judgment came from tasks made otherwise. Win rates lean towards the pairs that were chosen more often; the ratings do not.',
    other:
      'Only part of the tasks was chosen adaptively: {count} judgments came from tasks made otherwise. Win rates lean towards the pairs that were chosen more often; the ratings do not.',
  },
  // How the standings are made.
  half: 'half',
  drop: 'drop',
  own: 'own',
  leftOut: 'left out',
  human: 'human',
  adjudicator: 'adjudicator',
  judge: 'judge',
  byPrompt: 'clustered by prompt: CR1 with Student t on prompts − 1 degrees of freedom',
  byBoth:
    'clustered by prompt and by rater: variances of both less that of both at once, Student t on the scarcer less 1; ratings with ties apart, at equal length or style or by skill, and head-to-head, by prompt alone',
  fewTwoWayPrompts: 'fewer than 20 prompts',
  fewTwoWayRaters: 'fewer than 20 raters',
  byPromptOnce:
    'clustered by prompt: CR1 with Student t on prompts − 1 degrees of freedom; for one look, not for many',
  byBetting:
    'confidence sequence by betting, over prompts in their order; valid however often it is looked at',
  byJudgment: 'each judgment on its own (labelled comparison)',
  winRateTiesApart:
    'share of wins among all judgments of the model against all opponents, ties apart',
  winRate: 'mean score over all judgments of the model against all opponents',
  winRateWeighted: 'weighted mean score over the tasks of the model against all opponents',
  weights:
    'the order was adaptive: win rates and head-to-head shares are weighted by the inverse of how probable each task was to be chosen; ratings are not weighted, because Bradley–Terry allows for who met whom',
  strength:
    'Bradley–Terry by Newton, natural logarithm, mean zero over the models that can be compared',
  strengthDavidson:
    'Davidson’s model with ties, natural logarithm, mean zero over the models that can be compared',
  strengthRaters:
    'Bradley–Terry with a skill and a side bias for each rater, natural logarithm, mean zero over the models that can be compared; each judgment weighs by a skill learnt on other prompts',
  strengthAtLength:
    'Bradley–Terry at equal length of the responses, natural logarithm, mean zero over the models that can be compared',
  strengthAtStyle:
    'Bradley–Terry at equal length, headers, list items and bold spans of the responses, each difference as (a − b) / (a + b) and by its standard deviation, natural logarithm, mean zero over the models that can be compared',
  rating: '1000 + 400 / ln 10 × strength',
  rank: 'range from intervals of all pairwise differences, simultaneous by max-t',
  // Why agreement or its interval is not there, and what stands beside it.
  twoPrompts: 'fewer than two prompts judged twice',
  littleVariation: 'too little variation to resample',
  noUnitTwice: 'no unit was judged by two raters',
  noVariation: 'no variation: every value is the same',
  fewJudgedTwice: 'only {count} prompts were judged twice: the interval is rough',
  oneUnit: 'one unit gives no interval',
  unitsIndependent: 'its interval takes units as independent',
  twoRaters: 'fewer than two raters',
  notEveryRater: 'not every rater scored every unit',
  sameAnswer: 'Same answer',
  sameAnswerAbout: 'how often two raters of one unit say the same; chance is in it',
  gwetOne: 'Gwet’s AC1',
  gwetTwo: 'Gwet’s AC2, quadratic',
  gwetOneAbout: 'agreement beyond chance that stays high where one answer is frequent',
  gwetTwoAbout: 'near scores count as agreement; high as well where all scores crowd together',
  fleiss: 'Fleiss’ kappa',
  fleissQuadratic: 'Fleiss’ kappa, quadratic',
  fleissAbout: 'as alpha, without its allowance for few units',
  correlationAbout: 'reliability of one rater’s score, and of the mean of all',
  orientation: "a and b are the responses in their task's canonical order (as filed, for imports)",
  missing: "can't judge and skipped count as missing; both bad is a category of its own",
  expandedBootstrap: 'expanded percentile bootstrap over prompts',
  pairBootstrap:
    'percentile bootstrap over pairs of judgments, expected disagreement held fixed, after Hayes and Krippendorff (labelled comparison); the other figures by prompt',
  judgmentsAlone:
    'the interval takes pairs of judgments as independent: too narrow, for comparison only',
  twoUnits: 'fewer than two units judged twice',
  // Why a difference between versions has no interval, and how drift is measured.
  sameDifference: 'no variation: every prompt differs by the same',
  meanDifference:
    'mean difference on the prompts that both versions answered, each prompt once, with Student’s interval over prompts',
  multiplicity: 'p-values adjusted by Holm over every step and tag of this report',
  alarm: 'adjusted p below {level}',
  levelChanges:
    'for three versions or more: largest distance of weighted means, held against simulated series without a change, split again on both sides',
  versionPeriods:
    'more than {most} versions are drawn by week, month, quarter or year, or by equal numbers where they have no dates: the mean of all scores of the period, its interval over prompts; steps, changes and files keep every version',
  versionOrder: 'versions by their dates or numbers, as they are named',
  // Why a figure of a judge or a rater is not there or rough.
  roughInterval: 'only {count} prompts: the interval is rough',
  noSpread: 'every prompt gives the same: no spread to go by',
  noPairsOfIt: 'people judged none of its pairs',
  noTwoPeople: 'no pair was judged by two people',
  orderUnknownToIt: 'the order shown to it is not known',
  orderUnknown: 'the order shown is not known',
  familyNotMet: 'no model of its family met another’s',
  nothingToCompare: 'nothing to compare',
  pairsIndependent: 'its interval takes pairs as independent',
  peopleOnFew: {
    one: 'people judged it on {count} prompts only',
    other: 'people judged it on {count} prompts only',
  },
  judgesOnFew: {
    one: 'judges alone judged it on {count} prompt only',
    other: 'judges alone judged it on {count} prompts only',
  },
  peopleOnOne: 'people judged it on one prompt only',
  judgesSayNothing: 'judges say nothing of pairs that people did not judge',
  nobodyJudged: 'nobody judged it',
  noCommonPair:
    'People and judges have no pair in common, so that nothing can be said of the judges.',
  fewSharedPrompts: 'People and judges share only {count} prompts: the intervals are rough.',
  // How judges are measured.
  judgeAgreement:
    'share of people’s votes on a pair that are the judge’s vote, averaged over the pairs both judged; intervals by prompt',
  judgeKappa:
    'Cohen’s kappa of the most frequent answers, pairs with a tie for most frequent left out',
  judgeCombined:
    'prediction-powered inference (PPI++): the judges’ mean over pairs that people did not judge, corrected by how far judges and people differ where both did; weight tuned to the least variance, all judges together, clustered by prompt',
  judgeAssumption:
    'the pairs that people judged are taken as a random sample of all; where they were chosen otherwise the combined figures lean',
  oneSitting: 'one sitting gives no interval',
  sittingsAlike: 'all sittings went alike',
  fewSittings: 'only {count} sittings: rough',
  noTime: 'no time was measured on any judgment',
  fewTimes: {
    one: '{count} times are too few for an interval',
    other: '{count} times are too few for an interval',
  },
  nothingJudged: 'nothing judged or skipped yet',
  nobodyElse: 'no other rater judged the same tasks',
  notPairs: 'only pairs have sides',
  noVerdictYet: 'no verdict yet',
  onlyPairVerdicts: 'only pairs have such a verdict',
  onlyLengths: 'only pairs and rankings compare lengths',
  noGoldJudged: 'no gold task judged yet',
  noRepeatJudged: 'no repeat judged yet',
  noKnownOrder: 'no decided verdict whose shown order is known',
  noUnequalLength: 'no decided verdict between responses of unequal length',
  noUnequalShared: 'no task that others decided too, between responses of unequal length',
  noMajority: 'no task whose other raters have a majority',
  needsThree: 'needs tasks with three raters',
  noneAdjudicated: 'none of the judged tasks was adjudicated',
  // How raters are measured.
  raterJudgments:
    'by people, purpose work, latest revision, neither withdrawn nor extra; gold tasks and repeats apart',
  raterIntervals:
    'shares over prompts: Wilson with the effective number of cases; gold, repeats, skips and sides: Wilson, one case a task; differences: Student’s t over prompts; times: order statistics; judgments an hour: Student’s t over sittings',
  raterConsensus:
    'the answer of more than half of the other raters of the task; can’t judge is missing',
  raterLength:
    'the longer of two responses in characters, against the other raters of the same tasks',
  raterFast: 'less time than reading 30 characters a second takes',
  raterSignals:
    'Benjamini and Hochberg over all raters and tests; a signal also needs a difference that matters',
  // Strengths from whole rankings, and why those of pairs stand instead.
  strengthRankings:
    'Plackett–Luce over whole rankings by Newton, natural logarithm, mean zero over the models that can be compared',
  noRankings: 'Nobody ranked responses here: strengths are those of the pairs.',
  rankingsAlone:
    'Whole rankings are fitted without length, style, raters’ skills or intervals by rater: strengths are those of the pairs.',
  strengthTiedRankings:
    'Plackett–Luce with a tie parameter for each number of models that tie (Davidson–Luce) over whole rankings by Newton, natural logarithm, mean zero over the models that can be compared',
  rankingsTied:
    '{tied} of {rankings} rankings have ties, which cannot be left out of whole rankings: strengths are those of the pairs.',
  rankingsInfinite:
    'Plackett–Luce has no finite strengths here, as where nearly all rankings tie: strengths are those of the pairs.',
  rankingsTwice: 'Some rankings hold two responses of one model: strengths are those of the pairs.',
  // How the consensus is made.
  consensusTable:
    'each rater has a table of how often an answer that is true is given each name, with one answer more for each true one spread evenly; EM from the shares of votes until the log-likelihood rests',
  consensusCoin:
    'each rater is right with one probability and errs evenly, drawn towards 0.75 by two answers; EM from the shares of votes',
  consensusMany: 'most answers come from raters who gave ten or more for each possible one',
  consensusFew:
    'most answers come from raters who gave fewer than ten for each possible one, too few for a table of each',
  consensusMajority: 'the most frequent answer of a unit; none where several are as frequent',
  consensusUnsettled: 'The model did not settle within its iterations: its figures are rough.',
  dawidSkene: 'Dawid–Skene',
  oneCoin: 'one-coin',
} satisfies Record<string, Phrase>

const oneIn = retelling({ en: storedWordsEn, pt: storedWordsPt })

/** What says a stored sentence, or several joined by semicolons, in a language. */
export function storedSayIn(language: Language) {
  const one = oneIn(language)
  return (sentence: string): string => {
    const told = one(sentence)
    return told === sentence ? sentence.split('; ').map(one).join('; ') : told
  }
}
