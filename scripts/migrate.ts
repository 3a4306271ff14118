/** `npm run migrate`: brings the schema up to date, as a step of its own when several processes share it. */
import process from 'node:process'
import { readConfiguration } from '#app/configuration.server.ts'
import { migrate } from '#db/migrate.ts'
import { openDb } from '#db/open.ts'

const db = openDb({ url: readConfiguration(process.env).databaseUrl })
const ran = await migrate(db)
await db.close()
process.stdout.write(ran.length > 0 ? `Ran ${ran.join(', ')}.\n` : 'The schema is up to date.\n')
