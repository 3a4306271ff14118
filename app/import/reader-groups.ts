/** Every format that can be chosen, in groups that people look for. */
import { readers } from './readers.ts'

export const readerGroups = ['logs', 'traces', 'judged', 'training', 'tools', 'others'] as const
export type ReaderGroup = (typeof readerGroups)[number]

const groupMarks: [ReaderGroup, RegExp][] = [
  ['traces', /^(otlp|langfuse|langsmith|phoenix|mlflow|weave|openinference)/],
  ['training', /^(trl|llama-factory|openai-(dpo|sft)|nemo|nova|gemini-preference|sharegpt)/],
  ['logs', /^(openai|anthropic|litellm|helicone|rubrica)/],
  ['tools', /^(argilla|label-studio)/],
  [
    'judged',
    /^(chatbot|arena|alpaca|helpsteer|hh-|shp|summarize|webgpt|ultra|nectar|pku|prism|oasst)/,
  ],
]

const groupOf = (format: string): ReaderGroup =>
  groupMarks.find(([, pattern]) => pattern.test(format))?.[0] ?? 'others'

export interface FormatGroup {
  group: ReaderGroup
  formats: { format: string; title: string }[]
}

const isShared = (title: string) => readers.filter((reader) => reader.title === title).length > 1

/** The formats of each group that has any, sorted by their titles. */
export const formatGroups = (): FormatGroup[] =>
  readerGroups
    .map((group) => ({
      group,
      formats: readers
        .filter(({ format }) => format !== 'not-data' && groupOf(format) === group)
        .map(({ format, title }) => ({
          format,
          title: isShared(title) ? `${title} (${format})` : title,
        }))
        .sort((one, other) => one.title.localeCompare(other.title, 'en')),
    }))
    .filter(({ formats }) => formats.length > 0)
