/** What the columns of the table of raters are called, and what each means. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { raterColumnWordsPt } from './rater-column-words-pt.ts'

export const raterColumnWordsEn = {
  rater: 'Rater',
  'about.rater': 'The pseudonym under which the rater’s work is kept.',
  signals: 'Worth a look',
  'about.signals':
    'Signals that are worth a look, after control of false alarms over all raters and signals: one in twenty may still be chance. They are no verdicts on people.',
  judgments: 'Judgments',
  'about.judgments': 'Judgments of work that count: neither withdrawn nor extra.',
  gold: 'Gold',
  'about.gold': 'Share of gold tasks judged as expected. Wilson interval, one case a task.',
  consistency: 'Same again',
  'about.consistency':
    'Share of hidden repeats, sides swapped, that got the same answer as the first time. Wilson interval.',
  consensus: 'With the majority',
  'about.consensus':
    'Share of tasks where the answer is that of more than half of the other raters; the rater’s own answer does not count towards that majority. Interval by prompt.',
  consensus_than_others: 'Majority, vs others',
  'about.consensus_than_others':
    'Agreement with the majority less that of the other raters on the same tasks, where three or more judged them. Student’s interval over prompts.',
  first: 'First shown',
  'about.first':
    'Share of decided verdicts for the response that was shown first. Sides are drawn at random, so about half is expected. Wilson interval; exact binomial test.',
  longer_than_others: 'Longer, vs others',
  'about.longer_than_others':
    'How much more often the longer response wins with this rater than with the others on the same tasks. Student’s interval over prompts.',
  longer: 'Longer wins',
  'about.longer':
    'Share of decided verdicts for the longer response. Longer may well be better: compare with the others. Interval by prompt.',
  seconds: 'Seconds a task',
  'about.seconds':
    'Median time on a task while the page was visible and the rater active. Interval by order statistics.',
  fast: 'Faster than reading',
  'about.fast':
    'Share of judgments that took less time than reading 30 characters a second takes. Wilson interval.',
  pace: 'An hour',
  'about.pace':
    'Counted judgments in an hour of activity. Student’s interval over sittings: clock hours of work that follow one another.',
  skips: 'Skipped',
  'about.skips': 'Share of tasks skipped, of those judged or skipped. Wilson interval.',
  tie: 'Ties',
  'about.tie': 'Share of verdicts that are a tie. Interval by prompt.',
  both_bad: 'Both bad',
  'about.both_bad': 'Share of verdicts that are both bad. Interval by prompt.',
  cant_judge: 'Can’t judge',
  'about.cant_judge': 'Share of verdicts that are can’t judge. Interval by prompt.',
  undecided_than_others: 'Undecided, vs others',
  'about.undecided_than_others':
    'How much more often the rater leaves a pair undecided (tie, both bad or can’t judge) than the others on the same tasks. Student’s interval over prompts.',
  adjudicated: 'As adjudicated',
  'about.adjudicated':
    'Share of adjudicated tasks that the rater had judged as the adjudicator did. These are the hard ones: raters disagreed on them. Interval by prompt.',
  points: '{change} pts',
  inSeconds: '{seconds} s',
  restsOn: 'n {n}',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const raterColumnSayIn = sayingFrom({ en: raterColumnWordsEn, pt: raterColumnWordsPt })
