/** The addresses that Express answers itself; each must stand in the table of endpoints. */
import type { Express, RequestHandler } from 'express'
import { endpoints } from './endpoints.ts'

/** Mounts a handler at an address of the table. Throws for one that the table does not know. */
export function mount(app: Express, path: string, handler: RequestHandler): void {
  const known = endpoints.some((one) => one.server === 'express' && one.path === path)
  if (!known) throw new Error(`The endpoint ${path} is missing in app/http/endpoints.ts.`)
  app.get(path, handler)
}
