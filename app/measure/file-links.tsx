/** The figures of a page as files, counted in the same way. */
import { useLocation } from '@remix-run/react'
import type { FigureFile } from './figure-files.ts'

export function FileLinks({ address, names }: { address: string; names: readonly FigureFile[] }) {
  const { search } = useLocation()
  return (
    <p className="flex flex-wrap gap-x-4 gap-y-1 text-sm text-ink-2">
      {names.flatMap((name) =>
        (['csv', 'json'] as const).map((ending) => (
          <a
            key={`${name}.${ending}`}
            href={`${address}/files/${name}.${ending}${search}`}
            className="link"
            download
          >
            {name}.{ending}
          </a>
        )),
      )}
    </p>
  )
}
