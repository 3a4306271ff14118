/** The addresses that Express answers itself; each must stand in the table of endpoints. */
import type { Express, RequestHandler } from 'express'
import { endpoints } from './endpoints.ts'

/**
 * Mounts handlers at an address of the table, for the method that the table says. Throws for an
 * address that the table does not know.
 */
export function mount(app: Express, path: string, ...handlers: RequestHandler[]): void {
  const known = endpoints.find((one) => one.server === 'express' && one.path === path)
  if (!known) throw new Error(`The endpoint ${path} is missing in app/http/endpoints.ts.`)
  if (known.get) app.get(path, ...handlers)
  if (known.post) app.post(path, ...handlers)
}
