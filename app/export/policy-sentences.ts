/** A policy in words, for cards and pages. */
import { percent } from '#app/ui/figures.ts'
import type { Policy } from './policy.ts'

const verdictWords: Record<Policy['aggregation'], string> = {
  majority:
    'The verdict on a pair is what more than half of its raters said; tie and both bad are votes, can’t judge is none.',
  adjudicated:
    'An adjudicator’s verdict decides; where there is none, what more than half of the raters said.',
  posterior:
    'The verdict on a pair is the most probable one under Dawid and Skene’s model of the raters.',
  'every rater': 'Every rater’s verdict is a row of its own.',
}

/** Every rule that differs from keeping all, a sentence each. */
export function policySentences(policy: Policy): string[] {
  const { splits } = policy
  const unit = policy.tokenizer === 'o200k' ? 'tokens (o200k)' : 'characters'
  const said: [boolean, string][] = [
    [
      true,
      `Judgments counted: ${sourcesOf(policy)}; work only, the latest revision, neither withdrawn nor extra.`,
    ],
    [true, verdictWords[policy.aggregation]],
    [true, `At least ${policy.minimumRaters} rater(s) for each row.`],
    [policy.criterion !== '', `The question “${policy.criterion}” decides.`],
    [policy.models.length > 0, `Models: ${policy.models.join(', ')}.`],
    [policy.tags.length > 0, `Prompts tagged ${policy.tags.join(' or ')}.`],
    [policy.withoutTags.length > 0, `No prompts tagged ${policy.withoutTags.join(' or ')}.`],
    [policy.judgedFrom !== null, `Judged from ${policy.judgedFrom} on (UTC).`],
    [policy.judgedBefore !== null, `Judged before ${policy.judgedBefore} (UTC).`],
    [
      policy.minimumAgreement > 0,
      `At least ${percent(policy.minimumAgreement)} of the raters agree.`,
    ],
    [
      policy.aggregation === 'posterior',
      `A verdict is at least ${percent(policy.minimumPosterior)} probable.`,
    ],
    [policy.minimumMargin > 0, `Pairs differ by at least ${policy.minimumMargin} of 1.`],
    [
      policy.margin === 'required',
      'Every pair carries a margin from 0 to 1: how much better raters called it.',
    ],
    [
      true,
      `Ties: ${policy.ties === 'drop' ? 'left out' : 'in a file of their own'}. Both bad: ${bothBadWords[policy.bothBad]}.`,
    ],
    [policy.contradictions === 'drop', 'Texts that stand both ways round are left out.'],
    [policy.pairsPerPrompt === 'one', 'One pair for each prompt, the surest.'],
    [
      policy.duplicates !== 'keep',
      policy.duplicates === 'near'
        ? 'One prompt of those that are nearly the same.'
        : 'Equal rows once.',
    ],
    [policy.mostPrompt !== null, `Prompts of at most ${policy.mostPrompt} ${unit}.`],
    [policy.mostCompletion !== null, `Responses of at most ${policy.mostCompletion} ${unit}.`],
    [
      policy.mostTotal !== null,
      `Prompt and response together at most ${policy.mostTotal} ${unit}.`,
    ],
    [
      policy.heldOut.length > 0,
      `Prompts that share 13 words in a row with one of ${policy.heldOut.length} held-out texts are left out.`,
    ],
    [
      policy.mostRowsATag !== null,
      `At most ${policy.mostRowsATag} rows of each prompt’s first tag.`,
    ],
    [policy.balanceSides, 'As many rows whose better response was shown first as second.'],
    [true, raterWords[policy.raters]],
    [splits.validation + splits.test > 0, splitWords(policy)],
  ]
  return said.flatMap(([isSaid, words]) => (isSaid ? [words] : []))
}

const sourcesOf = ({ sources, judgeWeight }: Policy): string =>
  sources
    .map((source) =>
      source === 'judge' && judgeWeight !== 1 ? `judge (each weighs ${judgeWeight})` : source,
    )
    .join(', ')

const bothBadWords: Record<Policy['bothBad'], string> = {
  drop: 'left out',
  labels: 'both labelled bad, where rows are labels',
  'own file': 'in a file of their own',
}

const raterWords: Record<Policy['raters'], string> = {
  pseudonyms: 'Raters are named by the pseudonyms of the project.',
  renamed: 'Raters are named by pseudonyms of this dataset alone.',
  'left out': 'Raters are not named in the rows.',
}

function splitWords({ splits }: Policy): string {
  const how =
    splits.deal === 'hash'
      ? 'by a hash, so that a prompt keeps its split in later versions'
      : 'so that each tag has its share in every split'
  const together = splits.together === '' ? '' : ` and prompts of one ${splits.together}`
  return `Splits: ${percent(splits.validation)} validation, ${percent(splits.test)} test, dealt by prompt ${how}; near-duplicates${together} stay together.`
}
