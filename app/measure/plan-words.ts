/** What the page that plans further judgments says. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { planWordsPt } from './plan-words-pt.ts'

export const planWordsEn = {
  title: 'Plan',
  question: 'How many judgments will it take?',
  intro:
    'Reckoned from this campaign’s own judgments: how much they vary, how many are ties, and how alike those on one prompt are. A plan holds as far as further judgments are like those so far.',
  wish: 'The wish',
  goal: 'What is wished',
  'goal.width': 'an interval of a width',
  'goal.power': 'to find a lead of a size',
  figure: 'Of which figure',
  'figure.pair': 'the win rate of one of a pair',
  'figure.model': 'a model’s win rate against all',
  half_width: 'Half the interval, in points',
  half_width_scale: 'Half the interval, in points of the scale',
  win_rate: 'True win rate, in %',
  power: 'Found how often, in %',
  overlap: 'Judgments of a prompt and pair',
  correlation: 'Alike on one prompt, 0 to 1',
  ties: 'Ties and both bad, in %',
  asSeen: 'so far {value}',
  asAssumed: 'assumed {value}',
  show: 'Reckon',
  asUsual: 'Back to what was seen',
  widthPair:
    'About {needed} judgments of a pair, on {prompts} prompts, would give its win rate an interval of about ± {width} points.',
  widthModel:
    'About {needed} judgments of a model, on {prompts} prompts, would give its win rate against all others an interval of about ± {width} points.',
  powerPair:
    'About {needed} judgments of a pair, on {prompts} prompts, would tell a true win rate of {rate} % from an even one in {power} of 100 such campaigns.',
  powerModel:
    'About {needed} judgments of a model, on {prompts} prompts, would tell a true win rate of {rate} % against all others from an even one in {power} of 100 such campaigns.',
  smaller: 'A smaller lead would be missed more often; a rate found is not the true one.',
  andSeen:
    'This takes judgments of one prompt to be as alike as those so far ({correlation}), which makes {effect} of them worth one that stands alone.',
  andAssumed:
    'How alike judgments of one prompt are cannot be told from this campaign: {why}. The plan assumes {correlation}, by which {effect} of them are worth one that stands alone.',
  andChosen:
    'This takes judgments of one prompt to be alike by {correlation}, as chosen, which makes {effect} of them worth one that stands alone.',
  whyNothing: 'nothing is measured yet',
  whyOnce: 'it takes ten prompts that are judged more than once, and an interval that has a width',
  soFar: {
    one: 'So far it rests on {judgments} judgments.',
    other: 'So far the middle one of {count} such figures rests on {judgments} judgments.',
  },
  enough: 'That is as many already, if they are spread alike.',
  more: 'That leaves about {more} for each.',
  wholeCampaign: 'For all {count} such figures that is about {needed} judgments in the campaign.',
  rough:
    'Fewer than ten prompts: an interval from so few is wider than this says. Plan for at least ten.',
  'why.even': 'No number of judgments tells an even win rate from an even one.',
  'why.tooManyTies':
    'With so many ties no win rate of {rate} % can come about: there are too few decided judgments.',
  'why.tooMany': 'That takes more than ten million judgments of one figure: wish for less.',
  alpha: 'Raters agree so far with alpha {alpha} on {criterion}.',
  chart: 'Half the interval that judgments of one figure buy',
  chartUnit: 'judgments of one figure',
  chartSide: 'points',
  table: 'Half the interval by judgments',
  asTable: 'The same as a table',
  judgments: 'Judgments',
  prompts: 'Prompts',
  halfWidth: 'Half the interval',
  chartWords: 'From {first} judgments (± {firstWidth} points) to {last} (± {lastWidth} points).',
  planned: 'wished',
  now: 'so far',
  scoresTitle: 'Further prompts for each criterion',
  criterion: 'Criterion',
  widest: 'Widest interval so far',
  promptsSoFar: 'Prompts so far',
  morePrompts: 'More prompts',
  scoreSentence:
    '{criterion}: about {more} more prompts, scored as often as those so far, would bring every model’s mean within about ± {width}, if scores vary as they did.',
  scoreEnough: '{criterion}: every model’s mean is within ± {width} already.',
  scoreUnknown:
    '{criterion}: one prompt, or scores that do not vary, say nothing of how many it would take.',
  noPower:
    'A rubric’s plan speaks of the width of means; leads are compared prompt by prompt, under Drift.',
  nothing: 'Nothing to plan from',
  nothingHint:
    'A rubric’s plan needs some scores first: how much they vary is not known otherwise.',
  points: '± {width}',
  method:
    'Variance of a judgment’s points (1, ½, 0) from the counts; design effect 1 + (m − 1) ρ for m judgments of a figure on one prompt (Kish 1965), with ρ from the clustered over the naive variance of each figure, weighted by its judgments; z² · variance · design effect / half width² for the width, Fleiss, Levin and Paik (2003) for the power. All prompts are taken to be judged equally often.',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const planSayIn = sayingFrom({ en: planWordsEn, pt: planWordsPt })
