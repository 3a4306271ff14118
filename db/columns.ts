/** The column vocabulary. One meaning a name, the same on SQLite and on PostgreSQL. */

/** Text made by the application; sorts by the time it was made. Compared bytewise on both databases. */
export type Id = string
/** Milliseconds since 1970-01-01 UTC. */
export type EpochMs = number
/** A yes or a no. Neither database binds booleans the same way, integers they do. */
export type Flag = 0 | 1
/** Canonical JSON, written by `printJson` and read by a schema where it is used. */
export type JsonText = string
