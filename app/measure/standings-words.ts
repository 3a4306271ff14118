/** What the standings, the matrix of pairs and the sentences about them say. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { standingsWordsPt } from './standings-words-pt.ts'

export const standingsWordsEn = {
  title: 'Standings',
  none: 'No judgments yet',
  noneOfKind: 'No judgments of this kind',
  noneHint: 'Standings show up here as soon as raters have judged.',
  winChart: 'Win rate of each model',
  winUnit: 'win rate, 95 % intervals by prompt',
  scoreChart: 'Mean score for {criterion}',
  scoreUnit: 'mean score, 95 % intervals by prompt',
  adaptive:
    'The order of work was adaptive: pairs whose order was still open met more often. Win rates are weighted for that.',
  adaptiveHint:
    'Each task counts by the inverse of how probable it was to be chosen, so that a model’s win rate is the one it would have if every task had been judged, and not lower because it met its equals more often. “Effective tasks” says how many tasks of equal weight would tell as much. Ratings and ranks are not weighted: Bradley–Terry allows for who met whom.',
  table: 'Standings of the models',
  rank: 'Rank',
  winRate: 'Win rate',
  rating: 'Rating',
  wins: 'Wins',
  losses: 'Losses',
  ties: 'Ties',
  both_bad: 'Both bad',
  cant_judge: 'Can’t judge',
  judgments: 'n',
  strength: 'Strength',
  effective: 'Effective tasks',
  'column.win_rate': 'Win rate',
  'column.interval': 'Win rate’s interval',
  'column.rating': 'Rating',
  'column.rating_interval': 'Rating’s interval',
  'column.strength': 'Strength',
  'column.strength_interval': 'Strength’s interval',
  'column.wins': 'Wins',
  'column.losses': 'Losses',
  'column.ties': 'Ties',
  'column.both_bad': 'Both bad',
  'column.cant_judge': 'Can’t judge',
  'column.judgments': 'Judgments',
  'column.prompts': 'Prompts',
  'column.tie_rate': 'Tie rate',
  'column.effective_tasks': 'Effective tasks',
  scoreTable: 'Mean scores of the models',
  criterion: 'Criterion',
  mean: 'Mean',
  headToHead: 'Head-to-head',
  whoBeatsWhom: 'Who beats whom',
  matrixIntro:
    'Share of comparisons that the row’s model wins against the column’s. Point at a cell, or go to it by keyboard, for its interval and counts; open it for the comparisons behind it.',
  inEachCell: 'In each cell:',
  shareWon: 'share won, in %',
  meetings: 'n, judgments of the pair',
  comparisons: 'Comparisons',
  against: '{model} against {other}',
  againstIntro:
    'How many verdicts each had on each prompt on which they met, counted as usual. A prompt leads to its responses and judgments.',
  prompt: 'Prompt',
  promptWithoutText: 'a prompt without text',
  nextPage: 'Further prompts',
  noPairs: 'No pairs have been compared',
  noPairsRubric: 'A rubric campaign scores responses one by one; its means are under Standings.',
  noPairsHint: 'Cells fill as raters judge.',
  matrix: 'Share of comparisons that the row’s model wins against the column’s model',
  cell: '{model} against {other}: {share}; {wins} won, {losses} lost, {ties} ties, {bothBad} both bad',
  cellWithInterval:
    '{model} against {other}: {share} (95 % interval {low} to {high}); {wins} won, {losses} lost, {ties} ties, {bothBad} both bad',
  firstModels: 'The first {shown} of {models} models by rating; the file below has every pair.',
  sideEven:
    'No leaning to a side is shown: the response shown first won {share} of {wins} wins whose order on the screen is known (95 % interval {low}–{high} %).',
  sideFirst:
    'Raters lean to the response shown first: it won {share} of {wins} wins whose order on the screen is known (95 % interval {low}–{high} %). Sides are drawn by chance, so that no model gains by it, but judgments are noisier.',
  sideSecond:
    'Raters lean to the response shown second: the first won {share} of {wins} wins whose order on the screen is known (95 % interval {low}–{high} %). Sides are drawn by chance, so that no model gains by it, but judgments are noisier.',
  sideUnknown:
    'The response shown first won {share} of {wins} wins whose order on the screen is known; there is no interval yet.',
  evenTies: 'Two equal models would tie in {share} of their comparisons (Davidson’s model).',
  tieRate: 'Tie rate',
  nothingCompared: 'Nothing has been compared yet.',
  notTold: 'The models cannot be told apart yet.',
  best: '{model} is better than every other model.',
  notYetSeparated: '{models} are not yet separated.',
  nobodySeparated: 'No model is separated from the others yet.',
  shareTop: '{models} share the top: they are not yet separated.',
  tooClose:
    '{higher} and {lower} are too close for any number of judgments within reach to separate them.',
  wouldSeparate:
    'About {judgments} more judgments, spread as those so far, would separate {higher} from {lower} if the difference stays as it is.',
  leader:
    '{model} wins {share} of its comparisons (95 % interval {low}–{high} %, clustered by prompt; {judgments} judgments on {prompts} prompts).',
  leaderWeighted:
    '{model} wins {share} of its comparisons (95 % interval {low}–{high} %, weighted for the adaptive order, clustered by prompt; {judgments} judgments on {prompts} prompts).',
  namesAndLast: '{names} and {last}',
  namesAndMore: '{names} and {more} more',
  sameLength: 'The responses do not differ in length.',
  lengthUnsure:
    'Ratings at equal length: it is not sure that judges care for length (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  longerPreferred:
    'Ratings at equal length: judges prefer longer responses whatever the model (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  shorterPreferred:
    'Ratings at equal length: judges prefer shorter responses whatever the model (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  styles: 'What style is worth to judges',
  stylesTable: 'Figures of each style',
  stylesHint:
    'Ratings are at equal style: as if both responses were as long and had as many headers, list items and bold spans. Each figure holds whatever the model and at equal other styles.',
  style: 'Style',
  odds: 'Odds times',
  pValue: 'p',
  styleOnePrompt: '{style}: one prompt gives no interval yet.',
  'style.length': 'Length',
  'styleSame.length': 'The responses do not differ in length.',
  'styleUnsure.length':
    'It is not sure that judges care for length (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleMore.length':
    'Judges prefer longer responses (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleLess.length':
    'Judges prefer shorter responses (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'style.headers': 'Headers',
  'styleSame.headers': 'The responses do not differ in headers.',
  'styleUnsure.headers':
    'It is not sure that judges care for headers (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleMore.headers':
    'Judges prefer responses with more headers (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleLess.headers':
    'Judges prefer responses with fewer headers (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'style.lists': 'List items',
  'styleSame.lists': 'The responses do not differ in list items.',
  'styleUnsure.lists':
    'It is not sure that judges care for list items (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleMore.lists':
    'Judges prefer responses with more list items (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleLess.lists':
    'Judges prefer responses with fewer list items (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'style.bold': 'Bold spans',
  'styleSame.bold': 'The responses do not differ in bold spans.',
  'styleUnsure.bold':
    'It is not sure that judges care for bold spans (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleMore.bold':
    'Judges prefer responses with more bold spans (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
  'styleLess.bold':
    'Judges prefer responses with fewer bold spans (odds times {odds} for each standard deviation of the difference, 95 % interval {low}–{high}).',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const standingsSayIn = sayingFrom({ en: standingsWordsEn, pt: standingsWordsPt })
export type StandingsSay = ReturnType<typeof standingsSayIn>
