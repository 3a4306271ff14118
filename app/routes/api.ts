import { serveApi } from '#app/http/api/serve.server.ts'

/** The REST API: `app/http/api/operations.server.ts` says what it can be asked. */
export const loader = serveApi

export const action = serveApi
