/** What each figure of the lead’s pages means: a sentence, and a formula or a source where one is apt. */
import { type Phrase, sayingFrom } from '#app/ui/languages.ts'
import { glossaryWordsPt } from './glossary-words-pt.ts'

export const glossaryWordsEn = {
  rank: 'The places that the model may hold: one more than the models that are surely better, up to one more than those not surely worse. Models that share a place are not separated. From simultaneous intervals of all differences (max-t).',
  model: 'What answered: a name with its version and the version of its prompt.',
  win_rate:
    'Mean score over the model’s judgments against all opponents: a win counts 1, a loss 0, a tie one half unless chosen otherwise. It depends on whom the model met; the rating does not.',
  win_interval:
    'Where the win rate lies with 95 % confidence. All judgments of one prompt count as one case (CR1 standard error, Student’s t on prompts − 1), unless chosen otherwise under “How judgments are counted”.',
  tie_rate:
    'Share of the model’s judgments that are a tie, with its interval by prompt, where ties are a category of their own.',
  rating:
    '1000 + 400 / ln 10 × strength, the scale of chess: 400 points more are odds of ten to one. 1000 is the mean of the models that can be compared.',
  rating_interval:
    'Where the rating lies with 95 % confidence, against the mean of the models, by prompt. Two ratings are compared by the rank, not by whether their intervals overlap.',
  strength:
    'Natural logarithm of the Bradley–Terry strength, mean zero: P(A beats B) = 1 / (1 + exp(strength of B − strength of A)). Bradley and Terry, Biometrika 39 (1952).',
  strength_interval:
    'Where the strength lies with 95 % confidence, by prompt (cluster sandwich, Student’s t on prompts − 1).',
  wins: 'Judgments for this model.',
  losses: 'Judgments for the other model.',
  ties: 'Judgments that call both equally good. “Both bad” is counted apart.',
  both_bad: 'Judgments that call neither good. For ratings half a win for each, unless left out.',
  cant_judge: 'Answers that decline to judge. They count in no rate, rating or agreement.',
  judgments:
    'Judgments that count for this row: wins, losses, ties and both bad. One rater’s judgments of one task count once.',
  prompts: 'Different prompts on which the model was judged: the cases that intervals rest on.',
  effective_tasks:
    'How many tasks of equal weight would tell as much as these, which were drawn with unequal probability: (Σw)² / Σw². Kish, Survey Sampling (1965).',
  criterion: 'The question that the scores answer.',
  mean: 'Mean over all scores of the model’s responses for this criterion.',
  mean_interval:
    'Where the mean lies with 95 % confidence, all scores of one prompt as one case (CR1, Student’s t on prompts − 1).',
  score_prompts: 'Different prompts to which the model’s responses were scored.',
  score_judgments: 'Scores that were given.',
  share_won:
    'Share of the comparisons of these two that the row’s model won, a tie as one half unless chosen otherwise. Its interval is by prompt.',
  meetings: 'Judgments of this pair: wins, losses, ties and both bad.',
  prompt: 'The input that both models answered.',
  wins_of: 'Verdicts on this prompt for the response of that model.',
  alpha:
    'Krippendorff’s alpha: 1 − observed / expected disagreement of two raters of one unit. 1 is perfect, 0 what chance would give, below 0 worse than chance. Missing judgments are allowed. Krippendorff, Content Analysis (2004).',
  alpha_interval:
    'Where alpha lies with 95 % confidence: whole prompts are drawn again many times, and alpha reckoned anew each time (bootstrap by prompt).',
  alpha_tag: 'Alpha over the prompts with this tag alone.',
  companion:
    'A coefficient beside alpha, which fails in other ways: read them together, with the share of each answer.',
  companion_interval:
    'Where the coefficient lies with 95 % confidence, prompts drawn again or by its standard error, as its line says.',
  answer:
    'What one rater of a unit said; the columns tell what another rater of the same unit said.',
  given:
    'Share of all answers that are this one. Where one answer takes nearly all, alpha is low though raters mostly agree.',
  given_beside:
    'Of the other raters of units where somebody gave the row’s answer, the share that gave this one. Each unit weighs the same.',
  tag: 'A tag of prompts.',
  raters: 'Two raters by their pseudonyms.',
  same_answer: 'Share of the units of both raters to which they gave the same answer.',
  kappa:
    'Cohen’s kappa of the two raters: (observed − expected) / (1 − expected) agreement, where expected is what their own habits would give by chance. Cohen (1960).',
  kappa_interval: 'Where kappa lies with 95 % confidence, by its standard error.',
  units: 'What two or more judged: a task, or a pair within a ranked task.',
  alpha_prompts: 'Different prompts with a unit that two or more judged.',
  step: 'A version and the one before it.',
  step_prompts: 'The prompts that both versions answered: all of them, or those with a tag.',
  before: 'Mean score of the earlier version on those prompts.',
  after: 'Mean score of the later version on the same prompts.',
  difference:
    'Mean over prompts of the later score less the earlier one, both on the same prompt: what the prompts have in common falls out.',
  difference_interval:
    'Where the difference lies with 95 % confidence: Student’s t over the differences by prompt.',
  adjusted_p:
    'How often chance alone would give a difference of this size, made larger for the number of tests on this page so that the chance of any false alarm stays below 5 %. Holm, Scandinavian Journal of Statistics 6 (1979).',
  step_n: 'Prompts that both versions answered and that were scored.',
  'judge.figure': 'What is reckoned of the judge’s verdicts beside people’s.',
  'judge.value': 'The figure itself: a share, a coefficient or a difference in points.',
  'judge.interval':
    'Where it lies with 95 % confidence, by prompt; kappa’s takes pairs as independent.',
  'judge.n':
    'Cases that the figure rests on: pairs, or verdicts whose order on the screen is known.',
  'judge.agreement':
    'Share of people’s verdicts on a pair that are the judge’s verdict, averaged over the pairs that both judged.',
  'judge.peopleAgreement':
    'The same between two people: what a judge can be held against. It rests on pairs that two or more people judged.',
  'judge.kappa':
    'Cohen’s kappa of the judge’s most frequent answer and people’s, pairs without a most frequent one left out.',
  'judge.first':
    'Share of its wins that went to the response shown first. Where sides are drawn by chance, about half is expected.',
  'judge.peopleFirst': 'The same of people.',
  'judge.longer':
    'How much more often the judge’s wins go to the longer response than people’s do on the same pairs.',
  'judge.ownFamily':
    'How much better the judge scores models of its own family than people do on the same pairs. The family is the first word of the name.',
  people_alone: 'The model’s mean score over the pairs that people judged, and nothing else.',
  people_interval: 'Where that rate lies with 95 % confidence, by prompt.',
  with_judges:
    'The judges’ mean over pairs that people did not judge, corrected by how far judges and people differ where both did; weight tuned to the least variance. Angelopoulos, Duchi and Zrnic, PPI++ (2023).',
  with_judges_interval: 'Where the joint rate lies with 95 % confidence, by prompt.',
  pairs: 'Pairs that people judged, and, after the plus, those that judges alone judged.',
  worth:
    'How many pairs people would have had to judge to know as much: pairs × (variance of people alone / variance with judges).',
  'consensus.answer':
    'An answer that a rater could give. a and b are the responses in their task’s canonical order.',
  'consensus.majority':
    'Units whose most frequent answer it is; ties for most frequent stand below.',
  'consensus.likely':
    'Units whose answer this most probably is, by the model of the raters: votes of raters who are mostly right weigh more.',
  'consensus.prevalence': 'How frequent the model takes the answer to be over all units.',
  'consensus.unit': 'The prompt, and what was judged of it.',
  'consensus.votes': 'How many raters gave each answer.',
  'consensus.most': 'The answer that most raters gave; a dash where several are given as often.',
  'consensus.posterior':
    'The likeliest answer and its probability by the model. It is as good as the model: errors that raters share are taken for right.',
  'consensus.doubt':
    'What the probabilities leave open, in bits: 0 is certain, 1 is a coin’s throw. Shannon (1948).',
  'consensus.n': 'Answers of the rater on units that two or more judged.',
  'consensus.skill':
    'How often the rater gives the answer that is true by the model. Dawid and Skene (1979), or one probability for each rater where answers are few. No interval: it is fitted with everything else.',
  'consensus.with':
    'Share of units on which the rater gave the most frequent answer of the others; the rater’s own does not count.',
  'rater.rater': 'The pseudonym under which the rater’s work is kept.',
  'rater.signals':
    'Signals that are worth a look, after control of false alarms over all raters and signals: one in twenty may still be chance. They are no verdicts on people.',
  'rater.judgments': 'Judgments of work that count: neither withdrawn nor extra.',
  'rater.gold': 'Share of gold tasks judged as expected. Wilson interval, one case a task.',
  'rater.consistency':
    'Share of hidden repeats, sides swapped, that got the same answer as the first time. Wilson interval.',
  'rater.consensus':
    'Share of tasks where the answer is that of more than half of the other raters; the rater’s own answer does not count towards that majority. Interval by prompt.',
  'rater.consensus_than_others':
    'Agreement with the majority less that of the other raters on the same tasks, where three or more judged them. Student’s interval over prompts.',
  'rater.first':
    'Share of decided verdicts for the response that was shown first. Sides are drawn at random, so about half is expected. Wilson interval; exact binomial test.',
  'rater.longer_than_others':
    'How much more often the longer response wins with this rater than with the others on the same tasks. Student’s interval over prompts.',
  'rater.longer':
    'Share of decided verdicts for the longer response. Longer may well be better: compare with the others. Interval by prompt.',
  'rater.seconds':
    'Median time on a task while the page was visible and the rater active. Interval by order statistics.',
  'rater.fast':
    'Share of judgments that took less time than reading 30 characters a second takes. Wilson interval.',
  'rater.pace':
    'Counted judgments in an hour of activity. Student’s interval over sittings: clock hours of work that follow one another.',
  'rater.skips': 'Share of tasks skipped, of those judged or skipped. Wilson interval.',
  'rater.tie': 'Share of verdicts that are a tie. Interval by prompt.',
  'rater.both_bad': 'Share of verdicts that are both bad. Interval by prompt.',
  'rater.cant_judge': 'Share of verdicts that are can’t judge. Interval by prompt.',
  'rater.undecided_than_others':
    'How much more often the rater leaves a pair undecided (tie, both bad or can’t judge) than the others on the same tasks. Student’s interval over prompts.',
  'rater.adjudicated':
    'Share of adjudicated tasks that the rater had judged as the adjudicator did. These are the hard ones: raters disagreed on them. Interval by prompt.',
} satisfies Record<string, Phrase>

/** What says these in a language. */
export const glossarySayIn = sayingFrom({ en: glossaryWordsEn, pt: glossaryWordsPt })
export type GlossaryTerm = keyof typeof glossaryWordsEn
