import type { Container } from '#app/import/container.ts'
import type { Row } from '#app/import/reader.ts'

/** A few rows as a file of one format holds them; without a container, they are lines of JSON. */
export interface Example {
  rows: Row[]
  container?: Container
}
