/** In: rows of prompts. Out: the same with previews that show nothing that is removed. */
import { preview } from '#app/base/text.ts'
import { oneOf } from '#db/dialects/portable.ts'
import type { Queries } from '#db/schema.ts'
import { lastUserText, type Message } from './message.ts'
import type { Visibility } from './shown-text.ts'
import { visibleText } from './shown-text.ts'

/** A preview is far shorter; what is removed may begin in it and end behind it. */
const lookedThrough = 20_000

/**
 * Previews are cut short, and so may hold the first half of an address that no one can tell for one.
 * Where a prompt holds something that is removed, or nobody looked yet, its own text is read.
 */
export async function visiblePreviews<Row extends { id: string; preview: string }>(
  db: Queries,
  projectId: string,
  { rows, visibility }: { rows: readonly Row[]; visibility: Visibility },
): Promise<Row[]> {
  const kinds = [...visibility.kinds]
  if (visibility.isOriginal || kinds.length === 0 || rows.length === 0) return [...rows]
  const texts = await db
    .selectFrom('prompt')
    .select(['id', 'messages'])
    .where('project_id', '=', projectId)
    .where(
      oneOf(
        db,
        'id',
        rows.map(({ id }) => id),
      ),
    )
    .where((eb) =>
      eb.or([
        eb('prepared_at', 'is', null),
        eb.exists(
          eb
            .selectFrom('finding')
            .select('finding.id')
            .whereRef('finding.project_id', '=', 'prompt.project_id')
            .whereRef('finding.prompt_id', '=', 'prompt.id')
            .where(oneOf(db, 'finding.kind', kinds)),
        ),
      ]),
    )
    .execute()
  const previews = new Map(
    texts.map(({ id, messages }) => {
      const text = lastUserText(JSON.parse(messages) as Message[]).slice(0, lookedThrough)
      return [id, preview(visibleText(text, visibility))]
    }),
  )
  return rows.map((row) => ({ ...row, preview: previews.get(row.id) ?? row.preview }))
}
