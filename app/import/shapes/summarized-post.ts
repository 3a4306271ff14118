/** In: the post or article that people judged summaries of. Out: the prompt it makes. */
import { z } from 'zod'
import { fromUser } from '../message.ts'
import type { Row } from '../reader.ts'
import { optionalName, optionalText } from './cells.ts'
import type { LabelledItem } from './labelled-item.ts'
import { scalarsOf } from './row-values.ts'

/** What was summarised: a forum's post, or an article of a news site. */
export const postSchema = z
  .looseObject(
    {
      id: optionalName,
      title: optionalText,
      post: optionalText,
      article: optionalText,
      subreddit: optionalName,
      site: optionalName,
    },
    { error: 'is missing' },
  )
  .refine((info) => info.post !== undefined || info.article !== undefined, {
    message: 'has neither "post" nor "article", so nobody knows what was summarised',
  })

/** The prompt: the title, if any, and what stands under it; the request to summarise is not told. */
export function postPrompt(info: z.infer<typeof postSchema>, row: Row): LabelledItem['prompt'] {
  const text = [info.title, info.post ?? info.article].filter((part) => part !== undefined)
  const place = info.subreddit ?? info.site
  return {
    ...(info.id === undefined ? {} : { id: info.id }),
    messages: fromUser(text.join('\n\n')),
    tags: place === undefined ? [] : [place],
    metadata: scalarsOf(row, ['split']),
  }
}
