/** Why rows are dropped or warned of: in English as reports have it, and in the language of a page. */
import { sayingFrom } from '#app/ui/languages.ts'
import { retelling } from '#app/ui/read-phrase.ts'
import { type DatasetCheck, datasetChecks } from './dataset-report.ts'
import { dropRules } from './policy.ts'
import { type RowCheck, rowChecks } from './row-checks.ts'
import { datasetCheckWordsPt, dropWordsPt, rowCheckWordsPt } from './rule-words-pt.ts'

const wordsOf = <Check extends string>(checks: Record<Check, { words: string }>) =>
  Object.fromEntries(
    Object.entries<{ words: string }>(checks).map(([check, { words }]) => [check, words]),
  ) as Record<Check, string>

/** Why something gave no row. */
export const dropSayIn = sayingFrom({ en: dropRules, pt: dropWordsPt })

/** What is wrong with a row. */
export const rowCheckSayIn = sayingFrom<RowCheck>({ en: wordsOf(rowChecks), pt: rowCheckWordsPt })

/** What is wrong with a dataset as a whole. */
export const datasetCheckSayIn = sayingFrom<DatasetCheck>({
  en: wordsOf(datasetChecks),
  pt: datasetCheckWordsPt,
})

const timesOf = (words: Record<DatasetCheck, string>, told: (said: string) => string) =>
  Object.fromEntries(Object.entries(words).map(([check, said]) => [check, told(said)])) as Record<
    DatasetCheck,
    string
  >

/** What says again why a snapshot was not made. */
export const snapshotProblemIn = retelling({
  en: timesOf(wordsOf(datasetChecks), (said) => `${said} ({times} times).`),
  pt: timesOf(datasetCheckWordsPt, (said) => `${said} (vezes: {times}).`),
})
