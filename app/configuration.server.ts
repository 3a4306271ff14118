/** What the environment says, read once where a process starts. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { z } from 'zod'

const environmentSchema = z.object({
  RUBRICA_DATA: z.string().min(1).default('./data'),
  DATABASE_URL: z.string().min(1).optional(),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default('0.0.0.0'),
  /** Set behind a proxy that sets X-Forwarded-For and X-Forwarded-Proto truthfully. */
  TRUST_PROXY: z.enum(['0', '1']).default('0'),
  RUBRICA_MAX_UPLOAD_GB: z.coerce.number().positive().default(50),
  /** Longer records are refused at import; each is held in memory while it is read. */
  RUBRICA_MAX_RECORD_MB: z.coerce.number().positive().max(256).default(16),
  /** Makes the first administrator without a browser; used only while the site has nobody. */
  RUBRICA_ADMIN_EMAIL: z.string().optional(),
  RUBRICA_ADMIN_PASSWORD: z.string().optional(),
  /** Jobs run in a process of their own; `0` leaves them to `npm run worker` elsewhere. */
  RUBRICA_WORKER: z.enum(['0', '1']).default('1'),
  /** Requests to the REST API that one token or person may make in a minute. */
  RUBRICA_API_REQUESTS_A_MINUTE: z.coerce.number().int().min(1).default(6000),
  /** Signs what is given out without being kept; absent for the key in the data folder. */
  RUBRICA_SITE_KEY: z.string().min(32, 'it needs 32 characters or more').optional(),
  /** Where the files of snapshots are kept; absent for the data folder. */
  RUBRICA_SNAPSHOT_STORE: z
    .string()
    .regex(/^s3:\/\/[^/]+(\/.*)?$/, 'write s3://bucket/prefix')
    .optional(),
  /** Of a store that speaks S3 and is not AWS. */
  RUBRICA_S3_ENDPOINT: z.url().optional(),
  /** Whether webhooks may go to this machine and its network. */
  RUBRICA_PRIVATE_WEBHOOKS: z.enum(['0', '1']).default('0'),
})

export interface Configuration {
  dataDir: string
  databaseUrl: string
  port: number
  host: string
  trustProxy: boolean
  mostUploadBytes: number
  mostRecordBytes: number
  admin: { email: string; password: string } | null
  runsWorker: boolean
  apiRequestsAMinute: number
  allowsPrivateWebhooks: boolean
  /** Null for the one that is kept in the data folder. */
  siteKey: string | null
  /** Null for snapshots in the data folder. */
  snapshotBucket: { bucket: string; prefix: string; endpoint: string | null } | null
}

/** Reads the configuration and makes the data folder. Throws with words that name the variable. */
export function readConfiguration(environment: NodeJS.ProcessEnv): Configuration {
  const result = environmentSchema.safeParse(environment)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new Error(
      `The environment variable ${issue?.path.join('.')} is not valid: ${issue?.message}`,
    )
  }
  const found = result.data
  const dataDir = path.resolve(found.RUBRICA_DATA)
  mkdirSync(dataDir, { recursive: true })
  const email = found.RUBRICA_ADMIN_EMAIL
  const password = found.RUBRICA_ADMIN_PASSWORD
  return {
    dataDir,
    databaseUrl: found.DATABASE_URL ?? path.join(dataDir, 'rubrica.db'),
    port: found.PORT,
    host: found.HOST,
    trustProxy: found.TRUST_PROXY === '1',
    mostUploadBytes: found.RUBRICA_MAX_UPLOAD_GB * 1024 ** 3,
    mostRecordBytes: found.RUBRICA_MAX_RECORD_MB * 1024 ** 2,
    admin: email && password ? { email, password } : null,
    runsWorker: found.RUBRICA_WORKER === '1',
    apiRequestsAMinute: found.RUBRICA_API_REQUESTS_A_MINUTE,
    allowsPrivateWebhooks: found.RUBRICA_PRIVATE_WEBHOOKS === '1',
    siteKey: found.RUBRICA_SITE_KEY ?? null,
    snapshotBucket: bucketOf(found),
  }
}

function bucketOf({
  RUBRICA_SNAPSHOT_STORE: address,
  RUBRICA_S3_ENDPOINT: endpoint,
}: z.output<typeof environmentSchema>): Configuration['snapshotBucket'] {
  if (address === undefined) return null
  const [bucket = '', ...prefix] = address.slice('s3://'.length).split('/')
  return {
    bucket,
    prefix: prefix.filter((part) => part !== '').join('/'),
    endpoint: endpoint ?? null,
  }
}
